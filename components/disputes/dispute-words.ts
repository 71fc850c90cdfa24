import type { Dispute, DisputeEvent, DisputePosition } from '#domain/wire/dispute.ts'
import type { DisputeStatus } from '#domain/wire/thread.ts'

/** What the interface says of each status, the sign it has beside its colour, and what leads to it. */
export const statusWords: Readonly<
  Record<DisputeStatus, { readonly is: string; readonly sign: string; readonly verb: string }>
> = {
  open: { is: 'Open', sign: '○', verb: 'Reopen' },
  contested: { is: 'Contested', sign: '⇄', verb: 'Call it contested' },
  settled: { is: 'Settled', sign: '✓', verb: 'Settle' },
  'set-aside': { is: 'Set aside', sign: '–', verb: 'Set aside' },
}

/** How divided the holders are, in words with the figure. */
export function dividednessWords(dividedness: number | null): string {
  if (dividedness === null) return 'Stances are hidden'
  const percent = `${Math.round(dividedness * 100)} %`
  if (dividedness === 0) return 'Not divided'
  if (dividedness < 0.5) return `A little divided (${percent})`
  return dividedness < 0.85 ? `Divided (${percent})` : `Deeply divided (${percent})`
}

/** A part of a stance, as it is written beside a name. */
export const shareWords = (share: number) => (share < 1 ? ` ${Math.round(share * 100)} %` : '')

/** The short name of a position: its number. */
export const positionName = ({ number }: Pick<DisputePosition, 'number'>) => `Position ${number}`

/** What is held, in words: “1”, “1 (75 %) and 2 (25 %)”, “undecided”. */
export function heldWords(
  held: readonly { readonly id: string; readonly share: number }[],
  positions: Dispute['positions'],
): string {
  if (held.length === 0) return 'undecided'
  return held
    .map(({ id, share }) => {
      const number = positions.find((position) => position.id === id)?.number ?? '?'
      return share < 1 ? `${number} (${Math.round(share * 100)} %)` : `${number}`
    })
    .join(' and ')
}

/** What happened, as a line of the history; who did it stands before. */
export function eventWords(event: DisputeEvent, positions: Dispute['positions']): string {
  const numberOf = (id: string) => positions.find((position) => position.id === id)?.number ?? '?'
  switch (event.kind) {
    case 'raised':
      return 'raised the dispute'
    case 'retitled':
      return `put the question otherwise; it was “${event.from}”`
    case 'passage-added':
      return 'added a passage that it is about'
    case 'passage-removed':
      return 'took out a passage that it was about'
    case 'position':
      return `stated position ${numberOf(event.positionId)}`
    case 'position-reworded':
      return `worded position ${numberOf(event.positionId)} otherwise; it was “${event.from}”`
    case 'position-withdrawn':
      return `withdrew position ${numberOf(event.positionId)}`
    case 'position-restored':
      return `took position ${numberOf(event.positionId)} up again`
    case 'evidence':
      return `brought evidence ${event.side} position ${numberOf(event.positionId)}`
    case 'evidence-moved':
      return `moved evidence from ${event.from.side} ${numberOf(event.from.positionId)} to ${event.to.side} ${numberOf(event.to.positionId)}`
    case 'evidence-reworded':
      return 'changed what they say of their evidence'
    case 'evidence-removed':
      return 'took evidence away'
    case 'hidden-evidence':
      return 'Something happened to evidence that you may not open'
    case 'stance':
      return event.positions.length === 0
        ? 'is undecided'
        : `holds position ${heldWords(event.positions, positions)}`
    case 'status':
      return stepWords[event.to]
  }
}

const stepWords: Readonly<Record<DisputeStatus, string>> = {
  open: 'reopened it',
  contested: 'called it contested',
  settled: 'settled it',
  'set-aside': 'set it aside',
}
