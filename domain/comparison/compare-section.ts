/**
 * Two editions side by side, section by section: which blocks belong beside each other, and which words only one side
 * has. Everything is read off one alignment of the two texts, the one that also carries the passages over, so that
 * what is marked as changed here is what the passages saw.
 *
 * Blocks are *linked* when enough of the words of one stand in the other. Linked blocks share a row; a block without
 * a link was added or removed. What was removed stands after the block before it, as the main chain of the alignment
 * has them in order; a block linked by words off the main chain has moved, and stands beside the place it came from.
 * The work is bounded by the section, what was removed there, and the blocks that these are linked with.
 */
import type { Alignment } from '../anchoring/alignment.ts'
import type { TextRange } from '../text/edition-text.ts'
import { BlockLinks } from './block-links.ts'
import { type ComparedText, rangeOfBlock } from './compared-text.ts'
import { type ComparedSide, findDifferences } from './differing-words.ts'

/** Blocks beside each other, by index; ranges are in each side's own text. */
export interface ComparedRow {
  readonly earlier: readonly number[]
  readonly later: readonly number[]
  readonly removed: readonly TextRange[]
  readonly added: readonly TextRange[]
  readonly moved: boolean
}

/** Two texts with their blocks, aligned: the alignment's `old` is `earlier`. */
export interface ComparedTexts {
  readonly alignment: Alignment
  readonly earlier: ComparedText
  readonly later: ComparedText
}

/** A paragraph whose parts stand further apart than this is shown where its first part stands. */
const MOST_PARTS = 5

/** The rows of one section of the later text, in its order. */
export function compareSection(
  texts: ComparedTexts,
  { firstBlock, endBlock }: { readonly firstBlock: number; readonly endBlock: number },
): ComparedRow[] {
  const links = new BlockLinks(texts)
  const rows = firstBlock === 0 ? removedFrom(texts, links, 0) : []
  const placed = new Set<number>()
  for (let first = firstBlock; first < endBlock; ) {
    const end = endOfRow(links, first, endBlock)
    const later = Array.from({ length: end - first }, (_, at) => first + at)
    const earlier = [...new Set(later.flatMap((block) => links.ofLater(block)))]
      .filter((block) => !placed.has(block))
      .sort((a, b) => a - b)
    for (const block of earlier) placed.add(block)
    rows.push(toRow(texts, links, earlier, later))
    for (const block of earlier) {
      if (links.lastOnChain(block) < end && links.lastOnChain(block) >= first) {
        rows.push(...removedFrom(texts, links, block + 1))
      }
    }
    first = end
  }
  return rows
}

/** Past the last block that belongs in one row with `first`: a part of the same earlier block, or what stands between. */
function endOfRow(links: BlockLinks, first: number, endBlock: number): number {
  let end = first + 1
  for (let block = first; block < end; block++) {
    for (const earlier of links.ofLater(block)) {
      const last = links.lastOnChain(earlier)
      if (last >= end && last < endBlock && last - block < MOST_PARTS) end = last + 1
    }
  }
  return end
}

function toRow(
  texts: ComparedTexts,
  links: BlockLinks,
  earlier: readonly number[],
  later: readonly number[],
): ComparedRow {
  const sides = toSides(texts, links)
  return {
    earlier,
    later,
    removed: earlier.flatMap((block) => findDifferences(sides.earlier, block)),
    added: later.flatMap((block) => findDifferences(sides.later, block)),
    moved: earlier.length > 0 && earlier.every((block) => links.lastOnChain(block) < 0),
  }
}

function toSides(
  { alignment, earlier, later }: ComparedTexts,
  links: BlockLinks,
): { readonly earlier: ComparedSide; readonly later: ComparedSide } {
  return {
    earlier: {
      own: earlier,
      other: later,
      partners: alignment.partner,
      hasLinks: (block) => links.ofEarlier(block).length > 0,
      areLinked: (own, other) => links.areLinked(own, other),
    },
    later: {
      own: later,
      other: earlier,
      partners: alignment.newPartner,
      hasLinks: (block) => links.ofLater(block).length > 0,
      areLinked: (own, other) => links.areLinked(other, own),
    },
  }
}

/** The removed blocks from `from` on, up to the next one that still stands in its order. */
function removedFrom(texts: ComparedTexts, links: BlockLinks, from: number): ComparedRow[] {
  const rows: ComparedRow[] = []
  for (let block = from; block < texts.earlier.starts.length && links.lastOnChain(block) < 0; block++) {
    if (links.ofEarlier(block).length > 0) continue
    rows.push({
      earlier: [block],
      later: [],
      removed: [rangeOfBlock(texts.earlier, block)],
      added: [],
      moved: false,
    })
  }
  return rows
}
