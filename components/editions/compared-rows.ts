import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { isWithin } from '#components/reader/block-spans.ts'
import type { Block, TextRange } from '#domain/text/edition-text.ts'

/** Blocks that stand beside each other in two editions, as a service compared them. */
export interface ComparedRow {
  readonly earlier: readonly Block[]
  readonly later: readonly Block[]
  readonly removed: readonly TextRange[]
  readonly added: readonly TextRange[]
  readonly moved: boolean
}

/** What a row is, as it is told in words. */
export type RowKind = 'same' | 'changed' | 'added' | 'removed' | 'moved'

/** What became of a row's blocks. One that moved and changed has moved; its words are marked all the same. */
export function kindOf({ earlier, later, removed, added, moved }: ComparedRow): RowKind {
  if (earlier.length === 0) return 'added'
  if (later.length === 0) return 'removed'
  if (moved) return 'moved'
  return removed.length + added.length > 0 ? 'changed' : 'same'
}

/** The blocks of one side with the words that only it has marked; ranges may run over several blocks. */
export function markDifferences(
  blocks: readonly Block[],
  ranges: readonly TextRange[],
  kind: 'added' | 'removed',
): Block[] {
  return blocks.map((block) => ({
    ...block,
    marks: [
      ...block.marks,
      ...ranges
        .map(({ start, end }) => ({
          start: Math.max(start, block.start),
          end: Math.min(end, block.end),
          kind,
        }))
        .filter(({ start, end }) => start < end),
    ],
  }))
}

/** The threads that stand on these blocks. */
export function notesOn(blocks: readonly Block[], threads: readonly PlacedThread[]): PlacedThread[] {
  const [first] = blocks
  const last = blocks.at(-1)
  if (!first || !last) return []
  const part = { start: first.start, end: last.end }
  return threads.filter(({ ranges }) => ranges.some((range) => isWithin(range, part)))
}
