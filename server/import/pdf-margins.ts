/**
 * What a printed page has around its text: running heads and page numbers. They are known by their place, at the top or
 * the bottom of many pages, and by what they say: the same words, or numbers that count on with the pages.
 */
import type { PdfLine } from './pdf-lines.ts'

/** A page before and after its margins are known. */
export interface PdfPage {
  readonly lines: readonly PdfLine[]
  /** The number that is printed on it, or counted on from its neighbours; null when there is none. */
  readonly number: string | null
}

/** How many lines of a page, from its top and from its bottom, may be heads. */
const DEEP = 2
const NUMBER =
  /^(?:(?:page|seite|p\.|s\.)\s*)?[-–—[(|•]?\s*(\d{1,4}|[ivxlc]{1,8})\s*[-–—\])|•]?(?:\s*(?:of|von|\/)\s*\d{1,4})?$/i
const NUMBER_AT_EDGE = /^(\d{1,4})\s+\D|\D\s+(\d{1,4})$/

interface Edge {
  readonly page: number
  readonly line: PdfLine
  readonly side: 'top' | 'bottom'
  /** 0 is the outermost line. */
  readonly depth: number
  /** Points to the next line inward. */
  readonly gap: number
}

/** Takes heads and numbers out of the pages, which keep the numbers. */
export function readMargins(pages: readonly (readonly PdfLine[])[]): PdfPage[] {
  const edges = pages.flatMap(findEdges)
  const offset = findOffset(edges)
  const heads = findHeads(edges, offset)
  const labels = new Map<number, string>()
  for (const { page, line } of heads) {
    const number = numberIn(line)
    if (number !== null && (!/^\d+$/.test(number) || Number(number) - page === offset))
      labels.set(page, number)
  }
  const headLines = new Set([...heads].map(({ line }) => line))
  const first = Math.min(...[...labels].filter(([, label]) => /^\d+$/.test(label)).map(([page]) => page))
  return pages.map((lines, page) => ({
    lines: lines.filter((line) => !headLines.has(line)),
    number:
      labels.get(page) ?? (offset !== null && page > first && page + offset > 0 ? `${page + offset}` : null),
  }))
}

function findEdges(lines: readonly PdfLine[], page: number): Edge[] {
  const sorted = [...lines].sort((a, b) => a.y - b.y)
  const rows = sorted.filter((line, index) => index === 0 || line.y - (sorted[index - 1]?.y ?? 0) > 2)
  const rowOf = (line: PdfLine) => rows.findLastIndex(({ y }) => y <= line.y + 0.01)
  return sorted.flatMap((line): Edge[] => {
    const row = rowOf(line)
    const fromBottom = rows.length - 1 - row
    // A page with a line or two has no margins to speak of, but for a number.
    if (rows.length <= DEEP && !NUMBER.test(line.text)) return []
    const gapTo = (other: PdfLine | undefined) => Math.abs((other ?? line).y - line.y)
    const sides: Edge[] = []
    if (row < DEEP) sides.push({ page, line, side: 'top', depth: row, gap: gapTo(rows[row + 1]) })
    if (fromBottom < DEEP)
      sides.push({ page, line, side: 'bottom', depth: fromBottom, gap: gapTo(rows[row - 1]) })
    return sides
  })
}

/** Printed number less index of the page, where pages agree on it; numbers that stand alone are believed first. */
function findOffset(edges: readonly Edge[]): number | null {
  return mostVoted(edges, ({ text }) => NUMBER.exec(text)?.[1] ?? null) ?? mostVoted(edges, numberIn)
}

function mostVoted(edges: readonly Edge[], read: (line: PdfLine) => string | null): number | null {
  const votes = new Map<number, Set<number>>()
  for (const { page, line } of edges) {
    const number = read(line)
    if (number === null || !/^\d+$/.test(number)) continue
    const offset = Number(number) - page
    votes.set(offset, (votes.get(offset) ?? new Set()).add(page))
  }
  let best: number | null = null
  for (const [offset, pages] of votes)
    if (pages.size > (best === null ? 1 : (votes.get(best)?.size ?? 0))) best = offset
  return best
}

function numberIn({ text }: PdfLine): string | null {
  const alone = NUMBER.exec(text)?.[1]
  const atEdge = text.length < 100 ? NUMBER_AT_EDGE.exec(text) : null
  return alone ?? atEdge?.[1] ?? atEdge?.[2] ?? null
}

function findHeads(edges: readonly Edge[], offset: number | null): Set<Edge> {
  const isCounted = ({ line, page }: Edge) => offset !== null && Number(numberIn(line)) - page === offset
  const heads = new Set<Edge>()
  const places: { readonly side: string; readonly y: number; readonly size: number }[] = []
  for (const group of groupAlike(edges, isCounted)) {
    const [first] = group
    if (!first || !isRepeated(group)) continue
    for (const edge of group) heads.add(edge)
    places.push({ side: first.side, y: first.line.y, size: first.line.size })
  }
  for (const edge of edges) {
    const { line, side, depth } = edge
    if (depth > 0) continue
    const number = NUMBER.exec(line.text)?.[1]
    const isAtPlace = places.some(
      (place) =>
        side === place.side && Math.abs(place.y - line.y) < 1.5 && Math.abs(place.size - line.size) < 1,
    )
    // Heads that change with the chapter stand where the others do.
    const isHead = isAtPlace && line.text.length < 80 && !/[.,;]$/.test(line.text)
    if (isHead || (number !== undefined && (isCounted(edge) || (isAtPlace && !/\d/.test(number)))))
      heads.add(edge)
  }
  return withoutInner(heads)
}

/** Lines that say the same at one end of their pages; only a number that counts the pages may differ. */
function groupAlike(edges: readonly Edge[], isCounted: (edge: Edge) => boolean): Edge[][] {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) {
    const { text, size } = edge.line
    const words = isCounted(edge) ? text.replace(numberIn(edge.line) ?? '', '#') : text
    const key = `${edge.side} ${Math.round(size)} ${words.toLowerCase().replace(/\s+/g, ' ')}`
    const group = groups.get(key)
    if (group) group.push(edge)
    else groups.set(key, [edge])
  }
  return [...groups.values()]
}

function isRepeated(group: readonly Edge[]): boolean {
  const pages = new Set(group.map(({ page }) => page)).size
  const isOneHeight = group.every(({ line }) => Math.abs(line.y - (group[0]?.line.y ?? 0)) < 6)
  const isShort = group.every(({ line }) => line.text.length < 120)
  // Two pages are few: then it stands apart from the text as well.
  const isApart = group.every(({ gap, line }) => gap > 1.6 * line.size)
  return isOneHeight && isShort && (pages >= 3 || (pages === 2 && isApart))
}

/** A line further in is a head only under another, or over one at the bottom. */
function withoutInner(heads: ReadonlySet<Edge>): Set<Edge> {
  const outer = new Set(
    [...heads].filter(({ depth }) => depth === 0).map(({ page, side }) => `${page} ${side}`),
  )
  return new Set([...heads].filter(({ depth, page, side }) => depth === 0 || outer.has(`${page} ${side}`)))
}
