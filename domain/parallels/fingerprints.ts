/**
 * Fingerprints: a number for every few words in a row, by which an index knows where such words stand.
 *
 * The index has every second one of a text, and whoever looks something up asks for all of theirs. So of any five
 * words in a row that two texts share, at least one fingerprint is found, wherever they stand, with half the index:
 * what BLAT does for genomes (Kent 2002), and what winnowing needs two in three for (Schleimer, Wilkerson, Aiken 2003).
 */
import type { WordText } from '../anchoring/tokenize.ts'

/** Words of one fingerprint: with every sixth word changed, five in a row remain, which hold two of them. */
export const WORDS_OF_FINGERPRINT = 4

/** The index has one in so many. */
export const INDEXED_EVERY = 2

/** The fingerprint that begins at each word; none begin at the last three. Signed integers of 32 bits. */
export function fingerprintsOf({ ids, count }: WordText): Int32Array {
  const length = Math.max(0, count - WORDS_OF_FINGERPRINT + 1)
  return Int32Array.from({ length }, (_, word) => {
    let hash = 0
    for (let i = 0; i < WORDS_OF_FINGERPRINT; i++) hash = mix(hash, ids[word + i] ?? 0)
    return hash
  })
}

/** One fingerprint of a text, for the index. */
export interface IndexedPlaces {
  readonly fingerprints: Int32Array
  /** The first word's number in its text, from 0, and its offset there in code units. */
  readonly words: Int32Array
  readonly offsets: Int32Array
}

/** What the index has of a text. */
export function placesToIndex(text: WordText): IndexedPlaces {
  const all = fingerprintsOf(text)
  const length = Math.ceil(all.length / INDEXED_EVERY)
  const words = Int32Array.from({ length }, (_, i) => i * INDEXED_EVERY)
  return {
    fingerprints: words.map((word) => all[word] ?? 0),
    words,
    offsets: words.map((word) => offsetOf(text, word)),
  }
}

/** Where a word begins in the text, in code units; past the last word, the text's length. */
export function offsetOf({ text, starts, count }: WordText, word: number): number {
  return word < count ? (text.starts[starts[word] ?? 0] ?? 0) : text.source.length
}

/** Where a word ends in the text. */
export function endOffsetOf({ text, ends }: WordText, word: number): number {
  return text.ends[(ends[word] ?? 1) - 1] ?? 0
}

/** One round of MurmurHash3 (Appleby), so that words in another order have another fingerprint. */
function mix(hash: number, id: number): number {
  let key = Math.imul(id, 0xcc9e2d51)
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593)
  const mixed = hash ^ key
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}
