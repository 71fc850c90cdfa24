import type { TextRange } from '#domain/text/edition-text.ts'
import type { Alignment } from './alignment.ts'
import { type FoldedPassage, unfoldRange } from './folded-passage.ts'
import { sharedMarks } from './map-borders.ts'
import { sortedIndex } from './sorted-index.ts'

/**
 * The place in the new text where a deleted passage was: between what became of the words before it and after it.
 * Where these were parted by a move, it stays with the words before it.
 */
export function findGap(alignment: Alignment, passage: FoldedPassage): TextRange {
  const { partner, block, renewed } = alignment
  const bound = boundWords(alignment)
  const before = bound[sortedIndex(bound, passage.firstWord) - 1] ?? -1
  const after = bound[sortedIndex(bound, passage.endWord)] ?? -1
  const left = partner[before] ?? -1
  const right = partner[after] ?? -1
  const start = left < 0 ? 0 : endOfWord(alignment, before, left)
  const isParted = left >= 0 && right >= 0 && (block[before] !== block[after] || right <= left)
  if (isParted) return { start, end: start }
  const end =
    right < 0 ? renewed.text.source.length : (renewed.text.starts[renewed.starts[right] ?? 0] ?? start)
  return { start, end: Math.max(start, end) }
}

/** The end of a word with the marks that closed it in the old text and close it still: the gap comes after the full stop. */
function endOfWord({ old, renewed }: Alignment, word: number, to: number): number {
  const closing = old.text.folded.slice(old.ends[word], old.starts[word + 1])
  const there = renewed.text.folded.slice(renewed.ends[to], renewed.starts[to + 1])
  const end = (renewed.ends[to] ?? 0) + sharedMarks(there, closing)
  return unfoldRange(renewed.text, renewed.starts[to] ?? 0, end).end
}

const BOUND_WORDS = new WeakMap<Alignment, Int32Array>()

/** The words of the old text that have a partner; listed once, for where much was deleted the next one is far off. */
function boundWords(alignment: Alignment): Int32Array {
  const known = BOUND_WORDS.get(alignment)
  if (known) return known
  const words: number[] = []
  alignment.partner.forEach((to, word) => {
    if (to >= 0) words.push(word)
  })
  const bound = Int32Array.from(words)
  BOUND_WORDS.set(alignment, bound)
  return bound
}
