/**
 * How the stances of a dispute moved: what each person held from when to when, and what was new to them when they
 * changed their mind. Everything is read off the history, whose numbers say what came before what even where two
 * things happened in the same millisecond.
 */
import type { PersonRef } from '../wire/shared.ts'
import { dividedness, type StancePositions, tally } from './stances.ts'

/** What the timeline reads of a row of the history; other rows only give it numbers. */
export type TimelineEvent = { readonly number: number; readonly at: string } & (
  | {
      readonly kind: 'stance'
      readonly by: PersonRef
      readonly positions: StancePositions
      readonly reason: string
    }
  | { readonly kind: 'evidence'; readonly evidenceId: string }
  | { readonly kind: 'other' }
)

/** Somebody took a stance. */
export interface StanceChange {
  readonly number: number
  readonly at: string
  readonly by: PersonRef
  /** Null: their first. */
  readonly from: StancePositions | null
  readonly to: StancePositions
  readonly reason: string
  /** The evidence that came after their last stance and before this one; before their first, all that was there. */
  readonly newEvidenceIds: readonly string[]
}

/** How much each position had from `at` on, until the next point. */
export interface TimelinePoint {
  readonly number: number
  readonly at: string
  readonly held: ReadonlyMap<string, number>
  readonly undecided: number
  readonly dividedness: number
}

/** When a piece of evidence came. */
export interface EvidenceMark {
  readonly number: number
  readonly at: string
  readonly evidenceId: string
}

export interface StanceTimeline {
  readonly changes: readonly StanceChange[]
  readonly points: readonly TimelinePoint[]
  readonly evidence: readonly EvidenceMark[]
}

/** The timeline of a history that is given in its order. */
export function stanceTimeline(history: readonly TimelineEvent[]): StanceTimeline {
  const last = new Map<string, { number: number; positions: StancePositions }>()
  const evidence: EvidenceMark[] = []
  const changes: StanceChange[] = []
  const points: TimelinePoint[] = []
  for (const event of history) {
    const { number, at } = event
    if (event.kind === 'evidence') evidence.push({ number, at, evidenceId: event.evidenceId })
    if (event.kind !== 'stance') continue
    const { by, positions: to, reason } = event
    const before = last.get(by.id)
    const isNew = (mark: EvidenceMark) => mark.number > (before?.number ?? 0)
    const newEvidenceIds = evidence.filter(isNew).map(({ evidenceId }) => evidenceId)
    changes.push({ number, at, by, from: before?.positions ?? null, to, reason, newEvidenceIds })
    last.set(by.id, { number, positions: to })
    points.push({ number, at, ...weigh([...last.values()].map(({ positions }) => positions)) })
  }
  return { changes, points, evidence }
}

function weigh(stances: readonly StancePositions[]): Omit<TimelinePoint, 'number' | 'at'> {
  return {
    held: tally(stances),
    undecided: stances.filter((positions) => positions.length === 0).length,
    dividedness: dividedness(stances),
  }
}

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** The first Monday of 1970. */
const firstMondayMs = 4 * dayMs

/** How divided the holders were when a week ended, or at `until` in the week that still runs. */
export interface DividedWeek {
  /** Its Monday, as `YYYY-MM-DD` in UTC. */
  readonly monday: string
  readonly dividedness: number
}

/** One for each week from the first point's to `until` (milliseconds since 1970), at most the last `atMost`. */
export function dividednessByWeek(
  points: readonly Pick<TimelinePoint, 'at' | 'dividedness'>[],
  until: number,
  atMost = 26,
): DividedWeek[] {
  const [first] = points
  if (!first) return []
  const mondayOf = (ms: number) => Math.floor((ms - firstMondayMs) / weekMs) * weekMs + firstMondayMs
  const begin = Math.max(mondayOf(Date.parse(first.at)), mondayOf(until) - (atMost - 1) * weekMs)
  const weeks: DividedWeek[] = []
  for (let monday = begin; monday <= until; monday += weekMs) {
    const last = points.findLast(({ at }) => Date.parse(at) < monday + weekMs)
    weeks.push({ monday: new Date(monday).toISOString().slice(0, 10), dividedness: last?.dividedness ?? 0 })
  }
  return weeks
}
