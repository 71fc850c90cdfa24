import { Bond, MAIN_BLOCK } from '../anchoring/alignment.ts'
import { foldQuote } from '../anchoring/fold-text.ts'
import type { ComparedTexts } from './compare-section.ts'
import { blockOfWord, type ComparedText, rangeOfBlock, wordsOfBlock } from './compared-text.ts'

/** Share of the words of the smaller of two blocks, from which they are linked. */
const LINKED_FROM = 1 / 3

interface Link {
  /** Words they share, and how many of these follow the main chain of the alignment. */
  shared: number
  onChain: number
}

/** Which blocks of two texts belong together. Found when asked for, and remembered. */
export class BlockLinks {
  private readonly byLater = new Map<number, ReadonlyMap<number, Link>>()
  private readonly byEarlier = new Map<number, readonly number[]>()

  constructor(private readonly texts: ComparedTexts) {}

  /** The earlier blocks that a later one is linked with, in order. */
  ofLater(later: number): number[] {
    return [...this.linksOf(later).keys()]
  }

  /** The later blocks that an earlier one is linked with, in order. */
  ofEarlier(earlier: number): readonly number[] {
    const known = this.byEarlier.get(earlier)
    if (known) return known
    const candidates = this.partnersOf(
      this.texts.earlier,
      earlier,
      this.texts.alignment.partner,
      this.texts.later,
    )
    const next = this.nextInOrder(earlier)
    if (next !== null) candidates.add(next)
    const linked = [...candidates].filter((later) => this.linksOf(later).has(earlier)).sort((a, b) => a - b)
    this.byEarlier.set(earlier, linked)
    return linked
  }

  areLinked(earlier: number, later: number): boolean {
    return this.linksOf(later).has(earlier)
  }

  /** The last later block that continues this one in the order of both texts; -1 where none does. */
  lastOnChain(earlier: number): number {
    return this.ofEarlier(earlier).findLast((later) => this.isOnChain(earlier, later)) ?? -1
  }

  private isOnChain(earlier: number, later: number): boolean {
    const link = this.linksOf(later).get(earlier)
    return link !== undefined && link.onChain * 2 >= link.shared
  }

  private linksOf(later: number): ReadonlyMap<number, Link> {
    const known = this.byLater.get(later)
    if (known) return known
    const links = this.tally(later)
    if (links.size === 0) {
      const twin = this.twinOf(later)
      if (twin !== null) links.set(twin, { shared: 1, onChain: 1 })
    }
    const inOrder = new Map([...links].sort(([a], [b]) => a - b))
    this.byLater.set(later, inOrder)
    return inOrder
  }

  private tally(later: number): Map<number, Link> {
    const { alignment, earlier, later: laterText } = this.texts
    const links = new Map<number, Link>()
    const { first, end } = wordsOfBlock(laterText, later)
    for (let word = first; word < end; word++) {
      const partner = alignment.newPartner[word] ?? -1
      if (partner < 0 || alignment.bond[partner] === Bond.replaced) continue
      const block = blockOfWord(earlier, partner)
      const link = links.get(block) ?? { shared: 0, onChain: 0 }
      link.shared += 1
      if (alignment.block[partner] === MAIN_BLOCK) link.onChain += 1
      links.set(block, link)
    }
    for (const [block, { shared }] of links) {
      const other = wordsOfBlock(earlier, block)
      if (shared < LINKED_FROM * Math.min(end - first, other.end - other.first)) links.delete(block)
    }
    return links
  }

  /** A block that the words do not speak for, such as a line of stars, stays beside its equal in the same order. */
  private twinOf(later: number): number | null {
    if (later === 0) return isSameBlock(this.texts, 0, 0) ? 0 : null
    const before = this.tally(later - 1)
    const [last] = [...before]
      .filter(([, link]) => link.onChain > 0)
      .map(([block]) => block)
      .sort((a, b) => b - a)
    return last !== undefined && isSameBlock(this.texts, last + 1, later) ? last + 1 : null
  }

  /** Where the twin of an earlier block would stand. */
  private nextInOrder(earlier: number): number | null {
    if (earlier === 0) return 0
    const { earlier: earlierText, later, alignment } = this.texts
    const before = [...this.partnersOf(earlierText, earlier - 1, alignment.partner, later)]
    return before.length === 0 ? null : Math.max(...before) + 1
  }

  private partnersOf(from: ComparedText, block: number, partners: Int32Array, to: ComparedText): Set<number> {
    const blocks = new Set<number>()
    const { first, end } = wordsOfBlock(from, block)
    for (let word = first; word < end; word++) {
      const partner = partners[word] ?? -1
      if (partner >= 0) blocks.add(blockOfWord(to, partner))
    }
    return blocks
  }
}

function isSameBlock({ earlier, later }: ComparedTexts, earlierBlock: number, laterBlock: number): boolean {
  if (earlierBlock >= earlier.starts.length || laterBlock >= later.starts.length) return false
  return textOf(earlier, earlierBlock) === textOf(later, laterBlock)
}

function textOf(text: ComparedText, block: number): string {
  const { start, end } = rangeOfBlock(text, block)
  return foldQuote(text.words.text.source.slice(start, end))
}
