import { reanchor } from '../../../domain/anchoring/reanchor.ts'

/** The adapter for benchmarks that compare several anchoring programs: a place, or null where we will not name one. */
export function anchor(oldText, newText, selectors) {
  return reanchor(oldText, newText, selectors).map((result) =>
    result.state === 'uncertain' || result.state === 'orphaned'
      ? null
      : { start: result.start, end: result.end },
  )
}
