import type { PlacedThread } from '#components/client/merge-rooms.ts'

/** How a thread's words are marked, beside its layer's colour. */
export type HighlightFace = 'highlight' | 'note' | 'question' | 'resolved'

/** The face of a thread: what is settled steps back, a question stands out from a note, a bare highlight has no line. */
export function highlightFace({ thread }: PlacedThread): HighlightFace {
  if (thread.status === 'resolved') return 'resolved'
  if (thread.kind === 'highlight') return 'highlight'
  return thread.kind === 'question' || thread.kind === 'dispute' ? 'question' : 'note'
}

/** The name a highlight is registered under; `text.css` has a rule for each. */
export function highlightName(color: number, face: HighlightFace | 'active'): string {
  return `postil-${color}-${face}`
}
