import { type FoldedText, foldText } from './fold-text.ts'

/**
 * A text as the words that alignment works on. Two texts that are aligned share one vocabulary, so that "the same
 * word" is one comparison of numbers. Words are compared without regard to case and accents: "The" and "the", or an
 * Arabic word with its vowel signs and without, take each other's place in an alignment, and whether a passage is *exact* is decided later on the folded letters themselves.
 */

/** The words of a folded text: word `i` is `folded.slice(starts[i], ends[i])`, and `ids[i]` names it in the vocabulary. */
export interface WordText {
  readonly text: FoldedText
  readonly ids: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** 1 for each word after which a sentence ends: a full stop or the like stands before the next word. */
  readonly closes: Uint8Array
  readonly count: number
}

/** The distinct words of both texts, lower-case and without accents, by id. */
export interface Vocabulary {
  readonly words: readonly string[]
}

/** Reads both texts into words over one vocabulary. */
export function tokenizeBoth(
  oldText: string,
  newText: string,
): { old: WordText; new: WordText; vocabulary: Vocabulary } {
  const words: string[] = []
  const idOf = rememberWords((word) => words.push(word) - 1)
  return {
    old: tokenize(foldText(oldText), idOf),
    new: tokenize(foldText(newText), idOf),
    vocabulary: { words },
  }
}

/** A function from words in lower case to ids: `name` is asked once for each word without its accents. */
export function rememberWords(name: (word: string) => number): (word: string) => number {
  const ids = new Map<string, number>()
  const idOf = (word: string): number => {
    const known = ids.get(word)
    if (known !== undefined) return known
    const bare = withoutAccents(word)
    const id = bare === word ? name(word) : idOf(bare)
    ids.set(word, id)
    return id
  }
  return idOf
}

/** A word of marks alone stays what it is. */
function withoutAccents(word: string): string {
  if (ASCII.test(word)) return word
  const bare = word.normalize('NFD').replaceAll(ACCENT, '').normalize('NFC')
  return bare === '' ? word : bare
}

const ASCII = /^[\u0020-\u007f]*$/
const ACCENT = /\p{Mn}/gu

/** Longer words are cut: what is longer is no word but data, and comparing two of them letter by letter would not be bounded. */
const LONGEST_WORD = 64

/** Reads a folded text into words, each named by `idOf` for its letters in lower case. */
export function tokenize(text: FoldedText, idOf: (word: string) => number): WordText {
  const { folded } = text
  const lower = folded.toLowerCase()
  // A few capitals grow in lower case (İ): then each word is lowered alone.
  const source = lower.length === folded.length ? lower : null
  const ids: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const closing: number[] = []
  let at = 0
  while (at < folded.length) {
    const kind = kindAt(folded, at)
    const end = wordEnd(folded, at, kind)
    if (kind === STOP) closing.push(ids.length - 1)
    if (end > at) {
      starts.push(at)
      ends.push(end)
      ids.push(idOf(source ? source.slice(at, end) : folded.slice(at, end).toLowerCase()))
    }
    at = Math.max(end, at + 1)
  }
  const closes = new Uint8Array(ids.length)
  for (const word of closing) closes[word] = 1
  return {
    text,
    ids: new Int32Array(ids),
    starts: new Int32Array(starts),
    ends: new Int32Array(ends),
    closes,
    count: ids.length,
  }
}

/** Where the word that begins at `at` with a character of kind `first` ends; `at` itself where none begins. */
function wordEnd(folded: string, at: number, first: number): number {
  if (first !== LETTER && first !== ALONE) return at
  let end = at + unitLength(folded, at)
  if (first === ALONE) return end
  while (end < folded.length && end - at < LONGEST_WORD) {
    const kind = kindAt(folded, end)
    if (kind === LETTER) end += unitLength(folded, end)
    else if (kind === APOSTROPHE && kindAt(folded, end + 1) === LETTER) end++
    else break
  }
  return end
}

const OTHER = 1
const LETTER = 2
const APOSTROPHE = 3
/** A character of a script that is written without spaces: a word of its own, for there is nothing to cut at. */
const ALONE = 4
/** It ends a sentence. */
const STOP = 5

const SENTENCE_ENDS = '.!?\u3002\uff01\uff1f\u061f\u06d4\u0964'

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u

/** What each code unit of the basic plane is, filled in as units are met. */
const KINDS = new Uint8Array(0x10000)

function kindAt(folded: string, at: number): number {
  const code = folded.charCodeAt(at)
  if (isSurrogate(code)) return kindOf(String.fromCodePoint(folded.codePointAt(at) ?? 0))
  // Beyond the end there is no code, and so no kind yet.
  const known = KINDS[code] ?? OTHER
  if (known !== 0) return known
  const kind = kindOf(folded.charAt(at))
  KINDS[code] = kind
  return kind
}

function kindOf(character: string): number {
  if (character === "'") return APOSTROPHE
  if (SENTENCE_ENDS.includes(character)) return STOP
  if (!WORD_CHARACTER.test(character)) return OTHER
  return WITHOUT_SPACES.test(character) ? ALONE : LETTER
}

function unitLength(folded: string, at: number): number {
  return isSurrogate(folded.charCodeAt(at)) && (folded.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function isSurrogate(code: number): boolean {
  return (code & 0xf800) === 0xd800
}
