import type { PlacedThread } from '#components/client/merge-rooms.ts'

/** How a thread's words are marked in its layer's colour. */
export type HighlightFace = 'highlight' | 'note' | 'question' | 'resolved'

/**
 * The face of a thread: what is settled steps back, a question stands out from a note, a bare highlight has no line. A
 * dispute, settled or not, has none in its layer's colour either: see `disputeLine`.
 */
export function highlightFace({ thread }: PlacedThread): HighlightFace {
  if (thread.dispute || thread.kind === 'highlight') return 'highlight'
  if (thread.status === 'resolved') return 'resolved'
  return thread.kind === 'question' ? 'question' : 'note'
}

/** The name a highlight is registered under; `highlights.css` has a rule for each. */
export function highlightName(color: number, face: HighlightFace | 'active'): string {
  return `postil-${color}-${face}`
}

/**
 * The name of the line that a dispute has besides, whatever its layer; `disputed-words.css` has a rule for each. Where
 * two overlap, every other one has another line at another height.
 */
export const disputeLine = (isSecond: boolean) => (isSecond ? 'postil-second-dispute' : 'postil-dispute')

/** Of these threads, the disputes whose words overlap those of a dispute before them that is not one of these itself. */
export function findSecondDisputes(shown: readonly PlacedThread[]): ReadonlySet<string> {
  const disputes = shown.filter(({ thread }) => thread.dispute !== null)
  const second = new Set<string>()
  for (const [index, { thread, ranges }] of disputes.entries()) {
    const before = disputes.slice(0, index).filter((each) => !second.has(each.thread.id))
    const overlaps = before.some((each) =>
      each.ranges.some((one) => ranges.some((other) => one.start < other.end && other.start < one.end)),
    )
    if (overlaps) second.add(thread.id)
  }
  return second
}
