/** Line ends as Postil has them, without forgetting where the words stand in a file that has others. */
import type { SourceBlock } from '#domain/text/edition-text.ts'

/** A text whose line ends are line feeds, and the way back to the text that it was made of. */
export interface UnifiedLines {
  readonly text: string
  /** Blocks that were read from `text`, each with its source in the text as it was. */
  readonly toOriginal: (blocks: readonly SourceBlock[]) => readonly SourceBlock[]
}

/** Makes a line feed of every carriage return, alone or with a line feed after it. */
export function unifyLineEnds(original: string): UnifiedLines {
  /** The offsets in the new text right after which a character of the original is left out. */
  const dropped: number[] = []
  const text = original.replace(/\r\n?/g, (end, offset: number) => {
    if (end.length === 2) dropped.push(offset - dropped.length)
    return '\n'
  })
  const toOffset = (offset: number) => offset + countBelow(dropped, offset)
  return {
    text,
    toOriginal: (blocks) =>
      dropped.length === 0
        ? blocks
        : blocks.map((block) => {
            const { source } = block
            if (!source) return block
            const { start, end } = source
            return { ...block, source: { ...source, start: toOffset(start), end: toOffset(end) } }
          }),
  }
}

/** How many of the ascending numbers are below a limit. */
function countBelow(ascending: readonly number[], limit: number): number {
  let from = 0
  let to = ascending.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((ascending[middle] ?? limit) < limit) from = middle + 1
    else to = middle
  }
  return from
}
