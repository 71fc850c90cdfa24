import { type Alignment, Bond, MAIN_BLOCK } from './alignment.ts'

/**
 * Dynamic programming pairs whatever it can: a deleted sentence and one inserted in its place share "of the" and
 * "which is". Such pairs stand as islands, parted from the solid alignment by many unpaired words. An island must
 * carry enough matched words of its own; otherwise its pairs are dropped, or a deleted passage would be found in them.
 */

/** Unpaired words on either side, beyond which what follows no longer vouches for what went before. */
const WIDEST_STRAIT = 8

/** Weight an island needs: two rare words or five of the commonest. */
const LEAST_ISLAND = 3.5

/** Weight from which an island of the main chain stands against any moved block. */
export const MAINLAND = 14

/**
 * Drops the light islands of one block between two words of the old text, and notes how heavy the others are. The beginnings and ends of the texts vouch for
 * what stands near them in the main chain, as matched words would.
 */
export function dropIslands(alignment: Alignment, block: number, oldStart: number, oldEnd: number): void {
  let island: number[] = []
  let weight = block === MAIN_BLOCK ? MAINLAND : 0
  let lastOld = -1
  let lastNew = -1
  const close = (): void => {
    for (const old of island) {
      if (weight < LEAST_ISLAND) alignment.unbind(old)
      else alignment.island[old] = weight
    }
    island = []
    weight = 0
  }
  for (let old = oldStart; old < oldEnd; old++) {
    const renewed = alignment.partner[old] ?? -1
    if (renewed < 0 || alignment.block[old] !== block) continue
    if (alignment.bond[old] === Bond.replaced) {
      island.push(old)
      continue
    }
    if (old - lastOld - 1 > WIDEST_STRAIT || renewed - lastNew - 1 > WIDEST_STRAIT) close()
    island.push(old)
    weight += alignment.weightOf(old) * (alignment.bond[old] === Bond.same ? 1 : SIMILAR_SHARE)
    lastOld = old
    lastNew = renewed
  }
  const reachesEnds =
    block === MAIN_BLOCK &&
    alignment.old.count - lastOld - 1 <= WIDEST_STRAIT &&
    alignment.renewed.count - lastNew - 1 <= WIDEST_STRAIT
  if (reachesEnds) weight += MAINLAND
  close()
}

/** A misspelt word says less than the word itself. */
const SIMILAR_SHARE = 0.6
