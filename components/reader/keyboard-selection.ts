/** Selecting words without a pointer, in text that cannot be edited: browsers offer no caret there. */
import { blockAt } from './block-spans.ts'
import { type PageBlock, toDomRanges } from './text-ranges.ts'

/** Selects the first word of the block at `offset`; false when there is none. */
export function selectFirstWord(blocks: readonly PageBlock[], offset: number): boolean {
  const block = blockAt(blocks, offset)
  const selection = getSelection()
  if (!block || !selection || block.start === block.end) return false
  const [first] = toDomRanges(blocks, { start: block.start, end: block.start + 1 })
  if (!first) return false
  selection.removeAllRanges()
  selection.collapse(first.startContainer, first.startOffset)
  selection.modify('extend', 'forward', 'word')
  block.element.scrollIntoView({ block: 'nearest' })
  return true
}

const moves: Readonly<Record<string, readonly [direction: string, granularity: string]>> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
}

/**
 * Extends the selection by Shift and an arrow, and moves it on by a word with the arrows left and right alone.
 * False when nothing is selected or the key is another.
 */
export function extendSelection(event: KeyboardEvent): boolean {
  const selection = getSelection()
  const move = moves[event.key]
  if (!selection || selection.isCollapsed || !move) return false
  const [direction, granularity] = move
  if (event.shiftKey) {
    const byWord = granularity === 'character' && (event.ctrlKey || event.altKey)
    selection.modify('extend', direction, byWord ? 'word' : granularity)
    return true
  }
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return false
  selection.modify('move', direction, 'word')
  if (event.key === 'ArrowLeft') selection.modify('move', direction, 'word')
  selection.modify('extend', 'forward', 'word')
  return true
}
