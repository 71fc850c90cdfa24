/**
 * The passages of a text that stand, more or less, in other texts as well: seed and extend (Altschul and others 1990)
 * on fingerprints of words. The corpus is asked twice: where these fingerprints stand, and for the words around the
 * few places where several stand together. Nothing is ever compared with a whole text.
 */
import { sortedIndex } from '../anchoring/sorted-index.ts'
import type { WordText } from '../anchoring/tokenize.ts'
import type { TextRange } from '../text/edition-text.ts'
import { type AlignedPassages, alignChain, type TwoTexts } from './align-chain.ts'
import { type Chain, chainSeeds, LEAST_COVERED, type Seed } from './chain-seeds.ts'
import { type Difference, findDifferences, toTextRange, type WordRange } from './differences.ts'
import { markFormulas } from './find-formulas.ts'
import { fingerprintsOf, INDEXED_EVERY } from './fingerprints.ts'
import { isQuotation, type Measure, measure } from './judge-parallel.ts'
import { readWords } from './read-words.ts'
import { type WeighedWords, weighWords } from './weigh-words.ts'

/** Where one fingerprint stands in the corpus. */
export interface IndexedPlace {
  readonly text: number
  /** The number of its first word in that text, and that word's offset in code units. */
  readonly word: number
  readonly offset: number
}

/** A part of a text of the corpus. */
export interface TextSlice extends TextRange {
  readonly text: number
}

/** The corpus, as something that is asked. */
export interface Corpus {
  /** The places of each fingerprint; only some of one that stands in more than the corpus cares to say. */
  findPlaces(fingerprints: Int32Array): Promise<ReadonlyMap<number, readonly IndexedPlace[]>>
  /** The words of each slice, in the same order; null where the text is gone. */
  readSlices(slices: readonly TextSlice[]): Promise<readonly (string | null)[]>
}

/** Words of a text where they stand; none where a difference has none on that side. */
export interface PlacedWords extends TextRange {
  readonly words: string
}

/** A difference as words of the two texts. */
export interface FoundDifference {
  readonly kind: Difference['kind']
  readonly here: PlacedWords
  readonly there: PlacedWords
  readonly isElided: boolean
}

/** Two passages that share words; `there` is in the other text. */
export interface FoundParallel extends Measure {
  readonly text: number
  readonly here: PlacedWords
  readonly there: PlacedWords
  readonly differences: readonly FoundDifference[]
  /** Words that merely recur: see `find-formulas.ts`. */
  readonly isFormula: boolean
}

type Unmarked = Omit<FoundParallel, 'isFormula'>

/** What is looked for, and what of it counts. */
export interface ParallelQuestion {
  /** The number that the corpus has for this very text, if it is in it: then what recurs within it is found once. */
  readonly ownText: number | null
  /** Whether two aligned passages are to be told; as quotations in a text are, when left out. */
  readonly isEnough?: (measure: Measure) => boolean
  /** How few words of a chain may be found by the index, so that it is looked at; as for a text, when left out. */
  readonly leastCovered?: number
}

/** Code units read beyond the seeds on each side: enough for what may be carried on, and the sentence it stands in. */
const AROUND = 500
const SLICES_AT_ONCE = 200

/** All parallels of a text, in its order. */
export async function findParallels(
  text: string,
  corpus: Corpus,
  { ownText, isEnough = isQuotation, leastCovered = LEAST_COVERED }: ParallelQuestion,
): Promise<FoundParallel[]> {
  const here = readWords(text)
  const { seeds, weighed } = await findSeeds(here, corpus, ownText)
  const { weights } = weighed
  const chains = chainSeeds(seeds, weighed, leastCovered)
  const found: Unmarked[] = []
  for (let from = 0; from < chains.length; from += SLICES_AT_ONCE) {
    const some = chains.slice(from, from + SLICES_AT_ONCE)
    const slices = some.map(sliceAround)
    const texts = await corpus.readSlices(slices)
    some.forEach((chain, index) => {
      const slice = slices[index]
      const words = texts[index]
      if (!slice || words === null || words === undefined) return
      const there = readWords(words)
      found.push(...describeChain({ here, there, weights }, chain, slice, { ownText, isEnough }))
    })
  }
  return markFormulas(withoutRepeats(found), ownText)
}

