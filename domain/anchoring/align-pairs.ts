/**
 * Aligning two short sequences pair by pair: dynamic programming with affine gaps (Gotoh 1982), so that one deleted
 * sentence costs little more than one deleted word and a word is not torn out of its place to save a gap.
 */

/** Two sequences, and what it is worth to pair a row with a column. */
export interface PairedSequences {
  readonly rows: number
  readonly columns: number
  readonly worth: (row: number, column: number) => number
  /** What it costs, below 0, to begin a deletion or an insertion, and what each of its members costs more. */
  readonly gapOpen: number
  readonly gapExtend: number
  /** Both sequences are aligned to their ends; otherwise up to the pair that gains most, if any gains. */
  readonly isToTheEnd: boolean
}

const FROM_PAIR = 0
const FROM_DELETION = 1
const FROM_INSERTION = 2

/** Where a way through the table ends. */
interface WayEnd {
  readonly row: number
  readonly column: number
  readonly state: number
  readonly worth: number
}

/**
 * Tells the best pairs to `bind`, the last first, and answers what the alignment is worth. Time is the product of the
 * two lengths, and so is memory in bytes.
 */
export function alignPairs(sequences: PairedSequences, bind: (row: number, column: number) => void): number {
  if (sequences.rows === 0 || sequences.columns === 0) return 0
  const steps = new Uint8Array((sequences.rows + 1) * (sequences.columns + 1))
  const end = fillTable(sequences, steps)
  traceBack(end, sequences.columns + 1, steps, bind)
  return end.worth
}

/**
 * Fills the table of steps: two bits each for where the best pair, deletion and insertion ending in a cell come from.
 * Only two rows of scores are kept.
 */
function fillTable(
  { rows, columns, worth: worthOf, gapOpen, gapExtend, isToTheEnd }: PairedSequences,
  steps: Uint8Array,
): WayEnd {
  const width = columns + 1
  const nothing = Number.NEGATIVE_INFINITY
  let pairs = new Float64Array(width).fill(nothing)
  let pairsBefore = new Float64Array(width).fill(nothing)
  let deletions = new Float64Array(width).fill(nothing)
  let deletionsBefore = new Float64Array(width).fill(nothing)
  let insertions = new Float64Array(width).fill(nothing)
  let insertionsBefore = new Float64Array(width).fill(nothing)
  let best: WayEnd = { row: 0, column: 0, state: FROM_PAIR, worth: 0 }
  pairs[0] = 0
  for (let j = 1; j <= columns; j++) {
    insertions[j] = gapOpen + gapExtend * j
    steps[j] = (j === 1 ? FROM_PAIR : FROM_INSERTION) << 4
  }
  for (let i = 1; i <= rows; i++) {
    ;[pairs, pairsBefore] = [pairsBefore, pairs]
    ;[insertions, insertionsBefore] = [insertionsBefore, insertions]
    ;[deletions, deletionsBefore] = [deletionsBefore, deletions]
    pairs[0] = nothing
    insertions[0] = nothing
    deletions[0] = gapOpen + gapExtend * i
    steps[i * width] = (i === 1 ? FROM_PAIR : FROM_DELETION) << 2
    for (let j = 1; j <= columns; j++) {
      const p = pairsBefore[j - 1] ?? 0
      const d = deletionsBefore[j - 1] ?? 0
      const n = insertionsBefore[j - 1] ?? 0
      const fromPair = p >= d && p >= n ? FROM_PAIR : d >= n ? FROM_DELETION : FROM_INSERTION
      const pair = worthOf(i - 1, j - 1) + Math.max(p, d, n)
      pairs[j] = pair
      if (pair > best.worth) best = { row: i, column: j, state: FROM_PAIR, worth: pair }
      const above = Math.max(pairsBefore[j] ?? 0, insertionsBefore[j] ?? 0)
      const deletedOn = deletionsBefore[j] ?? 0
      const isDeletedOn = deletedOn > above + gapOpen
      deletions[j] = gapExtend + (isDeletedOn ? deletedOn : above + gapOpen)
      const fromAbove = isDeletedOn
        ? FROM_DELETION
        : (pairsBefore[j] ?? 0) >= (insertionsBefore[j] ?? 0)
          ? FROM_PAIR
          : FROM_INSERTION
      const left = Math.max(pairs[j - 1] ?? 0, deletions[j - 1] ?? 0)
      const insertedOn = insertions[j - 1] ?? 0
      const isInsertedOn = insertedOn > left + gapOpen
      insertions[j] = gapExtend + (isInsertedOn ? insertedOn : left + gapOpen)
      const fromLeft = isInsertedOn
        ? FROM_INSERTION
        : (pairs[j - 1] ?? 0) >= (deletions[j - 1] ?? 0)
          ? FROM_PAIR
          : FROM_DELETION
      steps[i * width + j] = fromPair | (fromAbove << 2) | (fromLeft << 4)
    }
  }
  if (!isToTheEnd) return best
  const [p, d, n] = [pairs[columns] ?? 0, deletions[columns] ?? 0, insertions[columns] ?? 0]
  const state = p >= d && p >= n ? FROM_PAIR : d >= n ? FROM_DELETION : FROM_INSERTION
  return { row: rows, column: columns, state, worth: Math.max(p, d, n) }
}

function traceBack(
  end: WayEnd,
  width: number,
  steps: Uint8Array,
  bind: (row: number, column: number) => void,
): void {
  let { row: i, column: j, state } = end
  while (i > 0 || j > 0) {
    const step = steps[i * width + j] ?? 0
    if (state === FROM_PAIR) {
      bind(i - 1, j - 1)
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
