/** Words of the sequences that are looked up. */
const GRAM = 3

/** Sequences looked up for one stretch, evenly spread over it. */
const MOST_GRAMS = 8

/** Places tried for one sequence: what stands more often than this is a formula, and tells nothing. */
const MOST_PLACES = 24

/** Where sequences of three words stand in a text, to find stretches that are nearly equal to a given one. */
export class RepeatIndex {
  private readonly places = new Map<number, number[]>()

  constructor(private readonly ids: Int32Array) {
    for (let at = 0; at + GRAM <= ids.length; at++) {
      const key = keyOf(ids, at)
      const known = this.places.get(key)
      if (!known) this.places.set(key, [at])
      else if (known.length < MOST_PLACES) known.push(at)
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
      for (const place of this.places.get(keyOf(ids, at)) ?? []) {
        const begins = place - (at - start)
        if (tried.has(begins)) continue
        tried.add(begins)
        if (this.shared(ids, start, end, begins) >= needed) found.push(begins)
      }
    }
    return found
  }

  private shared(ids: Int32Array, start: number, end: number, begins: number): number {
    let shared = 0
    for (let at = start; at < end; at++) if (ids[at] === this.ids[begins + at - start]) shared++
    return shared
  }
}

function keyOf(ids: Int32Array, at: number): number {
  let key = 0
  for (let i = 0; i < GRAM; i++) key = Math.imul(key ^ ((ids[at + i] ?? 0) + 0x9e3779b9), 0x85ebca6b)
  return key
}
