/** Words of the sequences that are looked up. */
const GRAM = 3

/** Sequences looked up for one stretch, evenly spread over it. */
const MOST_GRAMS = 8

/** Places tried for one sequence: what stands more often than this is a formula, and tells nothing. */
const MOST_PLACES = 24

/** Where sequences of three words stand in a text, to find stretches that are nearly equal to a given one. */
export class RepeatIndex {
  /** By the hash of a sequence: one more than its first place; 0 where there is none. */
  private readonly first: Int32Array
  /** By place: one more than the next place of a sequence with the same hash. */
  private readonly next: Int32Array
  private readonly mask: number

  constructor(private readonly ids: Int32Array) {
    let size = 16
    while (size < ids.length) size *= 2
    this.mask = size - 1
    this.first = new Int32Array(size)
    this.next = new Int32Array(ids.length)
    for (let at = ids.length - GRAM; at >= 0; at--) {
      const slot = hashOf(ids, at) & this.mask
      this.next[at] = this.first[slot] ?? 0
      this.first[slot] = at + 1
    }
  }

  /**
   * Where stretches begin that share at least `needed` words, each in its place, with `[start, end)` of a text of the
   * same vocabulary.
   */
  findLike(ids: Int32Array, start: number, end: number, needed: number): number[] {
    const tried = new Set<number>()
    const found: number[] = []
    const step = Math.max(1, Math.floor((end - start - GRAM + 1) / MOST_GRAMS))
    for (let at = start; at + GRAM <= end; at += step) {
      for (const place of this.placesOf(ids, at)) {
        const begins = place - (at - start)
        if (tried.has(begins)) continue
        tried.add(begins)
        if (this.shared(ids, start, end, begins) >= needed) found.push(begins)
      }
    }
    return found
  }

  /** The first places of a sequence. */
  private placesOf(ids: Int32Array, at: number): number[] {
    const places: number[] = []
    let next = this.first[hashOf(ids, at) & this.mask] ?? 0
    while (next > 0 && places.length < MOST_PLACES) {
      const place = next - 1
      if (this.shared(ids, at, at + GRAM, place) === GRAM) places.push(place)
      next = this.next[place] ?? 0
    }
    return places
  }

  private shared(ids: Int32Array, start: number, end: number, begins: number): number {
    let shared = 0
    for (let at = start; at < end; at++) if (ids[at] === this.ids[begins + at - start]) shared++
    return shared
  }
}

function hashOf(ids: Int32Array, at: number): number {
  let hash = 0
  for (let i = 0; i < GRAM; i++) hash = Math.imul(hash ^ ((ids[at + i] ?? 0) + 0x9e3779b9), 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
