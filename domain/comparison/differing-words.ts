import { foldQuote } from '../anchoring/fold-text.ts'
import { unfoldRange } from '../anchoring/folded-passage.ts'
import type { WordText } from '../anchoring/tokenize.ts'
import type { TextRange } from '../text/edition-text.ts'
import { blockOfWord, type ComparedText, lettersOf, rangeOfBlock, wordsOfBlock } from './compared-text.ts'

/** A comparison as one of its two sides sees it. */
export interface ComparedSide {
  readonly own: ComparedText
  readonly other: ComparedText
  /** The word of the other side that each word is bound to, or -1. */
  readonly partners: Int32Array
  hasLinks(ownBlock: number): boolean
  areLinked(ownBlock: number, otherBlock: number): boolean
}

/**
 * The ranges of a block that only this side has: words that do not stand, letter for letter after folding, in a block
 * linked with it, and marks between words that differ. The whole block where it is linked with none.
 */
export function findDifferences(side: ComparedSide, block: number): TextRange[] {
  const { own } = side
  if (!side.hasLinks(block)) return [rangeOfBlock(own, block)]
  const { first, end } = wordsOfBlock(own, block)
  const ranges: TextRange[] = []
  let changedFrom = -1
  for (let word = first; word < end; word++) {
    const isWordKept = isKept(side, block, word)
    if (isWordKept && changedFrom >= 0) ranges.push(rangeOfWords(own.words, changedFrom, word - 1))
    const marks = isWordKept && changedFrom < 0 ? findDifferingMarks(side, block, word) : null
    if (marks) ranges.push(marks)
    if (isWordKept) changedFrom = -1
    else if (changedFrom < 0) changedFrom = word
  }
  const rest =
    changedFrom >= 0 ? rangeOfWords(own.words, changedFrom, end - 1) : findDifferingMarks(side, block, end)
  return rest ? [...ranges, rest] : ranges
}

function isKept({ own, other, partners, areLinked }: ComparedSide, block: number, word: number): boolean {
  const partner = partners[word] ?? -1
  if (partner < 0 || lettersOf(own.words, word) !== lettersOf(other.words, partner)) return false
  return areLinked(block, blockOfWord(other, partner))
}

function rangeOfWords(words: WordText, first: number, last: number): TextRange {
  return unfoldRange(words.text, words.starts[first] ?? 0, words.ends[last] ?? 0)
}

/**
 * The marks before a word, or at the end of the block, where other ones stand at that place on the other side. Null
 * where there are none, or where it cannot be told which ones they answer to, since words changed there.
 */
function findDifferingMarks(
  { own, other, partners }: ComparedSide,
  block: number,
  word: number,
): TextRange | null {
  const { first, end } = wordsOfBlock(own, block)
  const before = word > first ? (partners[word - 1] ?? -1) : null
  const here = word < end ? (partners[word] ?? -1) : null
  if (before === -1 || here === -1 || (before === null && here === null)) return null
  if (before !== null && here !== null && here !== before + 1) return null
  const marks = marksBetween(own, block, before === null ? null : word - 1, here === null ? null : word)
  const otherBlock = blockOfWord(other, here ?? before ?? 0)
  // A block may end here within one of the other side: its marks are then those before the word that goes on there.
  const within = wordsOfBlock(other, otherBlock)
  const otherBefore = before ?? toWordWithin(within, (here ?? 0) - 1)
  const otherHere = here ?? toWordWithin(within, (before ?? 0) + 1)
  const otherMarks = marksBetween(other, otherBlock, otherBefore, otherHere)
  return marks.text === otherMarks.text || marks.text === '' ? null : marks
}

const toWordWithin = ({ first, end }: { first: number; end: number }, word: number) =>
  word >= first && word < end ? word : null

/** What stands between two words, or between a word (the other null) and the edge of the block, without spaces around it. */
function marksBetween(
  { words, starts }: ComparedText,
  block: number,
  before: number | null,
  here: number | null,
): TextRange & { readonly text: string } {
  const range = rangeOfBlock({ words, starts }, block)
  const { source } = words.text
  const from = before === null ? range.start : rangeOfWords(words, before, before).end
  const to = here === null ? range.end : rangeOfWords(words, here, here).start
  const between = source.slice(from, Math.max(from, to))
  const text = between.trim()
  const start = from + between.indexOf(text)
  return { start, end: start + text.length, text: foldQuote(text) }
}
