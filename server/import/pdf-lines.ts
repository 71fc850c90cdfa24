/**
 * The lines of a PDF page in the order they are read. A page is words at places, in any order: words on one baseline
 * make segments, parted where the gap is wider than a space; a gutter that hardly any segment crosses, with lines to both
 * sides of it, makes columns; what crosses it (a title, a figure's caption) parts the page into bands, and in each band
 * the left column is read before the right one.
 */

/** A piece of text where it stands: `x` from the left, `y` of the baseline from the top, in points. */
export interface PdfWord {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly isRightToLeft: boolean
}

export interface PdfLine {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  /** Of most of its letters, in points. */
  readonly size: number
  /** Raised small words, such as the marks of notes, as ranges of `text`. */
  readonly raised: readonly { readonly start: number; readonly end: number }[]
  /** Which column of its page it stands in; a new number also where columns are taken up anew. */
  readonly column: number
}

interface Segment {
  readonly words: readonly PdfWord[]
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

/** The lines of one page. */
export function toPdfLines(words: readonly PdfWord[]): PdfLine[] {
  const segments = toRows(words).flatMap(splitAtGaps)
  return readColumns(segments, 0).flatMap((column, index) =>
    mergeRows(column).map((row) => toLine(row, index)),
  )
}

/** Words whose baselines are less than half a letter apart, rows from the top. */
function toRows(words: readonly PdfWord[]): PdfWord[][] {
  const sorted = [...words].sort((a, b) => a.y - b.y)
  const rows: { words: PdfWord[]; y: number; size: number }[] = []
  for (const word of sorted) {
    const row = rows.findLast(({ y, size }, index) => index >= rows.length - 3 && isOneRow(y, size, word))
    if (!row) rows.push({ words: [word], y: word.y, size: word.size })
    else {
      row.words.push(word)
      // A raised mark comes first, being higher; the row is where its larger words are.
      if (word.size > row.size * 1.1) Object.assign(row, { y: word.y, size: word.size })
    }
  }
  return rows.map((row) => row.words)
}

function isOneRow(y: number, size: number, word: { readonly y: number; readonly size: number }): boolean {
  return Math.abs(word.y - y) < 0.45 * Math.min(Math.max(size, word.size), 1.6 * Math.min(size, word.size))
}

function splitAtGaps(row: readonly PdfWord[]): Segment[] {
  const sorted = [...row].sort((a, b) => a.x - b.x)
  const segments: PdfWord[][] = []
  let right = Number.NEGATIVE_INFINITY
  for (const word of sorted) {
    const last = segments.at(-1)
    if (last && word.x - right <= 0.9 * Math.max(word.size, last.at(-1)?.size ?? 0)) last.push(word)
    else segments.push([word])
    right = Math.max(right, word.x + word.width)
  }
  return segments.map(toSegment)
}

function toSegment(words: readonly PdfWord[]): Segment {
  const main = words.reduce((longest, word) =>
    word.text.length * word.size > longest.text.length * longest.size ? word : longest,
  )
  return {
    words,
    left: Math.min(...words.map(({ x }) => x)),
    right: Math.max(...words.map(({ x, width }) => x + width)),
    y: main.y,
    size: main.size,
  }
}

/** The columns in the order they are read, each as its segments from the top. */
function readColumns(segments: readonly Segment[], depth: number): Segment[][] {
  const gutter = depth < 3 ? findGutter(segments) : null
  if (gutter === null) return segments.length > 0 ? [[...segments]] : []
  const columns: Segment[][] = []
  let left: Segment[] = []
  let right: Segment[] = []
  let spanning: Segment[] = []
  const endBand = () => {
    columns.push(...readColumns(left, depth + 1), ...readColumns(right, depth + 1))
    left = []
    right = []
  }
  for (const segment of [...segments].sort((a, b) => a.y - b.y)) {
    if (segment.right <= gutter || segment.left >= gutter) {
      if (spanning.length > 0) columns.push(spanning)
      spanning = []
      if (segment.right <= gutter) left.push(segment)
      else right.push(segment)
    } else {
      endBand()
      spanning.push(segment)
    }
  }
  if (spanning.length > 0) columns.push(spanning)
  endBand()
  return columns
}

/**
 * Where a gutter runs, or null. The right column shows it: the place where many segments begin that have nothing before
 * them within the column, while few cross it, and enough words stand on both sides.
 */
function findGutter(segments: readonly Segment[]): number | null {
  if (segments.length < 8) return null
  const left = Math.min(...segments.map((segment) => segment.left))
  const right = Math.max(...segments.map((segment) => segment.right))
  const starts = new Map<number, number>()
  for (const segment of segments) {
    const place = Math.round(segment.left / 3)
    if (segment.left > left + 0.2 * (right - left) && segment.left < left + 0.8 * (right - left))
      starts.set(place, (starts.get(place) ?? 0) + 1)
  }
  const candidates = [...starts.entries()].sort((a, b) => b[1] - a[1]).slice(0, 4)
  let best: { readonly gutter: number; readonly crossing: number } | null = null
  for (const [place] of candidates) {
    const gutter = place * 3 - 3
    const before = segments.filter((segment) => segment.right <= gutter)
    const after = segments.filter((segment) => segment.left >= gutter)
    const crossing = segments.length - before.length - after.length
    const least = Math.max(3, 0.2 * segments.length)
    if (before.length < least || after.length < least || crossing > 0.25 * segments.length) continue
    const aligned = after.filter((segment) => Math.abs(segment.left - gutter - 3) < 4).length
    if (aligned < 0.35 * after.length && crossing > 0.05 * segments.length) continue
    // The cells of a table are short; the lines of a column fill it.
    const fills = (side: readonly Segment[], width: number) =>
      side.filter((segment) => segment.right - segment.left > 0.6 * width).length >= 0.4 * side.length
    // A quotation set in begins in line as well, but the column around it crosses its edge.
    if (
      crossing < (best?.crossing ?? Number.POSITIVE_INFINITY) &&
      fills(before, gutter - left) &&
      fills(after, right - gutter)
    )
      best = { gutter, crossing }
  }
  return best?.gutter ?? null
}

/** Segments of one column that stand on one baseline are one line after all. */
function mergeRows(column: readonly Segment[]): Segment[] {
  const rows: Segment[][] = []
  for (const segment of [...column].sort((a, b) => a.y - b.y || a.left - b.left)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && isOneRow(first.y, first.size, segment)) row.push(segment)
    else rows.push([segment])
  }
  return rows.map((row) =>
    row.length === 1 && row[0] ? row[0] : toSegment(row.flatMap(({ words }) => words)),
  )
}

