import { type Alignment, Bond, MAIN_BLOCK } from './alignment.ts'
import { sortedIndex } from './sorted-index.ts'

/**
 * Order is between two: where two paragraphs changed places, each has moved past the other, and that the chain holds
 * the heavier one is no reason to call that one unmoved. Words of the main chain are marked as passed where a block
 * went by that weighs about as much as all that it went by. What a small block went by on a long way stays put.
 */

/** How much heavier than a block what it passed may be, to have moved as much as the block has. */
const COMPARABLE = 2

/** Marks the words of the main chain that a block of their own weight has passed. */
export function markPassed(alignment: Alignment): void {
  if (alignment.blocks === 1) return
  const main = listMain(alignment)
  for (const { firstOld, endOld, firstNew, endNew, weight } of measureBlocks(alignment)) {
    // Of the main chain, what stands after the block in one text and before it in the other.
    const inOld = [sortedIndex(main.old, firstOld), sortedIndex(main.old, endOld)]
    const inNew = [sortedIndex(main.renewed, firstNew), sortedIndex(main.renewed, endNew)]
    const from = Math.min(inOld[1] ?? 0, inNew[1] ?? 0)
    const to = Math.max(inOld[0] ?? 0, inNew[0] ?? 0)
    if (from >= to || (main.weights[to] ?? 0) - (main.weights[from] ?? 0) > COMPARABLE * weight) continue
    for (let i = from; i < to; i++) alignment.passed[main.old[i] ?? 0] = 1
  }
}

/** The words of the main chain in both texts, and what all before each one weigh. */
interface MainWords {
  readonly old: Int32Array
  readonly renewed: Int32Array
  readonly weights: Float64Array
}

function listMain(alignment: Alignment): MainWords {
  const { partner, block, bond } = alignment
  const words: number[] = []
  partner.forEach((to, word) => {
    if (to >= 0 && block[word] === MAIN_BLOCK && bond[word] !== Bond.replaced) words.push(word)
  })
  const weights = new Float64Array(words.length + 1)
  words.forEach((word, i) => {
    weights[i + 1] = (weights[i] ?? 0) + alignment.weightOf(word)
  })
  const old = Int32Array.from(words)
  return { old, renewed: old.map((word) => partner[word] ?? 0), weights }
}

interface MovedBlock {
  readonly firstOld: number
  readonly endOld: number
  readonly firstNew: number
  readonly endNew: number
  readonly weight: number
}

function measureBlocks(alignment: Alignment): Iterable<MovedBlock> {
  const blocks = new Map<number, MovedBlock>()
  alignment.partner.forEach((to, word) => {
    const number = alignment.block[word] ?? MAIN_BLOCK
    if (to < 0 || number === MAIN_BLOCK) return
    const known = blocks.get(number) ?? { firstOld: word, endOld: 0, firstNew: to, endNew: 0, weight: 0 }
    const weight = known.weight + alignment.weightOf(word)
    blocks.set(number, { ...known, endOld: word + 1, endNew: to + 1, weight })
  })
  return blocks.values()
}
