import type { Dispute } from '#domain/wire/dispute.ts'

/** Numbers for the evidence of a dispute, from 1 in the order it was brought; what was taken away keeps its own. */
export function numberEvidence({ history }: Pick<Dispute, 'history'>): Map<string, number> {
  const ids = new Set(history.flatMap((event) => ('evidenceId' in event ? [event.evidenceId] : [])))
  return new Map([...ids].map((id, index) => [id, index + 1]))
}
