import { type RefObject, useEffect } from 'react'
import { useReader } from './reader-context.ts'
import type { SelectedWords } from './reader-view.ts'
import { toTextRange, wordsOf } from './text-ranges.ts'

/** Waits for a selection by mouse to be finished; one by touch or keyboard never says that it is. */
const settleMs = 120

/** Keeps the view's `selected` at the words that are selected in the text, by whatever means. */
export function useTextSelection(text: RefObject<HTMLElement | null>): void {
  const { view, getBlocks } = useReader()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isDragging = false
    const read = () => {
      if (isDragging || isInControl()) return
      const selected = readSelection(text.current, getBlocks)
      if (selected || view.get().selected) view.set({ selected })
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(read, settleMs)
    }
    const down = (event: PointerEvent) => {
      isDragging = event.pointerType === 'mouse'
    }
    const up = () => {
      isDragging = false
      later()
    }
    document.addEventListener('selectionchange', later)
    document.addEventListener('pointerdown', down)
    document.addEventListener('pointerup', up)
    document.addEventListener('pointercancel', up)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', later)
      document.removeEventListener('pointerdown', down)
      document.removeEventListener('pointerup', up)
      document.removeEventListener('pointercancel', up)
    }
  }, [text, view, getBlocks])
}

/** Somebody types or chooses: the browser reports that as a change of the selection too. */
function isInControl(): boolean {
  const active = document.activeElement
  return (
    active instanceof HTMLElement && (active.isContentEditable || active.matches('input, select, textarea'))
  )
}

function readSelection(
  text: HTMLElement | null,
  getBlocks: () => Parameters<typeof toTextRange>[0],
): SelectedWords | null {
  const selection = getSelection()
  if (!text || !selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const selected = selection.getRangeAt(0)
  if (!selected.intersectsNode(text)) return null
  const range = toTextRange(getBlocks(), selected)
  if (!range) return null
  const box = selected.getBoundingClientRect()
  return {
    range,
    words: wordsOf(getBlocks(), range),
    box: {
      top: box.top + scrollY,
      bottom: box.bottom + scrollY,
      left: box.left + scrollX,
      right: box.right + scrollX,
    },
  }
}
