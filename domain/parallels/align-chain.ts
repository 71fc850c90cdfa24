/**
 * From a chain of seeds to two passages aligned word by word: seeds grow to runs of equal words, what lies between
 * two runs is aligned (Gotoh 1982), and both ends are carried on for as long as that gains (Smith and Waterman 1981),
 * so that it ends where the likeness does and not where the last seed was.
 */
import { alignPairs } from '../anchoring/align-pairs.ts'
import { chainRuns } from '../anchoring/chain-runs.ts'
import { wordLikeness } from '../anchoring/similar-words.ts'
import type { WordText } from '../anchoring/tokenize.ts'
import type { Run } from '../anchoring/unique-seeds.ts'
import { lettersOf } from '../comparison/compared-text.ts'
import type { Chain } from './chain-seeds.ts'
import { WORDS_OF_FINGERPRINT } from './fingerprints.ts'
import { isElidedAfter } from './read-words.ts'
import { closesAfter, opensBefore, sentenceEnd, sentenceStart } from './sentence-borders.ts'
import { isNumber } from './telling-words.ts'
import { trimEnds } from './trim-ends.ts'
import { SHORT_WORD, weightOfLetters } from './weigh-words.ts'

/** Two texts, or parts of them, in which something is aligned. */
export interface TwoTexts {
  readonly here: WordText
  readonly there: WordText
  /** What each word of `here` weighs: see `weigh-words.ts`. */
  readonly weights: Float64Array
}

/** One word in each text, by number, that answer to each other: the same, the same spelt otherwise, or another instead. */
export interface WordPair {
  readonly here: number
  readonly there: number
  readonly bond: 'same' | 'similar' | 'replaced'
}

/** Two passages that share words. */
export interface AlignedPassages {
  /** In the order of both texts; the first and the last are the same or similar words. */
  readonly pairs: readonly WordPair[]
  /** What the shared words weigh, less what the differences cost. */
  readonly worth: number
}

/** What a word spelt otherwise counts of itself. */
const SIMILAR = 0.5
/** What it costs that another word stands in a word's place, that words begin to be missing, and that each one is. */
const REPLACED = -0.6
/** What it costs that another number stands in a number's place: nothing, it is the same place that is counted. */
const RECOUNTED = 0
const GAP_OPEN = -0.8
const GAP_EXTEND = -0.25
/** What it costs that words are left out where the text says so. */
const ELIDED = -0.5
/** What it costs that each of many words is left out, and where so many are that the passage is parted there. */
const LEFT_OUT = -0.15
const PARTED = -4
/** What lies between two runs may cost so much where other words stand there on both sides. */
const MOST_REPLACED = -2.5
const LEAST_LIKENESS = 0.6
/** Cells of a table; beyond that, what lies between two runs is not aligned. */
const LARGEST_TABLE = 6_400
/** Words that both ends are carried on by at most. */
const REACH = 48
/** Where both texts begin or end a sentence, or a quotation, so few words further on, that is worth a word. */
const NEAR_BORDER = 6
const BORDER = 1
/** Words beside an ellipsis that need not be in the other text. */
const BESIDE_ELLIPSIS = 8

/** What a chain says of two texts; several where it is parted. Seeds name words of `there` by number. */
export function alignChain(texts: TwoTexts, chain: Chain): AlignedPassages[] {
  const runs = chainRuns(growRuns(texts, chain))
  const parts: Draft[] = []
  let draft: Draft | null = null
  for (const run of runs) {
    const gap = draft ? bridge(texts, draft.last, run) : null
    if (draft && gap && gap.worth > PARTED) {
      draft.pairs.push(...gap.pairs, ...pairsOf(run))
      draft.worth += gap.worth + weighRun(texts, run)
      draft.last = run
    } else {
      draft = { pairs: pairsOf(run), worth: weighRun(texts, run), last: run }
      parts.push(draft)
    }
  }
  return parts.map((part, at) =>
    weigh(
      texts,
      trimEnds(
        texts,
        carryOn(texts, part, { before: parts[at - 1]?.pairs.at(-1), after: parts[at + 1]?.pairs[0] }),
      ),
    ),
  )
}

/** What words are worth as a sign, their recurring elsewhere too; how they are aligned is for the words alone to say. */
function weigh(texts: TwoTexts, { pairs, worth }: AlignedPassages): AlignedPassages {
  const lighter = ({ here, bond }: WordPair) =>
    bond === 'replaced'
      ? 0
      : (weightOfLetters(texts.here, here) - (texts.weights[here] ?? 0)) * (bond === 'same' ? 1 : SIMILAR)
  return { pairs, worth: pairs.reduce((rest, pair) => rest - lighter(pair), worth) }
}

