/**
 * Keeps cards at the height of their passages, and says which of them are near the window.
 *
 * All cards take part in the layout, mounted or not (an unmounted one with the height it last had, or a guess), so
 * that scrolling never re-arranges them; only those near the window are mounted. Positions are written straight to
 * the elements: moving cards costs no rendering.
 */
import { type RefCallback, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { blockAt } from '#components/reader/block-spans.ts'
import { boxAt, type PageBlock } from '#components/reader/text-ranges.ts'
import { type HeldCard, layoutMargin, type MarginCard } from './layout-margin.ts'

const gapPx = 10
/** The height of a card that was never mounted. */
const guessedHeightPx = 96
/** How many cards come into the page in one frame. */
const mostNewCards = 6

export interface MarginLayoutOptions {
  readonly threads: readonly PlacedThread[]
  readonly getBlocks: () => readonly PageBlock[]
  readonly activeId: string | null
  /** Its card stays in the page wherever the window is, since somebody writes in it. */
  readonly editingId: string | null
  /** False while there is no margin beside the text. */
  readonly isOn: boolean
}

export interface MarginLayout {
  /** Ids of the threads whose cards belong in the page now. */
  readonly mounted: ReadonlySet<string>
  /** Where the column is. */
  readonly columnRef: (element: HTMLElement | null) => void
  /** Goes to the element of each card. */
  readonly cardRef: (id: string) => RefCallback<HTMLElement>
}

export function useMarginLayout(options: MarginLayoutOptions): MarginLayout {
  const [mounted, setMounted] = useState<ReadonlySet<string>>(() => new Set())
  const latest = useRef(options)
  const parts = useRef<LayoutParts | null>(null)
  parts.current ??= createLayout(latest, setMounted)
  const layout = parts.current

  useLayoutEffect(() => {
    latest.current = options
    layout.schedule()
  })
  useEffect(() => layout.listen(), [layout])
  return {
    mounted,
    columnRef: useCallback((element) => layout.setColumn(element), [layout]),
    cardRef: layout.cardRef,
  }
}

interface LayoutParts {
  schedule(): void
  listen(): () => void
  setColumn(element: HTMLElement | null): void
  cardRef(id: string): RefCallback<HTMLElement>
}

function createLayout(
  latest: { readonly current: MarginLayoutOptions },
  setMounted: (next: (before: ReadonlySet<string>) => ReadonlySet<string>) => void,
): LayoutParts {
  const heights = new Map<string, number>()
  const tops = new Map<string, number>()
  const elements = new Map<string, HTMLElement>()
  const refs = new Map<string, RefCallback<HTMLElement>>()
  let column: HTMLElement | null = null
  let frame = 0

  const sizes =
    typeof ResizeObserver === 'undefined'
      ? null
      : new ResizeObserver((entries) => {
          for (const { target } of entries)
            if (target instanceof HTMLElement && target.dataset.card)
              heights.set(target.dataset.card, target.offsetHeight)
          schedule()
        })

  const schedule = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(run)
  }

  const run = () => {
    const { threads, getBlocks, activeId, editingId, isOn } = latest.current
    const blocks = getBlocks()
    if (!isOn || !column || blocks.length === 0) return
    const origin = column.getBoundingClientRect().top
    const cards = threads.map((placed) => toCard(placed, blocks, origin, heights))
    const layout = layoutMargin(cards, findHeld(cards, activeId, elements, tops), gapPx)
    const from = -origin - innerHeight
    const near = new Set<string>()
    for (const { id, height } of cards) {
      const top = Math.round(layout.get(id) ?? 0)
      tops.set(id, top)
      place(elements.get(id), top)
      if (id === activeId || id === editingId || (top + height > from && top < from + 3 * innerHeight))
        near.add(id)
    }
    setMounted((before) => {
      const next = fewMore(before, near, [activeId, editingId])
      return isSame(before, next) ? before : next
    })
  }

  return {
    schedule,
    listen: () => {
      addEventListener('scroll', schedule, { passive: true })
      addEventListener('resize', schedule)
      return () => {
        removeEventListener('scroll', schedule)
        removeEventListener('resize', schedule)
        cancelAnimationFrame(frame)
        sizes?.disconnect()
      }
    },
    setColumn: (element) => {
      column = element
      if (!element) return
      // The text may still grow or shrink: rows skipped until now are laid out, fonts arrive, the size is changed.
      sizes?.observe(element)
      schedule()
    },
    cardRef: (id) => {
      const known = refs.get(id)
      if (known) return known
      const ref: RefCallback<HTMLElement> = (element) => {
        if (!element) return
        elements.set(id, element)
        sizes?.observe(element)
        place(element, tops.get(id) ?? 0)
        return () => {
          elements.delete(id)
          sizes?.unobserve(element)
        }
      }
      refs.set(id, ref)
      return ref
    },
  }
}

function toCard(
  { thread, ranges }: PlacedThread,
  blocks: readonly PageBlock[],
  origin: number,
  heights: ReadonlyMap<string, number>,
): MarginCard {
  const height = heights.get(thread.id) ?? guessedHeightPx
  const range = ranges[0]
  const block = range && blockAt(blocks, range.start)
  if (!range || !block) return { id: thread.id, top: 0, height }
  const box = block.row.getBoundingClientRect()
  const isNear = box.bottom > -innerHeight && box.top < 2 * innerHeight
  // A row far away may never have been laid out: a share of its guessed height is as good as any answer.
  const share = (range.start - block.start) / Math.max(1, block.end - block.start)
  const top = isNear ? boxAt(blocks, range)?.top : null
  return { id: thread.id, top: (top ?? box.top + share * box.height) - origin, height }
}

/** The open card stands at its passage; one that is pointed at or worked in stays where it is. */
function findHeld(
  cards: readonly MarginCard[],
  activeId: string | null,
  elements: ReadonlyMap<string, HTMLElement>,
  tops: ReadonlyMap<string, number>,
): HeldCard | null {
  const active = cards.find((card) => card.id === activeId)
  if (active) return { id: active.id, top: active.top }
  for (const [id, element] of elements) {
    const top = tops.get(id)
    if (top !== undefined && element.matches(':hover, :focus-within')) return { id, top }
  }
  return null
}

function place(element: HTMLElement | undefined, top: number): void {
  if (element) element.style.transform = `translateY(${top}px)`
}

/**
 * What is near, but of what is not in the page yet only a few: mounting a screen of cards at once would hold up the
 * scrolling. Each rendering schedules the layout again, which then adds the next few.
 */
function fewMore(
  before: ReadonlySet<string>,
  near: ReadonlySet<string>,
  atOnce: readonly (string | null)[],
): ReadonlySet<string> {
  let left = mostNewCards
  return new Set([...near].filter((id) => before.has(id) || atOnce.includes(id) || left-- > 0))
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id))
}
