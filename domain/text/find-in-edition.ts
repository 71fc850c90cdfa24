/** Where an offset or a paragraph number stands in an edition. */
import type { Block, Section } from './edition-text.ts'

/**
 * The block an offset stands in, or null outside the text. The line feed after a block, and the end of the text,
 * count as the end of the block before.
 */
export function findBlockAt(blocks: readonly Block[], offset: number): Block | null {
  return findAt(blocks, offset)
}

/** The section an offset stands in, or null outside the text; the line feed between two belongs to the first. */
export function findSectionAt(sections: readonly Section[], offset: number): Section | null {
  return findAt(sections, offset)
}

/** The block a reader cites as `p<number>`, or null when there is none. */
export function findBlockByNumber(blocks: readonly Block[], number: number): Block | null {
  // Headings have no number, so block `n` never stands before index `n - 1`.
  for (let index = Math.max(0, number - 1); index < blocks.length; index += 1) {
    const block = blocks[index]
    if (block?.number === number) return block
    if (block?.number != null && block.number > number) return null
  }
  return null
}

/** The section that holds a block, by the block's index; null when there is no such block. */
export function findSectionOfBlock(sections: readonly Section[], blockIndex: number): Section | null {
  return sections.find((section) => section.firstBlock <= blockIndex && blockIndex < section.endBlock) ?? null
}

function findAt<T extends { readonly start: number; readonly end: number }>(
  parts: readonly T[],
  offset: number,
): T | null {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const part = parts[low - 1]
  return part && offset <= part.end ? part : null
}
