import { type RefObject, useEffect } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { blockAt } from './block-spans.ts'
import { extendSelection, selectFirstWord } from './keyboard-selection.ts'
import { type Reader, useReader, useThreads } from './reader-context.ts'
import { readingOffset } from './reading-position.ts'
import { copyCited } from './selection-toolbar.tsx'
import { areKeysOn, isTyping } from './single-keys.ts'

/** The keys of the reader, as the help lists them. */
export const keyHelp: readonly (readonly [keys: string, does: string])[] = [
  ['n or j', 'next note'],
  ['p or k', 'note before'],
  ['Enter', 'into the open note'],
  ['Escape', 'back to the text, at the same place'],
  ['v', 'select words from the paragraph you are at'],
  ['Shift + arrows', 'extend the selection (with Ctrl or Option by word)'],
  ['h, n, q', 'with words selected: highlight, note, question'],
  ['c', 'with words selected: copy them with their citation'],
  ['1 to 9', 'switch a layer on or off'],
  ['/', 'find in the whole text'],
  ['?', 'this list'],
]

/** Listens for the keys of the reader wherever no text is being typed. */
export function useReaderKeys(help: RefObject<HTMLDialogElement | null>): void {
  const reader = useReader()
  const { shown } = useThreads()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (extendSelection(event)) return event.preventDefault()
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key !== 'Escape' && event.key !== 'Enter' && !areKeysOn()) return
      if (press(event, reader, shown, help.current)) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [reader, shown, help])
}

/** Does what the key stands for; false when it stands for nothing here. */
function press(
  { key, target }: KeyboardEvent,
  reader: Reader,
  shown: readonly PlacedThread[],
  help: HTMLDialogElement | null,
): boolean {
  const { view, actions, data } = reader
  const { selected, activeId, choice } = view.get()
  if (selected && pressOnSelection(key, reader)) return true
  const active = shown.find(({ thread }) => thread.id === activeId)
  switch (key) {
    case 'n':
    case 'j':
      return openNeighbour(reader, shown, 1)
    case 'p':
    case 'k':
      return openNeighbour(reader, shown, -1)
    case 'Enter':
      if (!active || (target instanceof HTMLElement && target.closest('a, button, summary'))) return false
      view.set({ focusId: active.thread.id })
      return true
    case 'Escape':
      if ((!activeId && !choice && !selected) || isPanelOpen()) return false
      if (selected) getSelection()?.removeAllRanges()
      else actions.close(active)
      return true
    case 'v':
      return selectFirstWord(reader.getBlocks(), startingPlace(reader, target))
    case '/': {
      const field = document.querySelector<HTMLInputElement>('[data-find]')
      field?.focus()
      return field !== null
    }
    case '?':
      help?.showModal()
      return help !== null
  }
  const room = /^[1-9]$/.test(key) ? data.rooms[Number(key) - 1] : undefined
  if (room) actions.toggleRoom(room.name)
  return room !== undefined
}

/** The browser itself closes such a panel by Escape, and one press closes one thing. */
function isPanelOpen(): boolean {
  return CSS.supports('selector(:popover-open)') && document.querySelector('[popover]:popover-open') !== null
}

function pressOnSelection(key: string, reader: Reader): boolean {
  const { selected, writingRoom } = reader.view.get()
  if (!selected) return false
  if (key === 'c') {
    void copyCited(reader, selected)
    return true
  }
  const kind = { h: 'highlight', n: 'note', q: 'question' }[key]
  if (!writingRoom || (kind !== 'highlight' && kind !== 'note' && kind !== 'question')) return false
  void reader.actions.make(kind, selected.range, selected.words)
  return true
}

function openNeighbour(reader: Reader, shown: readonly PlacedThread[], step: 1 | -1): boolean {
  const { view, actions, getBlocks } = reader
  const at = shown.findIndex(({ thread }) => thread.id === view.get().activeId)
  const here = readingOffset(getBlocks()) ?? 0
  const next =
    at >= 0
      ? shown[at + step]
      : step > 0
        ? shown.find(({ ranges }) => (ranges[0]?.start ?? 0) >= here)
        : shown.findLast(({ ranges }) => (ranges[0]?.start ?? 0) < here)
  if (next) actions.open(next, { goes: true })
  return next !== undefined
}

/** The paragraph somebody is at: that of the focused mark, that of the open note, else the first in view. */
function startingPlace({ view, getBlocks, room, data }: Reader, target: EventTarget | null): number {
  const blocks = getBlocks()
  const row = target instanceof HTMLElement ? target.closest('[data-row]') : null
  const focused = blocks.find((block) => block.row === row)
  if (focused) return focused.start
  const { activeId } = view.get()
  for (const { threads } of room.store.get().rooms.values()) {
    const passage = activeId ? threads.get(activeId)?.passages[0] : undefined
    if (passage && !('hidden' in passage) && passage.documentId === data.document.id)
      return blockAt(blocks, passage.start)?.start ?? 0
  }
  return readingOffset(blocks) ?? 0
}
