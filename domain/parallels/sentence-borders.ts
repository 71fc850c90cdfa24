/** Where sentences and quotations begin and end, as far as it can be told from what stands between two words. */
import type { WordText } from '../anchoring/tokenize.ts'
import { endOffsetOf, offsetOf } from './fingerprints.ts'

/** A sentence is not followed further than this: what is longer is no sentence but a list or a table. */
const LONGEST = 80

const BORDER =
  /[.!?\u3002\uff01\uff1f\u061f\u06d4\u0964]|["\u2018-\u201f\u00ab\u00bb\u2039\u203a]|\n|\u2026|''/u
const SENTENCE = /[.!?\u3002\uff01\uff1f\u061f\u06d4\u0964]|\n/u
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

/** The number of the word after the last of the sentence that goes on after this word. */
export function sentenceEnd(words: WordText, word: number): number {
  let end = word + 1
  while (end < words.count && end - word <= LONGEST && !SENTENCE.test(between(words, end - 1))) end++
  return end
}

/** The number of the first word of the sentence in which this word stands. */
export function sentenceStart(words: WordText, word: number): number {
  let start = word
  while (start > 0 && word - start < LONGEST && !SENTENCE.test(between(words, start - 1))) start--
  return start
}

/** What stands between a word and the next, as the text has it. */
function between(words: WordText, word: number): string {
  return words.text.source.slice(endOffsetOf(words, word), offsetOf(words, word + 1))
}

const isBorder = (marks: string) => BORDER.test(marks) || SINGLE_QUOTE.test(marks)
