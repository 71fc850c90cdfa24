/**
 * Words that merely recur: a title, a running head, an entry of a table of contents, a turn of office. They are told
 * from quotations by how many places they stand in, on either side, for how long they are: a long passage may be
 * quoted in many texts, a phrase of eight words that stands in five places is a phrase.
 */
import { sortedIndex } from '../anchoring/sorted-index.ts'
import type { TextRange } from '../text/edition-text.ts'

/** As much of a find as it takes. */
interface Placed {
  readonly text: number
  readonly here: TextRange
  readonly there: TextRange
  readonly sharedWords: number
  readonly isTitle: boolean
  readonly isPhrase: boolean
}

/** A phrase of `n` words may stand in `PLACES + n * PLACES_PER_WORD` other places. */
const PLACES = 1
const PLACES_PER_WORD = 0.2

/** The finds of one text in the same order, each with whether its words merely recur. */
export function markFormulas<T extends Placed>(
  found: readonly T[],
  ownText: number | null,
): (T & { readonly isFormula: boolean })[] {
  const ends = found.flatMap(({ text, here, there }, index) => [
    { index, group: ownText ?? OWN_TEXT, range: here },
    { index, group: text, range: there },
  ])
  const places = countOverlaps(ends, found.length)
  const recurring = found.filter(
    (each, index) =>
      each.isTitle || each.isPhrase || (places[index] ?? 0) > PLACES + PLACES_PER_WORD * each.sharedWords,
  )
  const isAround = surroundsOneOf(recurring.map(({ here }) => here))
  return found.map((each) => ({ ...each, isFormula: isAround(each.here) }))
}

/** Whether more than half of a range is one of these: what stands around a formula makes no quotation of it. */
function surroundsOneOf(ranges: readonly TextRange[]): (range: TextRange) => boolean {
  const sorted = [...ranges].sort((a, b) => a.start - b.start)
  const starts = Int32Array.from(sorted, ({ start }) => start)
  return (range) => {
    const longest = range.end - range.start
    for (let at = sortedIndex(starts, range.start - longest); at < sorted.length; at++) {
      const inner = sorted[at]
      if (!inner || inner.start >= range.end) return false
      const shared = Math.min(range.end, inner.end) - Math.max(range.start, inner.start)
      if (shared * 2 > longest) return true
    }
    return false
  }
}

/** Stands for the text itself where the corpus has no number for it. */
const OWN_TEXT = -1

/** One side of a find. */
interface End {
  /** The find. */
  readonly index: number
  readonly group: number
  readonly range: TextRange
}

/** For each find, how many finds (itself too) hold the better half of one of its sides. */
function countOverlaps(ends: readonly End[], finds: number): Int32Array {
  const sorted = [...ends].sort((a, b) => a.group - b.group || a.range.start - b.range.start)
  const longest = sorted.reduce((most, { range }) => Math.max(most, range.end - range.start), 0)
  const counts = new Int32Array(finds)
  sorted.forEach(({ index, group, range }, at) => {
    let count = 1
    const look = (step: 1 | -1) => {
      for (let other = at + step; other >= 0 && other < sorted.length; other += step) {
        const beside = sorted[other]
        if (!beside || beside.group !== group || beside.range.start >= range.end) break
        if (beside.range.start < range.start - longest) break
        const shared = Math.min(range.end, beside.range.end) - Math.max(range.start, beside.range.start)
        if (shared * 2 > range.end - range.start) count++
      }
    }
    look(1)
    look(-1)
    counts[index] = Math.max(counts[index] ?? 0, count)
  })
  return counts
}
