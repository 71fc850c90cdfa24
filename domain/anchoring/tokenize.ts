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
  const bounds: number[] = []
  const ids: number[] = []
  const closing: number[] = []
  let at = 0
  while (at < folded.length) {
    const end = wordEnd(folded, at)
    if (end === at && SENTENCE_ENDS.includes(folded.charAt(at))) closing.push(ids.length - 1)
    if (end > at) {
      bounds.push(at, end)
      ids.push(idOf(source ? source.slice(at, end) : folded.slice(at, end).toLowerCase()))
    }
    at = Math.max(end, at + 1)
  }
  const starts = Int32Array.from({ length: ids.length }, (_, i) => bounds[2 * i] ?? 0)
  const ends = Int32Array.from({ length: ids.length }, (_, i) => bounds[2 * i + 1] ?? 0)
  const closes = new Uint8Array(ids.length)
  for (const word of closing) closes[word] = 1
  return { text, ids: Int32Array.from(ids), starts, ends, closes, count: ids.length }
}

const SENTENCE_ENDS = '.!?\u3002\uff01\uff1f\u061f\u06d4\u0964'

/** Where the word that begins at `at` ends; `at` itself where none begins. */
function wordEnd(folded: string, at: number): number {
  const first = kindAt(folded, at)
  if (first === OTHER || first === APOSTROPHE) return at
  let end = at + unitLength(folded, at)
  if (first === ALONE) return end
  while (end < folded.length && end - at < LONGEST_WORD) {
    const kind = kindAt(folded, end)
    const joins = kind === LETTER || (kind === APOSTROPHE && kindAt(folded, end + 1) === LETTER)
    if (!joins) break
    end += unitLength(folded, end)
  }
  return end
}

const OTHER = 1
const LETTER = 2
const APOSTROPHE = 3
/** A character of a script that is written without spaces: a word of its own, for there is nothing to cut at. */
const ALONE = 4

const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u

/** What each code unit of the basic plane is, filled in as units are met. */
const KINDS = new Uint8Array(0x10000)

function kindAt(folded: string, at: number): number {
  const code = folded.charCodeAt(at)
  if (Number.isNaN(code)) return OTHER
  if ((code & 0xf800) === 0xd800) return kindOf(String.fromCodePoint(folded.codePointAt(at) ?? 0))
  const known = KINDS[code] ?? 0
  if (known !== 0) return known
  const kind = kindOf(folded.charAt(at))
  KINDS[code] = kind
  return kind
}

function kindOf(character: string): number {
  if (character === "'") return APOSTROPHE
  if (!WORD_CHARACTER.test(character)) return OTHER
  return WITHOUT_SPACES.test(character) ? ALONE : LETTER
}

function unitLength(folded: string, at: number): number {
  return (folded.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
