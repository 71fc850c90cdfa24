import type { Alignment } from './alignment.ts'

/** Words `[start, end)` of one of the two texts. */
export interface WordRange {
  readonly start: number
  readonly end: number
}

/** The parts of two stretches that are most like each other. */
export interface LikeStretch {
  readonly old: WordRange
  readonly renewed: WordRange
}

/** What a word takes away that stands on one side alone, or faces another. */
const UNLIKE = 0.45

/** Weight that is too much for chance: three or four rare words in a row, or a dozen of the commonest. */
const LEAST_WEIGHT = 6

/**
 * Finds where two stretches are most like each other, by the same words in the same order (local alignment: Smith and
 * Waterman 1981); null where they are no more so than by chance. Costs the product of the two lengths.
 */
export function findLikeStretch(
  alignment: Alignment,
  oldWords: WordRange,
  newWords: WordRange,
): LikeStretch | null {
  const { old, renewed, weights } = alignment
  if (sharedWeight(alignment, oldWords, newWords) < LEAST_WEIGHT) return null
  const wanted = new Set(renewed.ids.subarray(newWords.start, newWords.end))
  const width = newWords.end - newWords.start + 1
  let scores = new Float64Array(width)
  let above = new Float64Array(width)
  // Where the best alignment that ends in a cell began, as (old, new) packed side by side.
  let begins = new Float64Array(width)
  let beginsAbove = new Float64Array(width)
  let isAnyAbove = false
  let best = LEAST_WEIGHT
  let found: LikeStretch | null = null
  for (let i = oldWords.start; i < oldWords.end; i++) {
    const id = old.ids[i] ?? 0
    if (!isAnyAbove && !wanted.has(id)) continue
    ;[scores, above] = [above, scores]
    ;[begins, beginsAbove] = [beginsAbove, begins]
    isAnyAbove = false
    const weight = weights[id] ?? 0
    for (let j = 1; j < width; j++) {
      const at = newWords.start + j - 1
      const isSame = renewed.ids[at] === id
      const paired = above[j - 1] ?? 0
      const pair = paired + (isSame ? weight : -UNLIKE)
      const deletion = (above[j] ?? 0) - UNLIKE
      const insertion = (scores[j - 1] ?? 0) - UNLIKE
      const score = Math.max(0, pair, deletion, insertion)
      scores[j] = score
      if (score === 0) continue
      isAnyAbove = true
      if (score === pair) begins[j] = paired > 0 ? (beginsAbove[j - 1] ?? 0) : i * PACK + at
      else begins[j] = score === deletion ? (beginsAbove[j] ?? 0) : (begins[j - 1] ?? 0)
      if (score <= best || !isSame) continue
      best = score
      const begin = begins[j] ?? 0
      found = {
        old: { start: Math.floor(begin / PACK), end: i + 1 },
        renewed: { start: begin % PACK, end: at + 1 },
      }
    }
  }
  return found
}

/** What the new words weigh that stand among the old ones at all: no alignment of the two is worth more. */
function sharedWeight(
  { old, renewed, weights }: Alignment,
  oldWords: WordRange,
  newWords: WordRange,
): number {
  const known = new Set(old.ids.subarray(oldWords.start, oldWords.end))
  let weight = 0
  for (let at = newWords.start; at < newWords.end; at++) {
    const id = renewed.ids[at] ?? 0
    if (known.has(id)) weight += weights[id] ?? 0
  }
  return weight
}

/** More than the words of any text. */
const PACK = 2 ** 26
