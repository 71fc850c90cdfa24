import { foldPassage } from '../anchoring/folded-passage.ts'
import { sortedIndex } from '../anchoring/sorted-index.ts'
import type { WordText } from '../anchoring/tokenize.ts'
import type { TextRange } from '../text/edition-text.ts'

/** One side of a comparison: its words, and where each of its blocks begins. */
export interface ComparedText {
  readonly words: WordText
  readonly starts: Int32Array
}

/** A block's own slice of the canonical text. */
export function rangeOfBlock({ words, starts }: ComparedText, block: number): TextRange {
  const next = starts[block + 1]
  return { start: starts[block] ?? 0, end: next === undefined ? words.text.source.length : next - 1 }
}

/** The words of a block: `[first, end)`. */
export function wordsOfBlock(text: ComparedText, block: number): { first: number; end: number } {
  const { firstWord, endWord } = foldPassage(text.words, rangeOfBlock(text, block))
  return { first: firstWord, end: Math.max(firstWord, endWord) }
}

/** The block that a word stands in. */
export function blockOfWord({ words, starts }: ComparedText, word: number): number {
  const offset = words.text.starts[words.starts[word] ?? 0] ?? 0
  return sortedIndex(starts, offset + 1) - 1
}

/** The letters of a word as they are compared: folded, with their case. */
export function lettersOf({ text, starts, ends }: WordText, word: number): string {
  return text.folded.slice(starts[word], ends[word])
}
