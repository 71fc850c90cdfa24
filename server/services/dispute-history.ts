import { type StanceChange, stanceTimeline, type TimelineEvent } from '#domain/disputes/stance-timeline.ts'
import type { DisputeEvent } from '#domain/wire/dispute.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type { HistoryRecord } from '../db/disputes.ts'

/** What the viewer is kept from. */
export interface HistorySight {
  /** Evidence of which they see only that it is there. */
  readonly hiddenIds: ReadonlySet<string>
  /** Whether they see what this person holds. */
  readonly isShown: (person: PersonRef) => boolean
}

/**
 * The history as one person sees it: stances that are covered are left out, of hidden evidence only that there was
 * some is told. Each stance says what was new since that person's last one.
 */
export function presentHistory(history: readonly HistoryRecord[], sight: HistorySight): DisputeEvent[] {
  const { changes } = stanceTimeline(history.map(toTimelineEvent))
  const changeOf = new Map(changes.map((change) => [change.number, change]))
  return history.flatMap((row) => presentRow(row, changeOf.get(row.number), sight) ?? [])
}

/** A row as the timeline reads it. */
export function toTimelineEvent({ number, by, at, what }: HistoryRecord): TimelineEvent {
  const place = { number, at: at.toISOString() }
  if (what.kind === 'stance') {
    return { ...place, kind: 'stance', by, positions: what.positions, reason: what.reason }
  }
  if (what.kind === 'evidence') return { ...place, kind: 'evidence', evidenceId: what.evidenceId }
  return { ...place, kind: 'other' }
}

function presentRow(
  { number, by, at, what }: HistoryRecord,
  change: StanceChange | undefined,
  { hiddenIds, isShown }: HistorySight,
): DisputeEvent | null {
  const place = { number, at: at.toISOString() }
  if ('evidenceId' in what && hiddenIds.has(what.evidenceId)) {
    return { ...place, kind: 'hidden-evidence', evidenceId: what.evidenceId }
  }
  if (what.kind !== 'stance') return { ...place, by, ...what }
  if (!isShown(by)) return null
  return { ...place, by, ...what, newEvidenceIds: [...(change?.newEvidenceIds ?? [])] }
}