async function findSeeds(
  here: WordText,
  corpus: Corpus,
  ownText: number | null,
): Promise<{ seeds: Seed[]; weighed: WeighedWords }> {
  const fingerprints = fingerprintsOf(here)
  const places = await corpus.findPlaces(Int32Array.from(new Set(fingerprints)))
  const weighed = weighWords(
    here,
    fingerprints.map((fingerprint) => places.get(fingerprint)?.length ?? 0),
  )
  const seeds: Seed[] = []
  fingerprints.forEach((fingerprint, word) => {
    if (weighed.isPhrase[word]) return
    for (const { text, word: there, offset } of places.get(fingerprint) ?? []) {
      if (text === ownText && there <= word + INDEXED_EVERY) continue
      seeds.push({ text, here: word, there, offset })
    }
  })
  return { seeds, weighed }
}

function sliceAround(chain: Chain): TextSlice {
  const offsets = chain.map(({ offset }) => offset)
  const [first, last] = [Math.min(...offsets), Math.max(...offsets)]
  return { text: chain[0]?.text ?? -1, start: Math.max(0, first - AROUND), end: last + AROUND }
}

function describeChain(
  texts: TwoTexts,
  chain: Chain,
  slice: TextSlice,
  { ownText, isEnough }: Pick<Required<ParallelQuestion>, 'ownText' | 'isEnough'>,
): Unmarked[] {
  const shifted = shiftInto(texts.there, chain, slice.start)
  if (!shifted) return []
  return alignChain(texts, shifted).flatMap((aligned) => {
    const measured = measure(texts, aligned)
    if (!isEnough(measured)) return []
    const [here, there] = rangesOf(aligned)
    const place = (words: WordText, range: WordRange, by: number) => {
      const { start, end } = toTextRange(words, range)
      return { start: start + by, end: end + by, words: words.text.source.slice(start, end) }
    }
    const placed = {
      here: place(texts.here, here, 0),
      there: place(texts.there, there, slice.start),
    }
    if (slice.text === ownText && placed.there.start < placed.here.end) return []
    const differences = findDifferences(texts, aligned).map(({ kind, isElided, ...words }) => ({
      kind,
      here: place(texts.here, words.here, 0),
      there: place(texts.there, words.there, slice.start),
      isElided,
    }))
    return { ...measured, ...placed, text: slice.text, differences }
  })
}

/** The chain with the numbers that its words have in a slice; null when the slice does not hold them. */
function shiftInto(there: WordText, chain: Chain, start: number): Chain | null {
  const first = chain[0]
  if (!first) return null
  const at = sortedIndex(there.starts, sortedIndex(there.text.starts, first.offset - start))
  const by = at - first.there
  return at < there.count ? chain.map((seed) => ({ ...seed, there: seed.there + by })) : null
}

function rangesOf({ pairs }: AlignedPassages): [WordRange, WordRange] {
  const [first, last] = [pairs[0], pairs.at(-1)]
  return [
    { first: first?.here ?? 0, end: (last?.here ?? -1) + 1 },
    { first: first?.there ?? 0, end: (last?.there ?? -1) + 1 },
  ]
}

/** Of finds that lie within each other in both texts, the one that holds most. */
function withoutRepeats(found: readonly Unmarked[]): Unmarked[] {
  const byWorth = [...found].sort((a, b) => b.sharedWords - a.sharedWords)
  const kept: Unmarked[] = []
  const byText = new Map<number, Unmarked[]>()
  for (const each of byWorth) {
    const others = byText.get(each.text) ?? []
    if (others.some((other) => isMostlyIn(each.here, other.here) && isMostlyIn(each.there, other.there)))
      continue
    kept.push(each)
    byText.set(each.text, [...others, each])
  }
  return kept.sort((a, b) => a.here.start - b.here.start || a.text - b.text || a.there.start - b.there.start)
}

function isMostlyIn(inner: TextRange, outer: TextRange): boolean {
  const shared = Math.min(inner.end, outer.end) - Math.max(inner.start, outer.start)
  return shared * 2 > inner.end - inner.start
}
