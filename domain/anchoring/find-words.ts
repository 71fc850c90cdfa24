import type { TextRange } from '#domain/text/edition-text.ts'
import { type FoldedText, foldQuote } from './fold-text.ts'

/** What a search found. */
export interface FoundWords {
  /** How often the words stand in the text, without overlap. */
  readonly total: number
  /** The first of these places, in order, as offsets in the text as it was before folding. */
  readonly ranges: readonly TextRange[]
}

/**
 * Finds words as people look for them: folded as quotes are, and whatever their case. At most `limit` places are
 * given, all are counted. Words without a visible character are nowhere.
 */
export function findWords(text: FoldedText, words: string, limit: number): FoundWords {
  const needle = toLower(foldQuote(words).trim())
  if (needle === '') return { total: 0, ranges: [] }
  const haystack = toLower(text.folded)
  const ranges: TextRange[] = []
  let total = 0
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
    if (ranges.length < limit) {
      ranges.push({ start: text.starts[at] ?? 0, end: text.ends[at + needle.length - 1] ?? 0 })
    }
    total += 1
  }
  return { total, ranges }
}

/** Lower case, unit for unit: the one letter that would become two, and the final sigma, are taken plainly. */
function toLower(text: string): string {
  return text.replaceAll('İ', 'I').toLowerCase().replaceAll('ς', 'σ')
}
