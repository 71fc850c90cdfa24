import { type Alignment, Bond } from './alignment.ts'

/**
 * Words at the border of a block can be bound elsewhere by chance: the "He" that opens a moved paragraph pairs with a
 * "He" left free where the paragraph was. A word follows its neighbour: where the word beside its neighbour's partner
 * is the same, and neither of the two is held by a neighbour where it is now, it changes over.
 */
export function joinNeighbours(alignment: Alignment): void {
  for (let old = alignment.old.count - 2; old >= 0; old--) followNeighbour(alignment, old, 1)
  for (let old = 1; old < alignment.old.count; old++) followNeighbour(alignment, old, -1)
  joinBlocks(alignment)
}

/** Where one block ends and another goes on in both texts, the two are one: seeds that repeat had only parted them. */
function joinBlocks({ old, partner, block, blocks }: Alignment): void {
  const joined = Int32Array.from({ length: blocks }, (_, number) => number)
  const rootOf = (number: number): number => {
    let root = number
    while ((joined[root] ?? root) !== root) root = joined[root] ?? root
    return root
  }
  for (let word = 1; word < old.count; word++) {
    const to = partner[word] ?? -1
    if (to < 0 || partner[word - 1] !== to - 1 || block[word] === block[word - 1]) continue
    const [a, b] = [rootOf(block[word - 1] ?? 0), rootOf(block[word] ?? 0)]
    joined[Math.max(a, b)] = Math.min(a, b)
  }
  for (let word = 0; word < old.count; word++) block[word] = rootOf(block[word] ?? 0)
}

/** `side` 1: the neighbour is the next word; -1: the word before. */
function followNeighbour(alignment: Alignment, old: number, side: 1 | -1): void {
  const { partner, newPartner, bond, block, island } = alignment
  const neighbour = partner[old + side] ?? -1
  if (neighbour < 0 || bond[old + side] === Bond.replaced) return
  const to = neighbour - side
  if (partner[old] === to || to < 0 || to >= alignment.renewed.count) return
  if (alignment.old.ids[old] !== alignment.renewed.ids[to] || holdsOn(alignment, old, -side)) return
  const holder = newPartner[to] ?? -1
  if (holder >= 0 && (holdsOn(alignment, holder, 1) || holdsOn(alignment, holder, -1))) return
  alignment.unbind(holder)
  alignment.unbind(old)
  alignment.bind(old, to, Bond.same, block[old + side] ?? 0)
  island[old] = island[old + side] ?? 0
}

/** Whether the word's pair is continued on its other side. */
function holdsOn({ partner, bond }: Alignment, old: number, side: number): boolean {
  const here = partner[old] ?? -1
  return here >= 0 && bond[old] !== Bond.replaced && partner[old + side] === here + side
}
