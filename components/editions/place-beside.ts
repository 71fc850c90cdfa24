import { blockAt } from '#components/reader/block-spans.ts'
import type { TextRange } from '#domain/text/edition-text.ts'

/** One side of two editions that are set beside each other. */
export type Side = 'earlier' | 'later'

type Row = Readonly<Record<Side, readonly TextRange[]>>

/**
 * The place in the other edition that stands beside `offset` of the edition on side `from`: as far into the block
 * beside it as `offset` is into its own; where nothing stands beside it, the end of what stands before. Null when the
 * other edition has nothing in these rows.
 */
export function placeBeside(rows: readonly Row[], offset: number, from: Side): number | null {
  const to = from === 'earlier' ? 'later' : 'earlier'
  const at = rows.findLastIndex((row) => row[from].some((block) => block.start <= offset))
  const row = rows[at]
  const here = row && blockAt(row[from], offset)
  const index = here ? row[from].indexOf(here) : -1
  const beside = row?.[to][Math.min(index, row[to].length - 1)]
  if (here && beside) {
    const share = Math.min(1, (offset - here.start) / Math.max(1, here.end - here.start))
    return beside.start + Math.round(share * (beside.end - beside.start))
  }
  const before = rows.slice(0, Math.max(0, at)).findLast((other) => other[to].length > 0)
  const after = rows.slice(at + 1).find((other) => other[to].length > 0)
  return before?.[to].at(-1)?.end ?? after?.[to][0]?.start ?? null
}
