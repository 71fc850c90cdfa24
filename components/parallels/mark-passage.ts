import type { TextRange } from '#domain/text/edition-text.ts'
import type { ParallelDifference, ParallelInContext } from '#domain/wire/parallel.ts'

/** A piece of a text around a passage, as it is shown. */
export interface MarkedPiece {
  readonly text: string
  readonly start: number
  readonly isPassage: boolean
  /** Which of the differences it is, by its place in their list; null where both sides say the same. */
  readonly difference: number | null
}

/** The text around one passage in pieces: what stands before and after it, what both sides share, what differs. */
export function markPassage(parallel: ParallelInContext, side: 'here' | 'there'): MarkedPiece[] {
  const { start, text } = parallel.context[side]
  const passage = parallel[side]
  const borders = new Set([start, start + text.length, passage.start, passage.end])
  for (const difference of parallel.differences) {
    borders.add(difference[side].start)
    borders.add(difference[side].end)
  }
  const sorted = [...borders].filter((at) => at >= start && at <= start + text.length).sort((a, b) => a - b)
  return sorted.slice(0, -1).map((from, index) => {
    const range = { start: from, end: sorted[index + 1] ?? from }
    return {
      text: text.slice(range.start - start, range.end - start),
      start: from,
      isPassage: isIn(range, passage),
      difference: placeOf(parallel.differences, side, range),
    }
  })
}

function placeOf(differences: readonly ParallelDifference[], side: 'here' | 'there', range: TextRange) {
  const place = differences.findIndex((difference) => isIn(range, difference[side]))
  return place < 0 ? null : place
}

const isIn = (inner: TextRange, outer: TextRange) => inner.start >= outer.start && inner.end <= outer.end
