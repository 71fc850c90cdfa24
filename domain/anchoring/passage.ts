import { AppError } from '#domain/app-error.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { foldQuote } from './fold-text.ts'

/**
 * The words a thread is about, as they stood in the text they were marked in: a half-open range of UTF-16 code
 * units and the quote that lets it be found again. `exact` is the text of the range; `prefix` and `suffix` touch it.
 */
export interface Passage extends TextRange {
  readonly exact: string
  readonly prefix: string
  readonly suffix: string
}

/** Context taken on each side, in code units: what the Web Annotation tools write, and enough to tell most repeats apart. */
const CONTEXT_LENGTH = 32

/** How far a context may grow to end between words. Text without spaces (Chinese, a long URL) ends there all the same. */
const CONTEXT_GROWTH = 32

/**
 * Describes a range of `text` as a passage. The inverse is `locateQuote`.
 *
 * Throws `unprocessable` for a range that is empty, is not made of whole numbers, reaches outside the text, begins
 * or ends inside a surrogate pair, or holds nothing visible.
 */
export function describePassage(text: string, range: TextRange): Passage {
  const { start, end } = range
  checkRange(text, range)
  const exact = text.slice(start, end)
  if (foldQuote(exact).trim() === '')
    throw new AppError('unprocessable', 'A passage needs at least one visible character.')
  return {
    start,
    end,
    exact,
    prefix: text.slice(prefixStart(text, start), start),
    suffix: text.slice(end, suffixEnd(text, end)),
  }
}

function checkRange(text: string, { start, end }: TextRange): void {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > text.length) {
    throw new AppError('unprocessable', 'The passage lies outside the text.', { length: text.length })
  }
  if (start >= end) throw new AppError('unprocessable', 'The passage is empty.')
  if (splitsPair(text, start) || splitsPair(text, end)) {
    throw new AppError('unprocessable', 'The passage begins or ends inside a character.')
  }
}

function prefixStart(text: string, start: number): number {
  let at = Math.max(0, start - CONTEXT_LENGTH)
  const limit = Math.max(0, at - CONTEXT_GROWTH)
  while (at > limit && isInsideWord(text, at)) at--
  return splitsPair(text, at) ? at + 1 : at
}

function suffixEnd(text: string, end: number): number {
  let at = Math.min(text.length, end + CONTEXT_LENGTH)
  const limit = Math.min(text.length, at + CONTEXT_GROWTH)
  while (at < limit && isInsideWord(text, at)) at++
  return splitsPair(text, at) ? at - 1 : at
}

/** Surrogates count as word characters, so that a word outside the basic plane stays whole as well. */
const WORD_UNIT = /[\p{L}\p{N}\p{M}\p{Cs}]/u

function isInsideWord(text: string, at: number): boolean {
  return WORD_UNIT.test(text.charAt(at - 1)) && WORD_UNIT.test(text.charAt(at))
}

/** Whether the offset lies between the two halves of a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
