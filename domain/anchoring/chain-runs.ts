import type { Run } from './unique-seeds.ts'

/**
 * The chain: of all runs, those in one order in both texts that together hold the most words (the heaviest increasing
 * subsequence, by a Fenwick tree of best sums; n log n). What the chain leaves out was moved, or is a chance likeness.
 * Runs that overlap in either text are cut to fit, so the result is strictly increasing on both sides. A run of which
 * little is left by that was taken for more than it adds: the chain is then made again with what is left of it.
 */
export function chainRuns(runs: readonly Run[]): Run[] {
  let candidates = runs
  for (let round = 1; ; round++) {
    const { chain, worn } = cutOverlaps(heaviestChain(candidates))
    if (worn.size === 0 || round === ROUNDS) return chain
    candidates = candidates.flatMap((run) => worn.get(run) ?? run)
  }
}

/** Each further round finds less to mend. */
const ROUNDS = 3

function heaviestChain(runs: readonly Run[]): Run[] {
  const byOld = [...runs].sort((a, b) => a.old - b.old || a.renewed - b.renewed)
  const ranks = rankByNew(byOld)
  const best = new Float64Array(byOld.length)
  const previous = new Int32Array(byOld.length).fill(-1)
  const tree = new Int32Array(byOld.length + 1).fill(-1)
  let heaviest = -1
  byOld.forEach((run, i) => {
    const rank = ranks[i] ?? 0
    const before = bestBefore(tree, best, rank)
    previous[i] = before
    best[i] = run.length + (before < 0 ? 0 : (best[before] ?? 0))
    if (heaviest < 0 || (best[i] ?? 0) > (best[heaviest] ?? 0)) heaviest = i
    record(tree, best, rank + 1, i)
  })
  const chain: Run[] = []
  for (let i = heaviest; i >= 0; i = previous[i] ?? -1) {
    const run = byOld[i]
    if (run) chain.push(run)
  }
  return chain.reverse()
}

function rankByNew(runs: readonly Run[]): Int32Array {
  const order = runs
    .map((run, i) => ({ renewed: run.renewed, i }))
    .sort((a, b) => a.renewed - b.renewed || b.i - a.i)
  const ranks = new Int32Array(runs.length)
  order.forEach(({ i }, rank) => {
    ranks[i] = rank
  })
  return ranks
}

function bestBefore(tree: Int32Array, best: Float64Array, rank: number): number {
  let found = -1
  for (let at = rank; at > 0; at -= at & -at) {
    const i = tree[at] ?? -1
    if (i >= 0 && (found < 0 || (best[i] ?? 0) > (best[found] ?? 0))) found = i
  }
  return found
}

function record(tree: Int32Array, best: Float64Array, from: number, i: number): void {
  for (let at = from; at < tree.length; at += at & -at) {
    const held = tree[at] ?? -1
    if (held < 0 || (best[i] ?? 0) > (best[held] ?? 0)) tree[at] = i
  }
}

/** Cuts each run where the one before it ends, and names those of which less than half is left, with what is left of them. */
function cutOverlaps(runs: readonly Run[]): { chain: Run[]; worn: Map<Run, Run[]> } {
  const chain: Run[] = []
  const worn = new Map<Run, Run[]>()
  let oldEnd = 0
  let newEnd = 0
  for (const run of runs) {
    const overlap = Math.max(0, oldEnd - run.old, newEnd - run.renewed)
    const length = run.length - overlap
    const rest = length > 0 ? [{ old: run.old + overlap, renewed: run.renewed + overlap, length }] : []
    if (length * 2 < run.length) worn.set(run, rest)
    if (length <= 0) continue
    chain.push(...rest)
    oldEnd = run.old + run.length
    newEnd = run.renewed + run.length
  }
  return { chain, worn }
}
