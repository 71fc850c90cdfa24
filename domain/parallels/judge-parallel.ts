import type { WordText } from '../anchoring/tokenize.ts'
import { lettersOf } from '../comparison/compared-text.ts'
import type { AlignedPassages, TwoTexts, WordPair } from './align-chain.ts'
import { closesQuotation, opensQuotation } from './sentence-borders.ts'
import { isCapitalised, isNumber, isReferring } from './telling-words.ts'

/** What two aligned passages share, in figures. */
export interface Measure {
  /** Words that are the same in both, or spelt otherwise. */
  readonly sharedWords: number
  /** The most words in a row that are the same. */
  readonly longestRun: number
  /** Shared words out of those of the longer passage, what is left out at an ellipsis aside: 0 to 1. */
  readonly similarity: number
  /** What the shared words weigh, less what the differences cost. */
  readonly worth: number
  /** Nearly all their longer words have capitals or are numbers, as in a title or a reference. */
  readonly isTitle: boolean
  /** The shared words are for the most part set phrases: see `weigh-words.ts`. */
  readonly isPhrase: boolean
  /** They are, from the first to the last, what one of the two texts has within quote marks. */
  readonly isQuoted: boolean
}

/** A quotation of so many words in a row is told, unless these are words that recur. */
const VERBATIM = 8
const LEAST_WORTH_VERBATIM = 3.2
/** Two set phrases in a row recur by chance, but hardly ever between the two marks of a quotation. */
const LEAST_WORTH_QUOTED = 2
/** Where words differ, it takes more that is shared; less where few do. */
const LEAST_SHARED = 9
const LEAST_WORTH = 8
const NEARLY_SAME = 0.85
const LEAST_WORTH_NEARLY_SAME = 5.5
const LEAST_SIMILARITY = 0.5
/** What a word weighs on the average where not much but set phrases is shared. */
const PHRASE_WEIGHT = 0.25
/** Words up to this length are small in titles too. */
const SMALL_WORD = 3
const TITLE_SHARE = 0.85
/** A gap of this many words is left out, not differing. */
const LEFT_OUT = 6

/** Measures what a chain of seeds has become. */
export function measure(texts: TwoTexts, { pairs, worth }: AlignedPassages): Measure {
  const { here, there, weights } = texts
  const shared = pairs.filter(({ bond }) => bond !== 'replaced')
  const sharedWords = shared.length
  const weight = shared.reduce((sum, pair) => sum + (weights[pair.here] ?? 0), 0)
  return {
    sharedWords,
    longestRun: longestRun(pairs),
    similarity: sharedWords === 0 ? 0 : sharedWords / comparedWords(pairs),
    worth,
    isTitle: isTitle(here, pairs),
    isPhrase: weight < PHRASE_WEIGHT * sharedWords,
    isQuoted:
      isWithinMarks(here, pairs[0]?.here, pairs.at(-1)?.here) ||
      isWithinMarks(there, pairs[0]?.there, pairs.at(-1)?.there),
  }
}

/** Whether so much is shared that one passage quotes the other, or both a third. */
export function isQuotation({ sharedWords, longestRun, similarity, worth, isQuoted }: Measure): boolean {
  if (similarity < LEAST_SIMILARITY) return false
  if (longestRun >= VERBATIM && worth >= (isQuoted ? LEAST_WORTH_QUOTED : LEAST_WORTH_VERBATIM)) return true
  const least = similarity >= NEARLY_SAME ? LEAST_WORTH_NEARLY_SAME : LEAST_WORTH
  return sharedWords >= LEAST_SHARED && worth >= least
}

function isWithinMarks(words: WordText, first = -1, last = -1): boolean {
  return opensQuotation(words, first) && closesQuotation(words, last)
}

function isTitle(words: WordText, pairs: readonly WordPair[]): boolean {
  const letters = pairs
    .map(({ here }) => lettersOf(words, here))
    .filter((word) => word.length > SMALL_WORD && !isReferring(word.toLowerCase()))
  const raised = letters.filter((word) => isCapitalised(word) || isNumber(word.toLowerCase()))
  return letters.length > 0 && raised.length >= TITLE_SHARE * letters.length
}

function longestRun(pairs: readonly WordPair[]): number {
  let longest = 0
  let run = 0
  let before: WordPair | null = null
  for (const pair of pairs) {
    const goesOn = before !== null && pair.here === before.here + 1 && pair.there === before.there + 1
    run = pair.bond === 'same' ? (goesOn ? run + 1 : 1) : 0
    longest = Math.max(longest, run)
    before = pair
  }
  return longest
}

/** Words of both passages that were compared: a pair is one, a word with no partner is one, a long gap few. */
function comparedWords(pairs: readonly WordPair[]): number {
  let words = 0
  let before: WordPair | null = null
  for (const pair of pairs) {
    if (before) {
      const missing = Math.max(pair.here - before.here, pair.there - before.there) - 1
      words += Math.min(missing, LEFT_OUT)
    }
    words += 1
    before = pair
  }
  return words
}
