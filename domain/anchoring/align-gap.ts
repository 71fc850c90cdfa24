import { type Alignment, Bond } from './alignment.ts'
import { wordLikeness } from './similar-words.ts'
import type { Stretch } from './unique-seeds.ts'

/**
 * Aligning two short stretches word by word: dynamic programming with affine gaps (Gotoh 1982), so that one deleted
 * sentence costs little more than one deleted word and a word is not torn out of its place to save a gap.
 */

/** What it costs that another word stands in a word's place. Less than a deletion beside an insertion. */
const REPLACED = -0.35
/** What it costs to begin a deletion or insertion; near the worth of one common word, so that one such match cannot pay for two. */
const GAP_OPEN = -0.9
/** What each deleted or inserted word costs more: little, since whole sentences come and go. */
const GAP_EXTEND = -0.08
/** What it adds that a sentence ends after both words, and costs that one ends after one alone: it tells ties apart. */
const SENTENCE_END = 0.1
/** Words less alike than this are different words. One error in a word of two letters is just alike enough. */
const LEAST_LIKENESS = 0.5

const FROM_PAIR = 0
const FROM_DELETION = 1
const FROM_INSERTION = 2

/** Binds the best pairs of a stretch, into the given block. Costs the product of the two lengths. */
export function alignGap(alignment: Alignment, stretch: Stretch, block: number): void {
  const rows = stretch.oldEnd - stretch.oldStart
  const columns = stretch.newEnd - stretch.newStart
  if (rows === 0 || columns === 0) return
  const steps = new Uint8Array((rows + 1) * (columns + 1))
  const last = fillTable(alignment, stretch, steps)
  traceBack(alignment, stretch, steps, last, block)
}

/**
 * Fills the table of steps: two bits each for where the best pair, deletion and insertion ending in a cell come from.
 * Only two rows of scores are kept.
 */
function fillTable(
  alignment: Alignment,
  { oldStart, oldEnd, newStart, newEnd }: Stretch,
  steps: Uint8Array,
): number {
  const rows = oldEnd - oldStart
  const columns = newEnd - newStart
  const width = columns + 1
  let pairs = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  let pairsBefore = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  const deletions = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  let insertions = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  let insertionsBefore = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  const deletionsBefore = new Float64Array(width)
  pairs[0] = 0
  for (let j = 1; j <= columns; j++) {
    insertions[j] = GAP_OPEN + GAP_EXTEND * j
    steps[j] = (j === 1 ? FROM_PAIR : FROM_INSERTION) << 4
  }
  for (let i = 1; i <= rows; i++) {
    ;[pairs, pairsBefore] = [pairsBefore, pairs]
    ;[insertions, insertionsBefore] = [insertionsBefore, insertions]
    deletionsBefore.set(deletions)
    pairs[0] = Number.NEGATIVE_INFINITY
    insertions[0] = Number.NEGATIVE_INFINITY
    deletions[0] = GAP_OPEN + GAP_EXTEND * i
    steps[i * width] = (i === 1 ? FROM_PAIR : FROM_DELETION) << 2
    for (let j = 1; j <= columns; j++) {
      const worth = pairWorth(alignment, oldStart + i - 1, newStart + j - 1)
      const p = pairsBefore[j - 1] ?? 0
      const d = deletionsBefore[j - 1] ?? 0
      const n = insertionsBefore[j - 1] ?? 0
      const fromPair = p >= d && p >= n ? FROM_PAIR : d >= n ? FROM_DELETION : FROM_INSERTION
      pairs[j] = worth + Math.max(p, d, n)
      const above = Math.max(pairsBefore[j] ?? 0, insertionsBefore[j] ?? 0)
      const deletedOn = deletionsBefore[j] ?? 0
      const isDeletedOn = deletedOn > above + GAP_OPEN
      deletions[j] = GAP_EXTEND + (isDeletedOn ? deletedOn : above + GAP_OPEN)
      const fromAbove = isDeletedOn
        ? FROM_DELETION
        : (pairsBefore[j] ?? 0) >= (insertionsBefore[j] ?? 0)
          ? FROM_PAIR
          : FROM_INSERTION
      const left = Math.max(pairs[j - 1] ?? 0, deletions[j - 1] ?? 0)
      const insertedOn = insertions[j - 1] ?? 0
      const isInsertedOn = insertedOn > left + GAP_OPEN
      insertions[j] = GAP_EXTEND + (isInsertedOn ? insertedOn : left + GAP_OPEN)
      const fromLeft = isInsertedOn
        ? FROM_INSERTION
        : (pairs[j - 1] ?? 0) >= (deletions[j - 1] ?? 0)
          ? FROM_PAIR
          : FROM_DELETION
      steps[i * width + j] = fromPair | (fromAbove << 2) | (fromLeft << 4)
    }
  }
  const [p, d, n] = [pairs[columns] ?? 0, deletions[columns] ?? 0, insertions[columns] ?? 0]
  return p >= d && p >= n ? FROM_PAIR : d >= n ? FROM_DELETION : FROM_INSERTION
}

function traceBack(
  alignment: Alignment,
  stretch: Stretch,
  steps: Uint8Array,
  last: number,
  block: number,
): void {
  const width = stretch.newEnd - stretch.newStart + 1
  let i = stretch.oldEnd - stretch.oldStart
  let j = stretch.newEnd - stretch.newStart
  let state = last
  while (i > 0 || j > 0) {
    const step = steps[i * width + j] ?? 0
    if (state === FROM_PAIR) {
      const old = stretch.oldStart + i - 1
      const renewed = stretch.newStart + j - 1
      alignment.bind(old, renewed, bondOf(alignment, old, renewed), block)
      state = step & 3
      i--
      j--
    } else if (state === FROM_DELETION) {
      state = (step >> 2) & 3
      i--
    } else {
      state = (step >> 4) & 3
      j--
    }
  }
}

/** What pairing two words is worth: their weight when they are the same, part of it when alike, a cost when not. */
function pairWorth(alignment: Alignment, old: number, renewed: number): number {
  const a = alignment.old.ids[old] ?? 0
  const b = alignment.renewed.ids[renewed] ?? 0
  const weight = alignment.weights[a] ?? 0
  const closing = (alignment.old.closes[old] ?? 0) + (alignment.renewed.closes[renewed] ?? 0)
  const bonus = closing === 0 ? 0 : closing === 2 ? SENTENCE_END : -SENTENCE_END
  if (a === b) return weight + bonus
  const likeness = likenessOf(alignment, a, b)
  return bonus + (likeness < LEAST_LIKENESS ? REPLACED : REPLACED + (weight - REPLACED) * (2 * likeness - 1))
}

function bondOf(alignment: Alignment, old: number, renewed: number): number {
  const a = alignment.old.ids[old] ?? 0
  const b = alignment.renewed.ids[renewed] ?? 0
  if (a === b) return Bond.same
  return likenessOf(alignment, a, b) < LEAST_LIKENESS ? Bond.replaced : Bond.similar
}

function likenessOf({ vocabulary }: Alignment, a: number, b: number): number {
  return wordLikeness(vocabulary.words[a] ?? '', vocabulary.words[b] ?? '')
}
