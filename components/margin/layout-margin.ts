/**
 * Where cards stand in the margin.
 *
 * Each card wants to stand at the height of its passage. Where cards would collide they move as little as possible:
 * the sum of squared displacements is least, the order is kept, none overlap, and one card may be held exactly where
 * it is (the active one at its passage, or the one under the pointer where it stands).
 *
 * Subtracting from each card the room that those before it take turns "no overlaps" into "never decreasing", which
 * makes this isotonic regression: pool-adjacent-violators finds the optimum in one pass (Barlow et al., 1972), and a
 * bound on the values is met by clamping the unbounded optimum.
 */

/** A card as the layout sees it, in pixels from the top of the margin. */
export interface MarginCard {
  readonly id: string
  /** Where it wants to stand. */
  readonly top: number
  readonly height: number
}

/** A card that may not move, and where it stands. */
export interface HeldCard {
  readonly id: string
  readonly top: number
}

/**
 * The top of each card. `cards` come in the order they shall stand in; `gap` is kept between any two.
 * Cards never stand above 0, unless a held card leaves no other room.
 */
export function layoutMargin(
  cards: readonly MarginCard[],
  held: HeldCard | null,
  gap: number,
): Map<string, number> {
  const room: number[] = []
  let used = 0
  for (const card of cards) {
    room.push(used)
    used += card.height + gap
  }
  const wanted = cards.map((card, index) => card.top - (room[index] ?? 0))
  const heldAt = held ? cards.findIndex((card) => card.id === held.id) : -1
  const solved =
    held && heldAt >= 0 ? solveAround(wanted, heldAt, held.top - (room[heldAt] ?? 0)) : solve(wanted)
  return new Map(cards.map((card, index) => [card.id, (solved[index] ?? 0) + (room[index] ?? 0)]))
}

function solve(wanted: readonly number[]): number[] {
  return poolViolators(wanted).map((value) => Math.max(0, value))
}

function solveAround(wanted: readonly number[], heldAt: number, value: number): number[] {
  const before = solve(wanted.slice(0, heldAt)).map((other) => Math.min(other, value))
  const after = poolViolators(wanted.slice(heldAt + 1)).map((other) => Math.max(other, value))
  return [...before, value, ...after]
}

/** The never-decreasing sequence that is nearest to `values` by least squares. */
function poolViolators(values: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = []
  for (const value of values) {
    let pool = { sum: value, count: 1 }
    let last = pools.at(-1)
    while (last && last.sum / last.count > pool.sum / pool.count) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count }
      pools.pop()
      last = pools.at(-1)
    }
    pools.push(pool)
  }
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
}
