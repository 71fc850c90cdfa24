import { type RefObject, useEffect, useRef } from 'react'
import { areKeysOn, isTyping } from '#components/reader/single-keys.ts'
import type { AnchorRow } from '#domain/wire/edition.ts'
import type { AnchorQueueHandle } from './use-anchor-queue.ts'

export interface QueueKeysOptions {
  readonly list: RefObject<HTMLElement | null>
  readonly queue: AnchorQueueHandle
  /** The keys rest, as while a text is open to select in. */
  readonly isOff: boolean
  readonly onPlace: (row: AnchorRow) => void
}

/** The keys of the queue: j and k move, a, o and p decide of the current passage. */
export function useQueueKeys(options: QueueKeysOptions): void {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (latest.current.isOff || !areKeysOn() || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"]')) return
      if (press(event.key, latest.current)) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

function press(key: string, { list, queue, onPlace }: QueueKeysOptions): boolean {
  const { state } = queue
  const row = state.rows.find(({ id }) => id === state.currentId)
  if (key === 'j' || key === 'k') {
    const isAtRow = document.activeElement?.closest('[data-anchor]')
    // The first key goes to the row that is current already.
    if (isAtRow) queue.go(key === 'j' ? 1 : -1)
    else list.current?.querySelector<HTMLElement>('[aria-current]')?.focus()
    return true
  }
  // A row that was decided takes no key before it is asked to be decided again.
  if (!row?.may.decide || (row.decidedBy && !state.reopened.has(row.id))) return false
  if (key === 'a' && row.state !== 'orphaned') void queue.decide(row, { accept: true })
  else if (key === 'o') void queue.decide(row, { state: 'orphaned' })
  else if (key === 'p') onPlace(row)
  else return false
  return true
}
