/** What people hold: how much of each position is theirs, and how divided they are together. */

/** A position that somebody holds, and how much of their stance it is: above 0, at most 1. */
export interface HeldPosition {
  readonly id: string
  readonly share: number
}

/** What one person holds; empty: undecided. The shares add up to 1. */
export type StancePositions = readonly HeldPosition[]

/** Weights of any size as shares that add up to 1. */
export function toShares(
  weighted: readonly { readonly id: string; readonly weight: number }[],
): StancePositions {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  return weighted.map(({ id, weight }) => ({ id, share: weight / total }))
}

/** How much of the holders each position has; those that nobody holds are left out. */
export function tally(stances: readonly StancePositions[]): Map<string, number> {
  const held = new Map<string, number>()
  for (const { id, share } of stances.flat()) held.set(id, (held.get(id) ?? 0) + share)
  return held
}

/**
 * How divided the holders are: 0 when all hold the same or nobody holds anything, 1 when they are parted evenly
 * among the positions that are held. Who is undecided does not count. This is the index of qualitative variation
 * (Mueller and Schuessler, 1961), k/(k-1) · (1 - Σp²) for k positions with parts p of the holders.
 */
export function dividedness(stances: readonly StancePositions[]): number {
  const held = [...tally(stances).values()]
  if (held.length < 2) return 0
  const total = held.reduce((sum, part) => sum + part, 0)
  const alike = held.reduce((sum, part) => sum + (part / total) ** 2, 0)
  return (held.length / (held.length - 1)) * (1 - alike)
}
