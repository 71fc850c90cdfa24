import { type RefObject, useEffect } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useReader, useThreads } from './reader-context.ts'
import { caretAt } from './reading-position.ts'
import { toOffset } from './text-ranges.ts'

/** Opens the note on the words that are clicked; where several stand, offers them. */
export function usePassageClicks(text: RefObject<HTMLElement | null>): void {
  const { view, actions, getBlocks } = useReader()
  const { shown } = useThreads()
  useEffect(() => {
    const root = text.current
    if (!root) return
    const threadsUnder = (x: number, y: number): PlacedThread[] => {
      const place = caretAt(x, y)
      const offset = place && toOffset(getBlocks(), place.node, place.offset)
      if (offset === null) return []
      // Beside the end of a line the nearest caret is still in it, but no word is under the pointer.
      return shown.filter(({ ranges }) =>
        ranges.some((range) => range.start <= offset && offset <= range.end),
      )
    }
    const click = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('a, button')) return
      if (!getSelection()?.isCollapsed || event.defaultPrevented) return
      const found = threadsUnder(event.clientX, event.clientY)
      const [first] = found
      if (first && found.length === 1) actions.open(first)
      else if (first)
        view.set({
          choice: {
            threadIds: found.map(({ thread }) => thread.id),
            left: event.pageX - 12,
            top: event.pageY + 16,
          },
        })
      else if (view.get().activeId && !view.get().editingId) view.set({ activeId: null, isSheetOpen: false })
    }
    let frame = 0
    const hover = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        root.style.cursor = threadsUnder(event.clientX, event.clientY).length > 0 ? 'pointer' : ''
      })
    }
    root.addEventListener('click', click)
    root.addEventListener('pointermove', hover)
    return () => {
      cancelAnimationFrame(frame)
      root.removeEventListener('click', click)
      root.removeEventListener('pointermove', hover)
    }
  }, [text, shown, view, actions, getBlocks])
}
