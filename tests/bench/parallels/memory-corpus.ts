import type { Corpus, IndexedPlace, TextSlice } from '#domain/parallels/find-parallels.ts'
import { type IndexedPlaces, placesToIndex } from '#domain/parallels/fingerprints.ts'
import { readWords } from '#domain/parallels/read-words.ts'

/** Of a fingerprint in more places than this only one more is told, as the server's index does. */
const MOST_PLACES = 32
const BUCKET_BITS = 20

/** Texts in memory with their index, to measure the finding apart from a database. A text's number is its place in `texts`. */
export class MemoryCorpus implements Corpus {
  /** Where each bucket of fingerprints begins in `order`. */
  private readonly buckets: Int32Array
  private readonly fingerprints: Int32Array
  private readonly texts32: Int32Array
  private readonly words: Int32Array
  private readonly offsets: Int32Array

  constructor(readonly texts: readonly string[]) {
    const parts = texts.map((text) => placesToIndex(readWords(text)))
    const count = parts.reduce((sum, part) => sum + part.words.length, 0)
    this.buckets = countBuckets(parts)
    this.fingerprints = new Int32Array(count)
    this.texts32 = new Int32Array(count)
    this.words = new Int32Array(count)
    this.offsets = new Int32Array(count)
    const next = this.buckets.slice()
    parts.forEach((part, text) => {
      part.fingerprints.forEach((fingerprint, i) => {
        const bucket = bucketOf(fingerprint)
        const at = next[bucket] ?? 0
        next[bucket] = at + 1
        this.fingerprints[at] = fingerprint
        this.texts32[at] = text
        this.words[at] = part.words[i] ?? 0
        this.offsets[at] = part.offsets[i] ?? 0
      })
    })
  }

  async findPlaces(fingerprints: Int32Array): Promise<ReadonlyMap<number, readonly IndexedPlace[]>> {
    const found = new Map<number, readonly IndexedPlace[]>()
    for (const fingerprint of fingerprints) {
      const places: IndexedPlace[] = []
      const bucket = bucketOf(fingerprint)
      for (let at = this.buckets[bucket] ?? 0; at < (this.buckets[bucket + 1] ?? 0); at++) {
        if (this.fingerprints[at] !== fingerprint) continue
        places.push({ text: this.texts32[at] ?? 0, word: this.words[at] ?? 0, offset: this.offsets[at] ?? 0 })
      }
      if (places.length > 0) found.set(fingerprint, places.slice(0, MOST_PLACES + 1))
    }
    return found
  }

  async readSlices(slices: readonly TextSlice[]): Promise<readonly (string | null)[]> {
    return slices.map(({ text, start, end }) => this.texts[text]?.slice(start, end) ?? null)
  }
}

function countBuckets(parts: readonly IndexedPlaces[]): Int32Array {
  const buckets = new Int32Array((1 << BUCKET_BITS) + 1)
  for (const { fingerprints } of parts) {
    for (const fingerprint of fingerprints) {
      const bucket = bucketOf(fingerprint) + 1
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
  }
  for (let i = 1; i < buckets.length; i++) buckets[i] = (buckets[i] ?? 0) + (buckets[i - 1] ?? 0)
  return buckets
}

const bucketOf = (fingerprint: number) => fingerprint >>> (32 - BUCKET_BITS)
