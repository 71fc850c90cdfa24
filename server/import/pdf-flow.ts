/** The lines of a whole PDF as one flow, with what its typesetting tells: size and leading, edges of columns, notes. */
import type { PdfLine } from './pdf-lines.ts'
import type { PdfPage } from './pdf-margins.ts'

/** A line of running text. */
export interface FlowLine extends PdfLine {
  /** Index of its page in the file. */
  readonly page: number
  /** Where it begins among the page's lines, joined by line feeds. */
  readonly start: number
  /** The printed number, on the first line of a page that has one. */
  readonly pageStart: string | null
  /** The edges of its column. */
  readonly edges: { readonly left: number; readonly right: number }
  /** Whether the line before stands above it in the same column. */
  readonly isBelowLast: boolean
}

/** A footnote at the bottom of a page. */
export interface PageNote {
  /** What stands before it, and in the text where it belongs. */
  readonly mark: string
  readonly lines: FlowLine[]
}

export interface FlowPage {
  readonly lines: readonly FlowLine[]
  readonly notes: readonly PageNote[]
}

/** How the running text of a file is set. */
export interface Setting {
  /** Of most letters, in points. */
  readonly size: number
  /** From one baseline to the next, in points. */
  readonly leading: number
}

/** What most of the text is set in. */
export function findSetting(pages: readonly PdfPage[]): Setting {
  const sizes = new Map<number, number>()
  for (const { lines } of pages)
    for (const line of lines) add(sizes, Math.round(line.size * 2) / 2, line.text.length)
  const size = mostOf(sizes) ?? 10
  const leadings = new Map<number, number>()
  for (const { lines } of pages)
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1]
      const gap = line.y - (before?.y ?? line.y)
      if (before?.column === line.column && gap > 0.8 * size && gap < 2.5 * size && isNear(line.size, size))
        add(leadings, Math.round(gap * 2) / 2, 1)
    }
  return { size, leading: mostOf(leadings) ?? size * 1.2 }
}

/** The pages with their columns measured, and the notes at their bottom apart. */
export function toFlow(pages: readonly PdfPage[], setting: Setting): FlowPage[] {
  return pages.map(({ lines, number }, page) => {
    const edges = new Map(
      [...new Set(lines.map(({ column }) => column))].map((column) => [column, toEdges(lines, column)]),
    )
    let end = -1
    const flow = lines.map((line, index): FlowLine => {
      const start = end + 1
      end = start + line.text.length
      return {
        ...line,
        page,
        start,
        pageStart: index === 0 ? number : null,
        edges: edges.get(line.column) ?? line,
        isBelowLast: index > 0 && lines[index - 1]?.column === line.column,
      }
    })
    return takeNotes(flow, setting)
  })
}

/** A column is as wide as its page's widest where it has a line or two of its own, such as the last of a chapter. */
function toEdges(lines: readonly PdfLine[], column: number): { left: number; right: number } {
  const own = lines.filter((line) => line.column === column)
  const lefts = new Map<number, number>()
  for (const line of own) add(lefts, Math.round(line.left), 1)
  const least = Math.min(...own.map(({ left }) => left))
  const most = mostOf(lefts) ?? least
  // The most frequent edge may be that of a long quotation; one further left that several lines have is the column's.
  const left = [...lefts]
    .filter(([x, count]) => x < most && count >= Math.max(2, own.length * 0.1))
    .map(([x]) => x)
    .sort((a, b) => a - b)[0]
  return {
    left: left ?? Math.min(most, own.length < 4 ? least : most),
    right: Math.max(...own.map(({ right }) => right)),
  }
}

const NOTE = /^(\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*(?=\S)/

function takeNotes(lines: readonly FlowLine[], { size }: Setting): FlowPage {
  const taken = new Set<FlowLine>()
  const notes: PageNote[] = []
  for (const column of new Set(lines.map((line) => line.column))) {
    const own = lines.filter((line) => line.column === column)
    const firstSmall = own.findLastIndex((line) => line.size > 0.93 * size) + 1
    const small = own.slice(firstSmall)
    const begins = small.findIndex(({ text }) => NOTE.test(text))
    if (begins === -1 || firstSmall === 0) continue
    for (const line of small.slice(begins)) {
      taken.add(line)
      const mark = NOTE.exec(line.text)
      const isNext = mark !== null && isNextMark(mark[1] ?? '', notes.at(-1)?.mark)
      if (isNext) {
        const rest = line.text.slice(mark[0].length)
        const start = line.start + mark[0].length
        notes.push({ mark: mark[1] ?? '', lines: [{ ...line, text: rest, start, raised: [] }] })
      } else notes.at(-1)?.lines.push(line)
    }
  }
  return { lines: lines.filter((line) => !taken.has(line)), notes }
}

/** A line of a note may begin with a year; its next note counts on. */
function isNextMark(mark: string, last: string | undefined): boolean {
  if (last === undefined || !/^\d+$/.test(mark)) return true
  return Number(mark) === Number(last) + 1
}

/** Whether two sizes are the same to the eye. */
export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.08 * Math.max(a, b)
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount)
}

function mostOf(counts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null
  for (const [key, count] of counts) if (count > (best === null ? 0 : (counts.get(best) ?? 0))) best = key
  return best
}
