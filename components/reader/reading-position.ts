import { useEffect } from 'react'
import { saveVisit } from '#components/client/thread-api.ts'
import { useStore } from '#components/client/value-store.ts'
import { useReader } from './reader-context.ts'
import { olderEdition } from './reader-data.ts'
import { type PageBlock, toOffset } from './text-ranges.ts'

/** What covers the upper edge of the text while it is read. */
const barHeightPx = 56
const presenceEveryMs = 1_000
const visitEveryMs = 5_000

/** The offset of the first line in view, or null when the text is not in the page. */
export function readingOffset(blocks: readonly PageBlock[]): number | null {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.row.getBoundingClientRect().bottom ?? 0) <= barHeightPx) low = middle + 1
    else high = middle
  }
  const block = blocks[Math.min(low, blocks.length - 1)]
  if (!block) return null
  const box = block.element.getBoundingClientRect()
  if (box.top >= barHeightPx) return block.start
  const place = caretAt(box.left + 4, barHeightPx + 12)
  return (place && toOffset(blocks, place.node, place.offset)) ?? block.start
}

/** The place in the text under a point of the window. */
export function caretAt(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const found = document.caretPositionFromPoint(x, y)
    return found && { node: found.offsetNode, offset: found.offset }
  }
  // Safari before 18.4 knows only the older name.
  const find: unknown = Reflect.get(document, 'caretRangeFromPoint')
  const range: unknown = typeof find === 'function' ? find.call(document, x, y) : null
  return range instanceof Range ? { node: range.startContainer, offset: range.startOffset } : null
}

/** Tells the others where this person reads and in which note they write, and remembers the place for the next visit. */
export function useReadingPosition(): void {
  const { data, room, view, getBlocks } = useReader()
  const writingIn = useStore(view, ({ editingId }) => editingId)
  useEffect(() => {
    if (!data.me) return
    const isCurrent = olderEdition(data.document) === null
    let saved: number | null = null
    let presenceTimer: ReturnType<typeof setTimeout> | undefined
    let visitTimer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      presenceTimer = undefined
      // Others are in the current edition: an offset in another one would lead them astray.
      const at = isCurrent ? readingOffset(getBlocks()) : null
      room.setPresence({ at, writingIn: openlyWriting() })
    }
    const openlyWriting = () => {
      const drafts = [...room.store.get().rooms.values()].map(({ threads }) => threads.get(writingIn ?? ''))
      return drafts.some((thread) => thread?.state === 'posted') ? writingIn : null
    }
    const save = () => {
      visitTimer = undefined
      const at = readingOffset(getBlocks())
      if (at === null || at === saved) return
      saved = at
      void saveVisit(data.document.id, at).catch(() => null)
    }
    const moved = () => {
      presenceTimer ??= setTimeout(tell, presenceEveryMs)
      if (isCurrent) visitTimer ??= setTimeout(save, visitEveryMs)
    }
    tell()
    addEventListener('scroll', moved, { passive: true })
    if (isCurrent) addEventListener('pagehide', save)
    const stop = room.store.subscribe(moved)
    return () => {
      stop()
      removeEventListener('scroll', moved)
      removeEventListener('pagehide', save)
      clearTimeout(presenceTimer)
      clearTimeout(visitTimer)
    }
  }, [data, room, getBlocks, writingIn])
}
