import { foldText } from '../anchoring/fold-text.ts'
import { rememberWords, tokenize, type WordText } from '../anchoring/tokenize.ts'
import type { TextRange } from '../text/edition-text.ts'

/**
 * A text as the words that parallels are found by. A word's id is a hash of its letters, so that the words of texts
 * that were never read together can be compared, and so that an id means the same in an index and in every process.
 */
export function readWords(text: string): WordText {
  const folded = foldText(hideEditorsBrackets(text))
  return tokenize({ ...folded, source: text }, idOfWord())
}

/** Ids of words in lower case, remembered for as long as the function is: see `readWords`. */
const idOfWord = () => rememberWords(hashWord)

/** FNV-1a over the code units (Fowler, Noll, Vo), as a signed integer of 32 bits. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash | 0
}

/**
 * Brackets by which an editor changes a letter, `[d]uring`, `h[is]`, are made invisible, so that the word is one word.
 * Lengths stay what they were.
 */
function hideEditorsBrackets(text: string): string {
  return text.includes('[')
    ? text.replaceAll(EDITORS_BRACKETS, (found) => found.replaceAll(/[[\]]/g, '\u00ad'))
    : text
}

/** A range of words with the editor's brackets that it would cut in two. */
export function withWholeBrackets(text: string, { start, end }: TextRange): TextRange {
  const isCutBefore = text[start - 1] === '[' && /^\p{L}+\]/u.test(text.slice(start, start + 13))
  const isCutAfter = text[end] === ']' && /\[\p{L}+$/u.test(text.slice(Math.max(0, end - 13), end))
  return { start: isCutBefore ? start - 1 : start, end: isCutAfter ? end + 1 : end }
}

const EDITORS_BRACKETS = /\[\p{L}{1,12}\](?=\p{L})|(?<=\p{L})\[\p{L}{2,12}\]/gu

/** What stands between a word and the next one, or after the last; folded. */
export function textAfter({ text, starts, ends }: WordText, word: number): string {
  return text.folded.slice(ends[word] ?? 0, starts[word + 1] ?? text.folded.length)
}

/** Whether words are left out after this one, and the text says so: `…`, `. . .`, `[...]`, `* * *`. */
export function isElidedAfter(words: WordText, word: number): boolean {
  return word >= 0 && ELLIPSIS.test(textAfter(words, word))
}

const ELLIPSIS = /\.\s?\.\s?\.|\*\s?\*\s?\*|\[\s?-\s?\]/