function toLine({ words, left, right, y, size }: Segment, column: number): PdfLine {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  const backwards = words.reduce((sum, { text, isRightToLeft }) => sum + (isRightToLeft ? text.length : 0), 0)
  const direction = backwards > letters / 2 ? -1 : 1
  const sorted = [...words].sort((a, b) => direction * (a.x - b.x))
  const raised: { start: number; end: number }[] = []
  let text = ''
  let before: PdfWord | null = null
  for (const word of sorted) {
    const gap =
      before === null
        ? 0
        : direction === 1
          ? word.x - before.x - before.width
          : before.x - word.x - word.width
    if (
      gap > 0.15 * Math.min(word.size, before?.size ?? word.size) &&
      !/\s$/.test(text) &&
      !/^\s/.test(word.text)
    )
      text += ' '
    const start = text.length
    text += word.text
    if (word.size < 0.85 * size && y - word.y > 0.15 * size) raised.push({ start, end: text.length })
    before = word
  }
  return { ...trimLine(text, raised), left, right, y, size, column }
}

function trimLine(raw: string, ranges: readonly { start: number; end: number }[]) {
  const lead = raw.length - raw.trimStart().length
  const text = raw.trim()
  const raised = ranges
    .map(({ start, end }) => ({ start: Math.max(0, start - lead), end: Math.min(text.length, end - lead) }))
    .filter(({ start, end }) => start < end)
  return { text, raised }
}
