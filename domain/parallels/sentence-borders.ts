/** Where sentences and quotations begin and end, as far as it can be told from what stands between two words. */
import type { WordText } from '../anchoring/tokenize.ts'
import { endOffsetOf, offsetOf } from './fingerprints.ts'
import { textAfter } from './read-words.ts'

/** A sentence is not followed further than this: what is longer is no sentence but a list or a table. */
const LONGEST = 80

const BORDER =
  /[.!?\u3002\uff01\uff1f\u061f\u06d4\u0964]|["\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f]|\n|\u2026|''/u
const SENTENCE = /[.!?\u3002\uff01\uff1f\u061f\u06d4\u0964]|\n/u
/** What stands before a colon introduces what is said. */
const INTRODUCED = /:\s/u
/** Folded, so that quote marks are of one kind. */
const CLOSING = /^[^\s"」』]*["」』]/
const OPENING = /["「『][^\s"「『]*$/
/** An apostrophe and a comma close nothing: only what stands alone or beside a space may be a quote mark. */
const SINGLE_QUOTE = /(^|[\s,.;:!?])'|'([\s,.;:!?]|$)/

/** Whether what is said stops after this word, by a full stop, a quote mark, an ellipsis or the end of its paragraph. */
export function closesAfter(words: WordText, word: number): boolean {
  return word >= words.count - 1 || isBorder(between(words, word))
}

/** Whether what is said starts with this word. */
export function opensBefore(words: WordText, word: number): boolean {
  return word <= 0 || isBorder(between(words, word - 1))
}

/** Whether a quotation ends with this word: a quote mark stands close after it. */
export function closesQuotation(words: WordText, word: number): boolean {
  return CLOSING.test(textAfter(words, word))
}

/** Whether a quotation starts with this word: a quote mark stands close before it. */
export function opensQuotation(words: WordText, word: number): boolean {
  return word > 0 && OPENING.test(textAfter(words, word - 1))
}

/**
 * The number of the word after the last of the sentence that goes on after this word: of what is quoted of it, where
 * the word stands in a quotation.
 */
export function sentenceEnd(words: WordText, word: number): number {
  let end = word + 1
  let opened = 0
  while (end < words.count && end - word <= LONGEST && !SENTENCE.test(between(words, end - 1))) {
    if (opensQuotation(words, end)) opened++
    if (closesQuotation(words, end) && opened-- === 0) return end + 1
    end++
  }
  return end
}

/** The number of the first word of the sentence, or of what is quoted of it, in which this word stands. */
export function sentenceStart(words: WordText, word: number): number {
  let start = word
  let closed = 0
  while (start > 0 && word - start < LONGEST) {
    const marks = between(words, start - 1)
    if (SENTENCE.test(marks) || INTRODUCED.test(marks)) return start
    if (closesQuotation(words, start - 1)) closed++
    if (opensQuotation(words, start - 1) && closed-- === 0) return start - 1
    start--
  }
  return start
}

/** What stands between a word and the next, as the text has it. */
function between(words: WordText, word: number): string {
  return words.text.source.slice(endOffsetOf(words, word), offsetOf(words, word + 1))
}

const isBorder = (marks: string) => BORDER.test(marks) || SINGLE_QUOTE.test(marks)
