import { alignGap } from './align-gap.ts'
import type { Alignment } from './alignment.ts'
import { chainRuns } from './chain-runs.ts'
import { findRuns, type Run, type Stretch } from './unique-seeds.ts'

/**
 * Filling what lies between the runs of a chain. A small gap is aligned word by word; a large one is first parted by
 * shorter seeds, unique in the gap though not in the whole text; where there are none, only its two ends are aligned
 * to a bounded depth. The table for a gap never holds more than `LARGEST_TABLE` cells, so the whole stays about linear.
 */

/** Cells of one table: 200 deleted words against 300 inserted ones. */
const LARGEST_TABLE = 60_000

/** How deep the ends of a gap are aligned when it is too large for a table and has no seeds. */
const END_DEPTH = 120

/** Shorter seeds than two words are not believed in a large gap: any two texts share single words by chance. */
const GAP_SEEDS = [3, 2] as const

/** Binds the runs of a chain and whatever can be aligned between and beside them, inside the stretch. */
export function bindChain(
  alignment: Alignment,
  stretch: Stretch,
  chain: readonly Run[],
  block: number,
): void {
  let oldEnd = stretch.oldStart
  let newEnd = stretch.newStart
  for (const run of chain) {
    fillGap(
      alignment,
      { ...stretch, oldStart: oldEnd, oldEnd: run.old, newStart: newEnd, newEnd: run.renewed },
      block,
    )
    alignment.bindRun(run.old, run.renewed, run.length, block)
    oldEnd = run.old + run.length
    newEnd = run.renewed + run.length
  }
  fillGap(alignment, { ...stretch, oldStart: oldEnd, newStart: newEnd }, block)
}

function fillGap(alignment: Alignment, gap: Stretch, block: number): void {
  const rows = gap.oldEnd - gap.oldStart
  const columns = gap.newEnd - gap.newStart
  if (rows <= 0 || columns <= 0) return
  if (rows * columns <= LARGEST_TABLE) {
    alignGap(alignment, gap, block)
    return
  }
  for (const n of GAP_SEEDS) {
    const chain = chainRuns(findRuns(gap, n))
    if (chain.length > 0) {
      bindChain(alignment, gap, chain, block)
      return
    }
  }
  alignEnds(alignment, gap, block)
}

function alignEnds(alignment: Alignment, gap: Stretch, block: number): void {
  const oldDepth = Math.min(END_DEPTH, (gap.oldEnd - gap.oldStart) >> 1)
  const newDepth = Math.min(END_DEPTH, (gap.newEnd - gap.newStart) >> 1)
  alignGap(alignment, { ...gap, oldEnd: gap.oldStart + oldDepth, newEnd: gap.newStart + newDepth }, block)
  alignGap(alignment, { ...gap, oldStart: gap.oldEnd - oldDepth, newStart: gap.newEnd - newDepth }, block)
}
