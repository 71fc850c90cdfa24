import type { PlacedThread } from '#components/client/merge-rooms.ts'

/** How a thread's words are marked, beside its layer's colour. */
export type HighlightFace = 'highlight' | 'note' | 'question' | 'resolved' | 'dispute' | 'second-dispute'

/**
 * The face of a thread: what is settled steps back, a question stands out from a note, a bare highlight has no line. A
 * dispute keeps its own, settled or not; where two overlap, every other one has another line at another height.
 */
export function highlightFace({ thread }: PlacedThread, isSecondDispute = false): HighlightFace {
  if (thread.dispute) return isSecondDispute ? 'second-dispute' : 'dispute'
  if (thread.status === 'resolved') return 'resolved'
  if (thread.kind === 'highlight') return 'highlight'
  return thread.kind === 'question' ? 'question' : 'note'
}

/** The name a highlight is registered under; `text.css` and `disputed-words.css` have a rule for each. */
export function highlightName(color: number, face: HighlightFace | 'active'): string {
  return `postil-${color}-${face}`
}

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
