/**
 * Marks words in the page without touching its DOM: one registered Highlight for each name, filled with ranges.
 *
 * Work is cut into slices, since a section may have a thousand passages: the page stays answerable while they are
 * placed. Only what changed since the last call is placed anew.
 */
import type { TextRange } from '#domain/text/edition-text.ts'
import { type PageBlock, toStaticRanges } from './text-ranges.ts'

/** Words to mark: which, and under which name. */
export interface PaintedRange {
  /** Tells what is painted apart from the rest; the same id with the same name and range is left as it is. */
  readonly id: string
  readonly name: string
  readonly range: TextRange
}

/** Something that can mark words. */
export interface HighlightPainter {
  paint(ranges: readonly PaintedRange[]): void
  /** Takes every mark away. */
  clear(): void
}

/** Whether this browser can mark words by itself. */
export const canPaintHighlights = () => typeof Highlight !== 'undefined' && 'highlights' in CSS

/** Whether those marks are told apart: where somebody has colours of their own forced on pages, all look alike. */
export const canTellHighlightsApart = () =>
  canPaintHighlights() && !matchMedia('(forced-colors: active)').matches

const sliceMs = 8

/** A painter over CSS Custom Highlights. */
export function createHighlightPainter(blocks: readonly PageBlock[]): HighlightPainter {
  const painted = new Map<string, { key: string; name: string; ranges: StaticRange[] }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const place = ({ id, name, range }: PaintedRange, key: string) => {
    const ranges = toStaticRanges(blocks, range)
    const highlight = registered(name)
    for (const each of ranges) highlight.add(each)
    painted.set(id, { key, name, ranges })
  }
  const remove = (id: string) => {
    const old = painted.get(id)
    if (!old) return
    for (const each of old.ranges) CSS.highlights.get(old.name)?.delete(each)
    painted.delete(id)
  }
  const paint = (ranges: readonly PaintedRange[]) => {
    clearTimeout(timer)
    const wanted = new Set(ranges.map(({ id }) => id))
    for (const id of painted.keys()) if (!wanted.has(id)) remove(id)
    const news = ranges.filter((one) => painted.get(one.id)?.key !== keyOf(one))
    let next = 0
    const slice = () => {
      const until = performance.now() + sliceMs
      for (; next < news.length && performance.now() < until; next += 1) {
        const one = news[next]
        if (!one) continue
        remove(one.id)
        place(one, keyOf(one))
      }
      if (next < news.length) timer = setTimeout(slice)
    }
    slice()
  }
  return { paint, clear: () => paint([]) }
}

const keyOf = ({ name, range }: PaintedRange) => `${name} ${range.start} ${range.end}`

/** What is active, found or asked for lies over what is only annotated. */
function priorityOf(name: string): number {
  if (name === 'postil-target' || name === 'postil-found') return 3
  if (name.endsWith('-active')) return 2
  return name === 'postil-unread' ? 1 : 0
}

function registered(name: string): Highlight {
  const known = CSS.highlights.get(name)
  if (known) return known
  const made = new Highlight()
  made.priority = priorityOf(name)
  CSS.highlights.set(name, made)
  return made
}
