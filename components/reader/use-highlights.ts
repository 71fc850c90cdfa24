import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { isUnread } from '#components/margin/unread.ts'
import { createDrawnPainter } from './draw-highlights.ts'
import { disputeLine, findSecondDisputes, highlightFace, highlightName } from './highlight-kinds.ts'
import {
  canTellHighlightsApart,
  createHighlightPainter,
  type HighlightPainter,
  type PaintedRange,
} from './paint-highlights.ts'
import { useReader, useThreads } from './reader-context.ts'

/** Marks the words of all threads on view, of the open one, of what is new, and of what the address asked for. */
export function useHighlights(drawnLayer: RefObject<HTMLElement | null>): void {
  const { data, view, getBlocks } = useReader()
  const { shown } = useThreads()
  const activeId = useStore(view, (state) => state.activeId)
  const seen = useStore(view, (state) => state.seen)
  const painter = useRef<HighlightPainter | null>(null)

  const ranges = useMemo(() => {
    const painted: PaintedRange[] = []
    const add = (id: string, name: string, placed: { ranges: (typeof shown)[number]['ranges'] }) => {
      placed.ranges.forEach((range, at) => {
        // Where words are gone there is nothing to mark: the place has a mark of its own.
        if (range.state !== 'orphaned') painted.push({ id: `${name} ${id} ${at}`, name, range })
      })
    }
    const reading = { meId: data.me?.id ?? null, since: data.unreadSince, seen }
    const second = findSecondDisputes(shown)
    for (const placed of shown) {
      const { id } = placed.thread
      const color = data.rooms.find(({ name }) => name === placed.rooms[0])?.color ?? 1
      add(id, highlightName(color, id === activeId ? 'active' : highlightFace(placed)), placed)
      if (placed.thread.dispute) add(id, disputeLine(second.has(id)), placed)
      if (isUnread(placed.thread, reading)) add(id, 'postil-unread', placed)
    }
    if (data.target.kind === 'passage')
      painted.push({ id: 'target', name: 'postil-target', range: data.target.range })
    return painted
  }, [shown, activeId, seen, data])

  useEffect(() => {
    const layer = drawnLayer.current
    painter.current ??= canTellHighlightsApart()
      ? createHighlightPainter(getBlocks())
      : layer && createDrawnPainter(getBlocks(), layer)
    painter.current?.paint(ranges)
  }, [ranges, getBlocks, drawnLayer])
  useEffect(
    () => () => {
      painter.current?.clear()
      painter.current = null
    },
    [],
  )
}
