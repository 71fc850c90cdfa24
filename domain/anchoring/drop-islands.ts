import { type Alignment, Bond, MAIN_BLOCK } from './alignment.ts'

/**
 * Dynamic programming pairs whatever it can: a deleted sentence and one inserted in its place share "of the" and
 * "which is". What is to be believed is told by a tide: along the pairs of a block it rises by the weight of each
 * matched word and falls with the words that found no match. Where it rises by enough there is an island, from its
 * lowest point to its highest; pairs on the way down are chance likenesses and are given up, whether they lie far out
 * or at the edge of solid land. (The turning points of a cumulative score; local alignment calls the fall an X-drop.)
 */

/** How much the tide must rise to make an island, and fall to end one: two rare words, or five of the commonest. */
const TIDE = 3.5

/** What a word without a match takes away. Where strangers are paired, some three words of ten match, and light ones. */
const UNMATCHED = 0.45

/** A misspelt word says less than the word itself. */
const SIMILAR_SHARE = 0.6

/** Weight from which an island of the main chain stands against any moved block. */
export const MAINLAND = 14

/**
 * Gives up the pairs of one block that lie on no island, between two words of the old text, and notes how heavy the
 * islands are. The beginnings and ends of the texts vouch for what stands near them in the main chain.
 */
export function dropIslands(alignment: Alignment, block: number, oldStart: number, oldEnd: number): void {
  const pairs: number[] = []
  for (let old = oldStart; old < oldEnd; old++) {
    if ((alignment.partner[old] ?? -1) >= 0 && alignment.block[old] === block) pairs.push(old)
  }
  const matched = pairs.filter((old) => alignment.bond[old] !== Bond.replaced)
  const islands = findIslands(alignment, matched, block === MAIN_BLOCK)
  let next = 0
  for (const { first, last, weight } of islands) {
    const end = withReplaced(alignment, last, 1)
    const start = withReplaced(alignment, first, -1)
    for (; (pairs[next] ?? Infinity) < start; next++) alignment.unbind(pairs[next] ?? 0)
    for (; (pairs[next] ?? Infinity) <= end; next++) alignment.island[pairs[next] ?? 0] = weight
  }
  for (; next < pairs.length; next++) alignment.unbind(pairs[next] ?? 0)
}

/** The words of the old text an island begins and ends with, and what all its matched words weigh. */
interface Island {
  readonly first: number
  readonly last: number
  readonly weight: number
}

function findIslands(alignment: Alignment, matched: readonly number[], isWhole: boolean): Island[] {
  const islands: Island[] = []
  const weights = new Float64Array(matched.length + 1)
  const close = (from: number, to: number): void => {
    const [first, last] = [matched[from], matched[to]]
    if (first === undefined || last === undefined || to < from) return
    islands.push({ first, last, weight: (weights[to + 1] ?? 0) - (weights[from] ?? 0) })
  }
  let height = 0
  // Rising, `turn` is the highest point so far, and `edge` the pair it stands after; falling, the lowest and before.
  let isRising = isWhole
  let turn = 0
  let edge = isRising ? -1 : 0
  let start = 0
  for (let at = 0; at <= matched.length; at++) {
    const isEnd = at === matched.length
    if (isEnd && !isWhole) break
    height -= UNMATCHED * gapBefore(alignment, matched, at, isWhole)
    if (isRising && height < turn - TIDE) {
      close(start, edge)
      isRising = false
      turn = height
      edge = at
    } else if (!isRising && height <= turn) {
      turn = height
      edge = at
    }
    const weight = isEnd ? TIDE : weightOf(alignment, matched[at] ?? 0)
    weights[at + 1] = (weights[at] ?? 0) + weight
    height += weight
    if (!isRising && height >= turn + TIDE) {
      isRising = true
      start = edge
      turn = height
      edge = at
    } else if (isRising && height >= turn) {
      turn = height
      edge = at
    }
  }
  if (isRising) close(start, Math.min(edge, matched.length - 1))
  return islands
}

function weightOf(alignment: Alignment, old: number): number {
  return alignment.weightOf(old) * (alignment.bond[old] === Bond.same ? 1 : SIMILAR_SHARE)
}

/** Words between a pair and the one before it, on the side where they are more; before the first and after the last, to the ends of the texts. */
function gapBefore(
  { partner, old, renewed }: Alignment,
  matched: readonly number[],
  at: number,
  isWhole: boolean,
): number {
  const before = matched[at - 1]
  const here = matched[at]
  if (before === undefined && !isWhole) return 0
  const from = before === undefined ? -1 : before
  const fromNew = before === undefined ? -1 : (partner[before] ?? 0)
  const to = here === undefined ? old.count : here
  const toNew = here === undefined ? renewed.count : (partner[here] ?? 0)
  return Math.max(to - from, toNew - fromNew) - 1
}

/** Words that were replaced one for one beside the end of an island belong to it. */
function withReplaced({ partner, bond }: Alignment, end: number, step: 1 | -1): number {
  let at = end
  while (bond[at + step] === Bond.replaced && partner[at + step] === (partner[at] ?? 0) + step) at += step
  return at
}
