/**
 * How two passages that share words differ, the differences that people look for first. What only one side has, and
 * another word in a word's place, is read off the alignment; where one side begins or ends in the middle of a sentence
 * that the other side has whole, off what stands before and after.
 */

import type { WordText } from '../anchoring/tokenize.ts'
import { lettersOf } from '../comparison/compared-text.ts'
import type { AlignedPassages, TwoTexts, WordPair } from './align-chain.ts'
import { endOffsetOf, offsetOf } from './fingerprints.ts'
import { isElidedAfter, withWholeBrackets } from './read-words.ts'
import { closesAfter, opensBefore, sentenceEnd, sentenceStart } from './sentence-borders.ts'
import { isCapitalised, isNegation, isNumber } from './telling-words.ts'

/** In the order in which differences are shown. */
export const DIFFERENCE_KINDS = [
  'negation',
  'number',
  'name',
  'ends',
  'begins',
  'replaced',
  'omitted',
  'added',
  'spelling',
] as const

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Half-open, in words of one text. Empty where that side has nothing: then it is the place where it would stand. */
export interface WordRange {
  readonly first: number
  readonly end: number
}

/**
 * One difference. `omitted`: only the other side has these words; `added`: only this side. `isElided` when the side
 * without them says by an ellipsis that something is left out. `begins` and `ends` are the rest of the sentence that
 * one side has beyond the shared words.
 */
export interface Difference {
  readonly kind: DifferenceKind
  readonly here: WordRange
  readonly there: WordRange
  readonly isElided: boolean
}

/** A difference of more words than this is a passage of its own: one "not" in it turns nothing round. */
const TELLING_WORDS = 12

/** A number that only one side has is what differs where so many words at most differ with it. */
const COUNTING_WORDS = 4

/** All differences of two aligned passages: by kind, and within one kind in the order of the text. */
export function findDifferences(texts: TwoTexts, { pairs }: AlignedPassages): Difference[] {
  const differences = [...findBorders(texts, pairs), ...findInner(texts, pairs)]
  return differences.sort(
    (a, b) =>
      DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) || a.here.first - b.here.first,
  )
}

function findInner(texts: TwoTexts, pairs: readonly WordPair[]): Difference[] {
  return stretchesOf(pairs).flatMap((stretch) => {
    const whole = between(stretch[0], stretch.at(-1))
    if (whole && isRespaced(texts, whole)) return { ...whole, kind: 'spelling', isElided: false }
    return findWithin(texts, stretch)
  })
}

/** Pairs from one of the same word to the next, these two included. */
function stretchesOf(pairs: readonly WordPair[]): WordPair[][] {
  const stretches: WordPair[][] = []
  let stretch: WordPair[] = []
  for (const pair of pairs) {
    stretch.push(pair)
    if (pair.bond !== 'same') continue
    stretches.push(stretch)
    stretch = [pair]
  }
  return [...stretches, stretch]
}

/** What stands between two pairs; null where there is nothing. */
function between(before: WordPair | undefined, after: WordPair | undefined) {
  if (!before || !after || after.here - before.here + after.there - before.there <= 2) return null
  return {
    here: { first: before.here + 1, end: after.here },
    there: { first: before.there + 1, end: after.there },
  }
}

/** The same letters, parted otherwise: by the end of a line, or by a machine that read them. */
function isRespaced(texts: TwoTexts, { here, there }: { here: WordRange; there: WordRange }): boolean {
  const letters = (words: WordText, range: WordRange) => wordsOf(words, range).join('')
  return letters(texts.here, here) === letters(texts.there, there)
}

/** The differences of one stretch. */
function findWithin(texts: TwoTexts, stretch: readonly WordPair[]): Difference[] {
  const differences: Difference[] = []
  let before: WordPair | undefined
  for (const pair of stretch) {
    if (pair.bond === 'replaced') continue
    const gap = between(before, pair)
    if (gap) differences.push(describe(texts, gap.here, gap.there, 'replaced'))
    if (pair.bond === 'similar') {
      const here = { first: pair.here, end: pair.here + 1 }
      const there = { first: pair.there, end: pair.there + 1 }
      differences.push(describe(texts, here, there, isSpeltOtherwise(texts, pair) ? 'spelling' : 'replaced'))
    }
    before = pair
  }
  return differences
}