interface Draft {
  readonly pairs: WordPair[]
  worth: number
  last: Run
}

/** The longest runs of equal words around the seeds. */
function growRuns({ here, there }: TwoTexts, chain: Chain): Run[] {
  const runs: Run[] = []
  for (const seed of chain) {
    const last = runs.at(-1)
    const isInLast =
      last && seed.there - seed.here === last.renewed - last.old && seed.here < last.old + last.length
    if (isInLast) continue
    let [start, end] = [0, 0]
    const isSame = (by: number) =>
      seed.here + by >= 0 &&
      seed.there + by >= 0 &&
      seed.here + by < here.count &&
      seed.there + by < there.count &&
      here.ids[seed.here + by] === there.ids[seed.there + by]
    while (isSame(start - 1)) start--
    while (isSame(end)) end++
    if (end >= WORDS_OF_FINGERPRINT) {
      runs.push({ old: seed.here + start, renewed: seed.there + start, length: end - start })
    }
  }
  return runs
}

/** What lies between two runs. */
function bridge(texts: TwoTexts, before: Run, after: Run): { pairs: WordPair[]; worth: number } {
  const [hereStart, thereStart] = [before.old + before.length, before.renewed + before.length]
  const rows = after.old - hereStart
  const columns = after.renewed - thereStart
  if (rows === 0 && columns === 0) return { pairs: [], worth: 0 }
  const shorter = Math.min(rows, columns)
  const isElided =
    shorter <= BESIDE_ELLIPSIS &&
    (rows < columns
      ? isElidedWithin(texts.here, hereStart - 1, after.old)
      : isElidedWithin(texts.there, thereStart - 1, after.renewed))
  if (isElided) return { pairs: [], worth: ELIDED + REPLACED * shorter }
  if (shorter === 0 || rows * columns > LARGEST_TABLE) {
    const many = LEFT_OUT * Math.max(rows, columns) + REPLACED * shorter
    return { pairs: [], worth: GAP_OPEN + many }
  }
  const between = alignBetween(texts, { hereStart, thereStart, rows, columns, step: 1, isToTheEnd: true })
  // What was said instead is no part of a quotation, however its small words happen to fall.
  return between.worth < MOST_REPLACED ? { pairs: [], worth: PARTED } : between
}

function isElidedWithin(words: WordText, from: number, to: number): boolean {
  for (let word = from; word < to; word++) if (isElidedAfter(words, word)) return true
  return false
}

interface Between {
  readonly hereStart: number
  readonly thereStart: number
  readonly rows: number
  readonly columns: number
  /** -1 reads towards the beginning. */
  readonly step: 1 | -1
  readonly isToTheEnd: boolean
}

function alignBetween(texts: TwoTexts, between: Between): { pairs: WordPair[]; worth: number } {
  const { hereStart, thereStart, step } = between
  const pairs: WordPair[] = []
  const worth = alignPairs(
    {
      ...between,
      worth: (row, column) => pairWorth(texts, hereStart + step * row, thereStart + step * column),
      gapOpen: GAP_OPEN,
      gapExtend: GAP_EXTEND,
    },
    (row, column) => {
      const [here, there] = [hereStart + step * row, thereStart + step * column]
      pairs.push({ here, there, bond: bondOf(texts, here, there) })
    },
  )
  return { pairs: step === 1 ? pairs.reverse() : pairs, worth }
}

/**
 * Carries both ends of an alignment on, as far as the alignments before and after it. A set phrase beyond other words,
 * which is worth less than these cost, does not belong to it.
 */
function carryOn(
  texts: TwoTexts,
  { pairs, worth }: Draft,
  bounds: { readonly before: WordPair | undefined; readonly after: WordPair | undefined },
): AlignedPassages {
  const first = pairs[0] ?? { here: 0, there: 0 }
  const last = pairs.at(-1) ?? first
  const before = alignBetween(texts, {
    hereStart: first.here - 1,
    thereStart: first.there - 1,
    rows: Math.min(REACH, first.here - 1 - (bounds.before?.here ?? -1)),
    columns: Math.min(REACH, first.there - 1 - (bounds.before?.there ?? -1)),
    step: -1,
    isToTheEnd: false,
  })
  const after = alignBetween(texts, {
    hereStart: last.here + 1,
    thereStart: last.there + 1,
    rows: Math.min(REACH, (bounds.after?.here ?? texts.here.count) - last.here - 1),
    columns: Math.min(REACH, (bounds.after?.there ?? texts.there.count) - last.there - 1),
    step: 1,
    isToTheEnd: false,
  })
  const beyond = (more: AlignedPassages) => (weigh(texts, more).worth > 0 ? more : nothing)
  const [earlier, later] = [beyond(before), beyond(after)]
  const start = alignToBorder(texts, earlier.pairs[0] ?? first, -1, bounds.before)
  const end = alignToBorder(texts, later.pairs.at(-1) ?? last, 1, bounds.after)
  return {
    pairs: [...start.pairs, ...earlier.pairs, ...pairs, ...later.pairs, ...end.pairs],
    worth: worth + start.worth + earlier.worth + later.worth + end.worth,
  }
}

