import { type Alignment, MAIN_BLOCK } from './alignment.ts'
import { dropIslands, MAINLAND } from './drop-islands.ts'
import { bindChain } from './fill-gaps.ts'
import { findRuns, type Run, type SeedLimits } from './unique-seeds.ts'

/**
 * Moved blocks: a second round of seeds in what the main chain left over on both sides. Runs that lie close together
 * and in one order form a block; a block must carry enough words of its own, for here no order of the text vouches
 * for it. The heaviest block is taken first: a paragraph that was moved outweighs a sentence of it quoted elsewhere.
 */

/** Words of the shortest seed for a moved block. */
const SEED_LENGTH = 3

/** Unpaired words between two runs of one block, at most, on either side. */
const WIDEST_BREAK = 40

/** Weight a block needs: three or four rare words in a row, or a dozen of the commonest. */
const LEAST_BLOCK = 6

/** How far a block is followed beyond its outermost runs, in words. */
const REACH = 120

/** Blocks freed of their heavier rivals may turn out unique in a later round; a third finds next to nothing. */
const ROUNDS = 2

type FreeWords = Required<SeedLimits>

/** Finds and binds moved blocks, numbering them from 1 in the alignment. */
export function bindMovedBlocks(alignment: Alignment): void {
  for (let round = 0; round < ROUNDS; round++) {
    const free = freeWords(alignment)
    const whole = alignment.stretch(0, alignment.old.count, 0, alignment.renewed.count)
    const runs = findRuns(whole, SEED_LENGTH, free)
    if (runs.length === 0) return
    const blocks = groupRuns(alignment, runs, free)
    for (const block of blocks) bindBlock(alignment, block)
  }
}

/** The words of both texts that moved blocks may claim. */
function freeWords(alignment: Alignment): FreeWords {
  const { partner, newPartner } = alignment
  const oldFree = new Uint8Array(partner.length)
  const newFree = new Uint8Array(newPartner.length).fill(1)
  for (let old = 0; old < partner.length; old++) {
    if (!isFirm(alignment, old)) oldFree[old] = 1
    else newFree[partner[old] ?? 0] = 0
  }
  return { oldFree, newFree }
}

/** Whether a word of the old text is bound so well that no moved block may claim it. */
function isFirm({ partner, block, island }: Alignment, old: number): boolean {
  if ((partner[old] ?? -1) < 0) return false
  return block[old] !== MAIN_BLOCK || (island[old] ?? 0) >= MAINLAND
}

/** Groups runs into blocks, heaviest first. */
function groupRuns(alignment: Alignment, runs: readonly Run[], { oldFree, newFree }: FreeWords): Run[][] {
  const oldTaken = countTaken(oldFree)
  const newTaken = countTaken(newFree)
  const blocks: Run[][] = []
  let open: Run[][] = []
  for (const run of [...runs].sort((a, b) => a.old - b.old)) {
    open = open.filter((block) => run.old - oldEndOf(block) <= WIDEST_BREAK)
    const home = open.find((block) => {
      const oldEnd = oldEndOf(block)
      const newEnd = newEndOf(block)
      const isNext = run.old >= oldEnd && run.renewed >= newEnd && run.renewed - newEnd <= WIDEST_BREAK
      // What is bound already, between the two runs, would be torn apart by one block across it.
      return isNext && oldTaken[oldEnd] === oldTaken[run.old] && newTaken[newEnd] === newTaken[run.renewed]
    })
    if (home) home.push(run)
    else {
      const block = [run]
      blocks.push(block)
      open.push(block)
    }
  }
  const weighed = blocks.map((block) => ({ block, weight: weightOf(alignment, block) }))
  return weighed.sort((a, b) => b.weight - a.weight).map(({ block }) => block)
}

function oldEndOf(block: readonly Run[]): number {
  const last = block[block.length - 1]
  return last ? last.old + last.length : 0
}

function newEndOf(block: readonly Run[]): number {
  const last = block[block.length - 1]
  return last ? last.renewed + last.length : 0
}

/** How many words before each one are firmly bound. */
function countTaken(free: Uint8Array): Int32Array {
  const taken = new Int32Array(free.length + 1)
  for (let at = 0; at < free.length; at++) taken[at + 1] = (taken[at] ?? 0) + 1 - (free[at] ?? 0)
  return taken
}

function weightOf(alignment: Alignment, runs: readonly Run[]): number {
  let weight = 0
  for (const run of runs) for (let i = 0; i < run.length; i++) weight += alignment.weightOf(run.old + i)
  return weight
}

function bindBlock(alignment: Alignment, candidate: readonly Run[]): void {
  const runs = candidate.filter((run) => isFree(alignment, run))
  const weight = weightOf(alignment, runs)
  if (weight < LEAST_BLOCK) return
  const first = runs[0]
  const last = runs[runs.length - 1]
  if (!first || !last) return
  if (!clearIslands(alignment, first, last, weight)) return
  const block = alignment.blocks
  alignment.blocks++
  const oldStart = reachBack(alignment.partner, first.old)
  const oldEnd = reachOn(alignment.partner, last.old + last.length)
  const stretch = alignment.stretch(
    oldStart,
    oldEnd,
    reachBack(alignment.newPartner, first.renewed),
    reachOn(alignment.newPartner, last.renewed + last.length),
  )
  bindChain(alignment, stretch, runs, block)
  dropIslands(alignment, block, oldStart, oldEnd)
}

/** A heavier block may have taken words of a run: what is left of the run is then left for the next round. */
function isFree(alignment: Alignment, run: Run): boolean {
  for (let i = 0; i < run.length; i++) {
    if (isFirm(alignment, run.old + i) || isFirm(alignment, alignment.newPartner[run.renewed + i] ?? -1))
      return false
  }
  return true
}

/** Gives up the islands of the main chain that lie across a block, unless one of them is heavier than the block. */
function clearIslands(alignment: Alignment, first: Run, last: Run, weight: number): boolean {
  const crossed: number[] = []
  for (let old = first.old; old < last.old + last.length; old++) {
    if ((alignment.partner[old] ?? -1) >= 0) crossed.push(old)
  }
  for (let at = first.renewed; at < last.renewed + last.length; at++) {
    const old = alignment.newPartner[at] ?? -1
    if (old >= 0) crossed.push(old)
  }
  if (crossed.some((old) => (alignment.island[old] ?? 0) >= weight)) return false
  for (const old of crossed) alignment.unbind(old)
  return true
}

function reachBack(partner: Int32Array, from: number): number {
  let at = from
  while (at > 0 && from - at < REACH && (partner[at - 1] ?? -1) < 0) at--
  return at
}

function reachOn(partner: Int32Array, from: number): number {
  let at = from
  while (at < partner.length && at - from < REACH && (partner[at] ?? -1) < 0) at++
  return at
}
