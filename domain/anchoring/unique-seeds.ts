/**
 * Seeds: sequences of n words that stand exactly once in the old stretch and once in the new one. Such a pair is
 * very likely the same place, because chance would have to repeat n words and only once on each side. (Patience diff
 * takes unique lines, anchor-based genome aligners maximal unique matches; n words are the same idea for prose.)
 */

/** A stretch of equal words: `length` words from `old` and from `renewed`. */
export interface Run {
  readonly old: number
  readonly renewed: number
  readonly length: number
}

/** Word ids of both texts, and the part of each that is looked at. */
export interface Stretch {
  readonly oldIds: Int32Array
  readonly newIds: Int32Array
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

/** Which words a search for runs may use; all, unless said. */
export interface SeedLimits {
  /** 1 for each word of the old text that may be used. */
  readonly oldFree?: Uint8Array
  readonly newFree?: Uint8Array
}

/** All maximal runs of equal words around a seed of n words, by their place in the old text. Linear in the stretch. */
export function findRuns(stretch: Stretch, n: number, limits: SeedLimits = {}): Run[] {
  const table = new GramTable(stretch.oldEnd - stretch.oldStart, n)
  table.count(stretch.oldIds, stretch.oldStart, stretch.oldEnd, OLD, limits.oldFree)
  table.count(stretch.newIds, stretch.newStart, stretch.newEnd, NEW, limits.newFree)
  const runs: Run[] = []
  // Seeds of one run lie on one diagonal: remembering where the last run on it ended skips the rest of them.
  const reached = new Map<number, number>()
  let last: Run = { old: 0, renewed: 0, length: 0 }
  table.forEachSeed((old, renewed) => {
    const diagonal = renewed - old
    // Nearly every seed lies in the run that was found last.
    if (diagonal === last.renewed - last.old && old < last.old + last.length) return
    if (old < (reached.get(diagonal) ?? -1)) return
    last = growRun(stretch, old, renewed, n, limits)
    reached.set(diagonal, last.old + last.length)
    runs.push(last)
  })
  return runs
}

function growRun(
  { oldIds, newIds, oldStart, oldEnd, newStart, newEnd }: Stretch,
  old: number,
  renewed: number,
  n: number,
  { oldFree, newFree }: SeedLimits,
): Run {
  const isPair = (i: number, j: number): boolean =>
    oldIds[i] === newIds[j] && (!oldFree || oldFree[i] === 1) && (!newFree || newFree[j] === 1)
  let before = 0
  while (
    old - before > oldStart &&
    renewed - before > newStart &&
    isPair(old - before - 1, renewed - before - 1)
  )
    before++
  let length = n
  while (old + length < oldEnd && renewed + length < newEnd && isPair(old + length, renewed + length))
    length++
  return { old: old - before, renewed: renewed - before, length: before + length }
}

const OLD = 0
const NEW = 1

/** Counts n-grams of both sides up to "more than one", in open-addressed tables: a Map of strings would cost ten times as much. */
class GramTable {
  private readonly mask: number
  /** Where the gram stands first on each side; meaningful where it is counted. */
  private readonly places: readonly [Int32Array, Int32Array]
  /** How often the gram stands on each side. */
  private readonly counts: readonly [Uint32Array, Uint32Array]
  private readonly sample: Int32Array
  private readonly order: number[] = []
  private readonly sides: [Int32Array, Int32Array] = [new Int32Array(0), new Int32Array(0)]
  private readonly n: number

  constructor(words: number, n: number) {
    let size = 16
    while (size < words * 2) size *= 2
    this.n = n
    this.mask = size - 1
    this.places = [new Int32Array(size), new Int32Array(size)]
    this.counts = [new Uint32Array(size), new Uint32Array(size)]
    this.sample = new Int32Array(size).fill(-1)
  }

  count(ids: Int32Array, start: number, end: number, side: 0 | 1, free?: Uint8Array): void {
    this.sides[side] = ids
    const places = this.places[side]
    const counts = this.counts[side]
    let usable = 0
    for (let at = start; at < end; at++) {
      usable = !free || free[at] === 1 ? usable + 1 : 0
      if (usable < this.n) continue
      const from = at - this.n + 1
      const slot = this.slotOf(ids, from, side)
      if (slot < 0) continue
      const seen = counts[slot] ?? 0
      counts[slot] = seen + 1
      if (seen === 0 && side === OLD) this.order.push(slot)
      if (seen === 0) places[slot] = from
    }
  }

  /** Calls back for each gram that stands once on each side, by its place in the old text. */
  forEachSeed(callback: (old: number, renewed: number) => void): void {
    const [oldCounts, newCounts] = this.counts
    const [oldPlaces, newPlaces] = this.places
    for (const slot of this.order) {
      if (oldCounts[slot] !== 1 || newCounts[slot] !== 1) continue
      callback(oldPlaces[slot] ?? 0, newPlaces[slot] ?? 0)
    }
  }

  /** The slot of a gram; on the new side -1 where the old side has no such gram. */
  private slotOf(ids: Int32Array, from: number, side: 0 | 1): number {
    let hash = 0
    for (let i = 0; i < this.n; i++) hash = Math.imul(hash ^ ((ids[from + i] ?? 0) + 0x9e3779b9), 0x85ebca6b)
    hash ^= hash >>> 15
    let slot = hash & this.mask
    while ((this.sample[slot] ?? -1) >= 0) {
      if (this.isSame(slot, ids, from)) return slot
      slot = (slot + 1) & this.mask
    }
    if (side === NEW) return -1
    this.sample[slot] = from
    return slot
  }

  private isSame(slot: number, ids: Int32Array, from: number): boolean {
    const sample = this.sample[slot] ?? 0
    const oldIds = this.sides[OLD]
    for (let i = 0; i < this.n; i++) if (oldIds[sample + i] !== ids[from + i]) return false
    return true
  }
}
