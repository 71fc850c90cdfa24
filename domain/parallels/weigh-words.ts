/**
 * What words weigh as a sign that one passage quotes another. Short words stand everywhere and count half. Words that
 * stand together in several places of the corpus count the less, the more places there are. And a *set phrase*, words
 * that stand together in more places than so few words do by being quoted, counts as one word however long it is: that
 * two texts use the same phrase, or the same two in a row, says no more than that they share a word or two.
 */
import type { WordText } from '../anchoring/tokenize.ts'
import { WORDS_OF_FINGERPRINT } from './fingerprints.ts'

/** The words of a text, weighed. */
export interface WeighedWords {
  /** What each word weighs: 1, or less. */
  readonly weights: Float64Array
  /** For each word, the first and the end of the set phrase in which it stands; of itself alone where it is in none. */
  readonly firsts: Int32Array
  readonly ends: Int32Array
  /** 1 for each fingerprint that lies within a set phrase: where else that stands says nothing. */
  readonly isPhrase: Uint8Array
}

/** Words up to this length are short. */
export const SHORT_WORD = 3
const SHORT_WEIGHT = 0.5
/** How much less words weigh with each doubling of the places in which they stand together. */
const RECURRING = 0.4
/** Words that stand together in more places than `PLACES + words * PLACES_PER_WORD` are a set phrase. */
const PLACES = 3
const PLACES_PER_WORD = 0.5

/** Weighs words, given in how many places of the corpus the fingerprint that begins at each of them stands. */
export function weighWords(words: WordText, places: Int32Array): WeighedWords {
  const weights = Float64Array.from({ length: words.count }, (_, word) => weightOfLetters(words, word))
  const firsts = Int32Array.from(weights, (_, word) => word)
  const ends = firsts.map((word) => word + 1)
  const isPhrase = new Uint8Array(places.length)
  const lower = (word: number, weight: number) => {
    weights[word] = Math.min(weights[word] ?? 0, weight)
  }
  places.forEach((times, first) => {
    if (times <= 1) return
    for (let word = first; word < first + WORDS_OF_FINGERPRINT; word++)
      lower(word, weightOfLetters(words, word) / (1 + Math.log2(times) * RECURRING))
  })
  for (const { first, last } of findSetPhrases(places)) {
    const end = last + WORDS_OF_FINGERPRINT
    for (let word = first; word < end; word++) {
      lower(word, 1 / (end - first))
      firsts[word] = Math.min(firsts[word] ?? word, first)
      ends[word] = Math.max(ends[word] ?? word, end)
    }
    isPhrase.fill(1, first, last + 1)
  }
  return { weights, firsts, ends, isPhrase }
}

/** What a word weighs for itself, wherever it stands. */
export function weightOfLetters({ starts, ends }: WordText, word: number): number {
  return (ends[word] ?? 0) - (starts[word] ?? 0) <= SHORT_WORD ? SHORT_WEIGHT : 1
}

/** Set phrases by their first and last fingerprint. Some lie within others, or overlap them. */
function findSetPhrases(indexed: Int32Array): { readonly first: number; readonly last: number }[] {
  // The index has every second fingerprint: one that it has not stands where those beside it do.
  const places = indexed.map((times, at) => times || Math.min(indexed[at - 1] ?? 0, indexed[at + 1] ?? 0))
  const phrases: { first: number; last: number }[] = []
  places.forEach((times, at) => {
    const known = phrases.at(-1)
    if (known && at <= known.last && (places[known.first] ?? 0) <= times) return
    const mostWords = (times - PLACES) / PLACES_PER_WORD
    const isAsFrequent = (other: number) => (places[other] ?? 0) * 2 >= times
    let [first, last] = [at, at]
    const isShort = () => last + WORDS_OF_FINGERPRINT - first < mostWords
    while (isShort() && isAsFrequent(first - 1)) first--
    while (isShort() && isAsFrequent(last + 1)) last++
    if (isShort()) phrases.push({ first, last })
  })
  return phrases
}
