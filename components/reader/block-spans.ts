import type { TextRange } from '#domain/text/edition-text.ts'

/**
 * The blocks that a range touches, in order; `blocks` are in order and do not overlap. An empty range, such as the gap
 * where words were, touches the block that it stands in.
 */
export function blocksInRange<Block extends TextRange>(blocks: readonly Block[], range: TextRange): Block[] {
  const found: Block[] = []
  if (range.start === range.end) {
    const block = blockAt(blocks, range.start)
    return block ? [block] : found
  }
  for (let at = firstEndingAfter(blocks, range.start); at < blocks.length; at += 1) {
    const block = blocks[at]
    if (!block || block.start >= range.end) break
    found.push(block)
  }
  return found
}

/** The block an offset stands in; the line feed after a block belongs to it. Null before the first block. */
export function blockAt<Block extends TextRange>(blocks: readonly Block[], offset: number): Block | null {
  const block = blocks[Math.min(firstEndingAfter(blocks, offset - 1), blocks.length - 1)]
  return block && block.start <= offset ? block : null
}

/** Whether any of a range lies in a part of the text; an empty range lies in the part that it borders on. */
export function isWithin(range: TextRange, part: TextRange): boolean {
  if (range.start === range.end) return part.start <= range.start && range.start <= part.end
  return range.start < part.end && range.end > part.start
}

/** The first character of a range, or of an empty one the character beside it in its block: what can be measured. */
export function firstCharacter(block: TextRange, { start, end }: TextRange): TextRange | null {
  if (block.start === block.end) return null
  const at = start < end ? start : Math.min(start, block.end - 1)
  return { start: at, end: at + 1 }
}

function firstEndingAfter(blocks: readonly TextRange[], offset: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The range without white space at either end; null when `words`, which stand in it, are nothing else. */
export function trimRange(range: TextRange, words: string): TextRange | null {
  const trimmed = words.trim()
  if (trimmed === '') return null
  const start = range.start + words.indexOf(trimmed)
  return { start, end: start + trimmed.length }
}