/** `otherwise` is what words that both sides have differ in when it is nothing more telling. */
function describe(
  { here, there }: TwoTexts,
  one: WordRange,
  other: WordRange,
  otherwise: 'replaced' | 'spelling',
): Difference {
  const [hereCount, thereCount] = [one.end - one.first, other.end - other.first]
  const isElided =
    hereCount === thereCount
      ? false
      : hereCount < thereCount
        ? isElidedAround(here, one)
        : isElidedAround(there, other)
  const difference = { here: one, there: other, isElided }
  const [a, b] = [wordsOf(here, one), wordsOf(there, other)]
  const isTelling = Math.max(hereCount, thereCount) <= TELLING_WORDS
  if (isTelling && countOf(a, isNegation) !== countOf(b, isNegation))
    return { ...difference, kind: 'negation' }
  const countsBoth = a.some(isNumber) && b.some(isNumber)
  const isCounting = countsBoth || Math.max(hereCount, thereCount) <= COUNTING_WORDS
  if (isTelling && isCounting && !isElided && numbersOf(a) !== numbersOf(b))
    return { ...difference, kind: 'number' }
  if (hereCount === 0 || (isElided && hereCount < thereCount)) return { ...difference, kind: 'omitted' }
  if (thereCount === 0 || isElided) return { ...difference, kind: 'added' }
  if (isName(here, one) && isName(there, other)) return { ...difference, kind: 'name' }
  return { ...difference, kind: otherwise }
}

function isElidedAround(words: WordText, { first, end }: WordRange): boolean {
  for (let word = first - 1; word < end; word++) if (isElidedAfter(words, word)) return true
  return false
}

const wordsOf = (words: WordText, { first, end }: WordRange): string[] =>
  Array.from({ length: end - first }, (_, i) => lettersOf(words, first + i).toLowerCase())

const countOf = (words: readonly string[], test: (word: string) => boolean) => words.filter(test).length

const numbersOf = (words: readonly string[]) => words.filter(isNumber).sort().join(' ')

/** Words that begin alike are one word in another spelling or with another ending; *northern* and *southern* are not. */
function isSpeltOtherwise({ here, there }: TwoTexts, pair: WordPair): boolean {
  const beginning = (words: WordText, word: number) => lettersOf(words, word).slice(0, 2).toLowerCase()
  return beginning(here, pair.here) === beginning(there, pair.there)
}

/** A few words with capitals inside a sentence, where not every noun around them has one. */
function isName(words: WordText, range: WordRange): boolean {
  if (range.end - range.first > 4) return false
  const isNamed = (word: number) => isCapitalised(lettersOf(words, word)) && words.closes[word - 1] !== 1
  const around = Array.from({ length: 40 }, (_, i) => range.first - 20 + i).filter(
    (word) => word >= 0 && word < words.count,
  )
  if (around.filter(isNamed).length > around.length / 4) return false
  return Array.from({ length: range.end - range.first }, (_, i) => range.first + i).some(isNamed)
}

/** What one side has of a sentence beyond the shared words, where the other side stops or starts. */
function findBorders({ here, there }: TwoTexts, pairs: readonly WordPair[]): Difference[] {
  const [first, last] = [pairs[0], pairs.at(-1)]
  if (!first || !last) return []
  const differences: Difference[] = []
  const end = (words: WordText, word: number) => ({ first: word + 1, end: sentenceEnd(words, word) })
  const start = (words: WordText, word: number) => ({ first: sentenceStart(words, word), end: word })
  const nothing = (at: number) => ({ first: at, end: at })
  const [hereCloses, thereCloses] = [closesAfter(here, last.here), closesAfter(there, last.there)]
  if (hereCloses && !thereCloses) {
    const isElided = isElidedAfter(here, last.here)
    differences.push({ kind: 'ends', here: nothing(last.here + 1), there: end(there, last.there), isElided })
  } else if (thereCloses && !hereCloses) {
    const isElided = isElidedAfter(there, last.there)
    differences.push({ kind: 'ends', here: end(here, last.here), there: nothing(last.there + 1), isElided })
  }
  const [hereOpens, thereOpens] = [opensBefore(here, first.here), opensBefore(there, first.there)]
  if (hereOpens && !thereOpens) {
    const isElided = isElidedAfter(here, first.here - 1)
    differences.push({
      kind: 'begins',
      here: nothing(first.here),
      there: start(there, first.there),
      isElided,
    })
  } else if (thereOpens && !hereOpens) {
    const isElided = isElidedAfter(there, first.there - 1)
    differences.push({ kind: 'begins', here: start(here, first.here), there: nothing(first.there), isElided })
  }
  return differences.filter((each) => each.here.end > each.here.first || each.there.end > each.there.first)
}

/** Where a range of words stands in its text, in code units: an empty one is the place before its first word. */
export function toTextRange(words: WordText, { first, end }: WordRange): { start: number; end: number } {
  if (end > first) {
    const range = { start: offsetOf(words, first), end: endOffsetOf(words, end - 1) }
    return withWholeBrackets(words.text.source, range)
  }
  const at = first > 0 ? endOffsetOf(words, first - 1) : 0
  return { start: at, end: at }
}
