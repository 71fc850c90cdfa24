/**
 * Which find is one that was known before. When a text has a new edition, its parallels are found anew; what a person
 * said of one, that it is no quotation, or that it proves something, must stay with it.
 */
import { readWords } from './read-words.ts'

/** The words of a find, on both sides. */
export interface ParallelWords {
  readonly here: string
  readonly there: string
}

/** Less than this share of the words in common on either side: another find. */
const LEAST_SHARE = 0.6

/** For each new find the known one that it is, or null; no known one is given twice, the likest first. */
export function recogniseParallels<Known extends ParallelWords>(
  found: readonly ParallelWords[],
  known: readonly Known[],
): (Known | null)[] {
  const knownWords = known.map(toSets)
  const pairs = found.flatMap((find, index) => {
    const words = toSets(find)
    return knownWords.flatMap((other, place) => {
      const share = Math.min(likeness(words.here, other.here), likeness(words.there, other.there))
      return share >= LEAST_SHARE ? [{ index, place, share }] : []
    })
  })
  const recognised = found.map((): Known | null => null)
  const taken = new Set<number>()
  for (const { index, place } of pairs.sort((a, b) => b.share - a.share)) {
    if (taken.has(place) || recognised[index]) continue
    taken.add(place)
    recognised[index] = known[place] ?? null
  }
  return recognised
}

function toSets({ here, there }: ParallelWords): { here: Set<number>; there: Set<number> } {
  return { here: new Set(readWords(here).ids), there: new Set(readWords(there).ids) }
}

/** Words in both out of the words in either. */
function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  const all = a.size + b.size - shared
  return all === 0 ? 0 : shared / all
}
