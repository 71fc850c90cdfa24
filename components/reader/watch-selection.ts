import type { SelectedWords } from './reader-view.ts'
import { type PageBlock, toTextRange, wordsOf } from './text-ranges.ts'

/** How long the words must stand before they are read: a selection by touch or keyboard never says that it is finished. */
const settleMs = 120

export interface SelectionWatch {
  /** The element that holds the text; null while it is not in the page. */
  readonly getText: () => HTMLElement | null
  readonly getBlocks: () => readonly PageBlock[]
  /** Called with the words that are selected once a selection settles, null when there are none. */
  readonly onSelect: (selected: SelectedWords | null) => void
}

/** Tells which words of a text are selected, by whatever means. Returns the function that ends it. */
export function watchSelection({ getText, getBlocks, onSelect }: SelectionWatch): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDragging = false
  const read = () => {
    if (!isDragging && !isInControl()) onSelect(readSelection(getText(), getBlocks))
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
  // What a key does to the selected words it does to those of this moment.
  document.addEventListener('keydown', read, { capture: true })
  document.addEventListener('selectionchange', later)
  document.addEventListener('pointerdown', down)
  document.addEventListener('pointerup', up)
  document.addEventListener('pointercancel', up)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('keydown', read, { capture: true })
    document.removeEventListener('selectionchange', later)
    document.removeEventListener('pointerdown', down)
    document.removeEventListener('pointerup', up)
    document.removeEventListener('pointercancel', up)
  }
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
  getBlocks: SelectionWatch['getBlocks'],
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
