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
  { old, renewed, weights }: Alignment,
  oldWords: WordRange,
  newWords: WordRange,
): LikeStretch | null {
  const width = newWords.end - newWords.start + 1
  let scores = new Float64Array(width)
  let above = new Float64Array(width)
  // Where the best alignment that ends in a cell began, as (old, new) packed side by side.
  let begins = new Float64Array(width)
  let beginsAbove = new Float64Array(width)
  let best = LEAST_WEIGHT
  let found: LikeStretch | null = null
  for (let i = oldWords.start; i < oldWords.end; i++) {
    ;[scores, above] = [above, scores]
    ;[begins, beginsAbove] = [beginsAbove, begins]
    const id = old.ids[i] ?? 0
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

/** More than the words of any text. */
const PACK = 2 ** 26
