import type { TextRange } from '#domain/text/edition-text.ts'

/** The blocks that a range touches, in order; `blocks` are in order and do not overlap. */
export function blocksInRange<Block extends TextRange>(blocks: readonly Block[], range: TextRange): Block[] {
  const found: Block[] = []
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
