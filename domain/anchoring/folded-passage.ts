import type { TextRange } from '#domain/text/edition-text.ts'
import type { FoldedText } from './fold-text.ts'
import { sortedIndex } from './sorted-index.ts'
import type { WordText } from './tokenize.ts'

/** A passage in the folded old text, and its words: those it covers whole or in part, `[firstWord, endWord)`. */
export interface FoldedPassage {
  readonly start: number
  readonly end: number
  readonly firstWord: number
  readonly endWord: number
}

/** Finds a range's place in the folded text, with the white space at its ends left out. */
export function foldPassage(words: WordText, range: TextRange): FoldedPassage {
  const { folded, starts, ends } = words.text
  let start = sortedIndex(ends, range.start + 1)
  let end = sortedIndex(starts, range.end)
  while (start < end && folded.charCodeAt(start) === SPACE) start++
  while (end > start && folded.charCodeAt(end - 1) === SPACE) end--
  return {
    start,
    end,
    firstWord: sortedIndex(words.ends, start + 1),
    endWord: sortedIndex(words.starts, end),
  }
}

const SPACE = 0x20

/** A range of the folded text as a range of the text. */
export function unfoldRange(text: FoldedText, start: number, end: number): TextRange {
  return { start: text.starts[start] ?? text.source.length, end: text.ends[end - 1] ?? 0 }
}