const nothing: AlignedPassages = { pairs: [], worth: 0 }

/**
 * What stands between an alignment's outermost words and a border that both texts have close by, if they have the same
 * word there: a sentence that is denied in its second word is quoted from its first.
 */
function alignToBorder(
  texts: TwoTexts,
  outermost: Pick<WordPair, 'here' | 'there'>,
  step: 1 | -1,
  bound: WordPair | undefined,
): AlignedPassages {
  const [here, there] = [
    toBorder(texts.here, outermost.here, step),
    toBorder(texts.there, outermost.there, step),
  ]
  const isNear = [here, there].every((words) => words > 0 && words <= NEAR_BORDER)
  const isFree =
    !bound || (here < step * (bound.here - outermost.here) && there < step * (bound.there - outermost.there))
  if (!isNear || !isFree) return nothing
  const rest = alignBetween(texts, {
    hereStart: outermost.here + step,
    thereStart: outermost.there + step,
    rows: here,
    columns: there,
    step,
    isToTheEnd: true,
  })
  const last = step === 1 ? rest.pairs.at(-1) : rest.pairs[0]
  const isReached =
    last?.bond === 'same' &&
    last.here === outermost.here + step * here &&
    last.there === outermost.there + step * there
  return isReached && weigh(texts, rest).worth + BORDER > 0 ? rest : nothing
}

/** How many words there are from this one to the border of its sentence or quotation. */
function toBorder(words: WordText, word: number, step: 1 | -1): number {
  if (step === 1) return closesAfter(words, word) ? 0 : sentenceEnd(words, word) - 1 - word
  return opensBefore(words, word) ? 0 : word - sentenceStart(words, word)
}

function pairsOf({ old, renewed, length }: Run): WordPair[] {
  return Array.from({ length }, (_, i) => ({ here: old + i, there: renewed + i, bond: 'same' as const }))
}

/** What a run of equal words weighs. */
function weighRun({ here }: TwoTexts, { old, length }: Run): number {
  let weight = 0
  for (let word = old; word < old + length; word++) weight += weightOfLetters(here, word)
  return weight
}

function pairWorth(texts: TwoTexts, here: number, there: number): number {
  const weight = weightOfLetters(texts.here, here)
  switch (bondOf(texts, here, there)) {
    case 'same':
      return weight
    case 'similar':
      return SIMILAR * weight
    case 'replaced':
      return counts(texts.here, here) && counts(texts.there, there) ? RECOUNTED : REPLACED
  }
}

function bondOf({ here, there }: TwoTexts, one: number, other: number): WordPair['bond'] {
  if (here.ids[one] === there.ids[other]) return 'same'
  // A quick look at the lengths spares most pairs of words their letters.
  const [a, b] = [lengthOf(here, one), lengthOf(there, other)]
  if (Math.min(a, b) <= SHORT_WORD || Math.min(a, b) * 2 < Math.max(a, b)) return 'replaced'
  const likeness = wordLikeness(lettersOf(here, one).toLowerCase(), lettersOf(there, other).toLowerCase())
  return likeness < LEAST_LIKENESS ? 'replaced' : 'similar'
}

/** Whether a word counts something: looked at once, since tables ask of the same words again and again. */
function counts(words: WordText, word: number): boolean {
  let known = counted.get(words)
  if (!known) {
    known = new Int8Array(words.count)
    counted.set(words, known)
  }
  known[word] ||= isNumber(lettersOf(words, word).toLowerCase()) ? 1 : -1
  return known[word] === 1
}

/** For each word of a text 1 or -1, and 0 where nobody asked yet. */
const counted = new WeakMap<WordText, Int8Array>()

const lengthOf = ({ starts, ends }: WordText, word: number) => (ends[word] ?? 0) - (starts[word] ?? 0)
