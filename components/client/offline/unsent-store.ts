/**
 * What of this account is not sent yet, as the page shows it. Small, since every page of the reader loads it; what fills
 * it (`outbox.ts`) is loaded when the page has settled.
 */
import { createStore } from '../value-store.ts'
import type { KeptNote } from './kept-words.ts'
import type { ReturnedWords, UnsentEntry } from './unsent-entry.ts'
import type { withUnsent } from './with-unsent.ts'

export interface Unsent {
  /** In the order they were written. */
  readonly entries: readonly UnsentEntry[]
  /** Notes with words that are kept here and not committed. */
  readonly notes: readonly Pick<KeptNote, 'key' | 'noteId' | 'where' | 'json' | 'text'>[]
  /** The keys of those that are about to be committed: kept to be safe, and not worth a word. */
  readonly underWay: ReadonlySet<string>
  readonly returned: readonly ReturnedWords[]
}

/** How a room's threads are shown with what is not sent in them; null until its code is loaded, with what is kept. */
export const unsentView = createStore<{ readonly show: typeof withUnsent | null }>({ show: null })

export const unsentStore = createStore<Unsent>({
  entries: [],
  notes: [],
  underWay: new Set(),
  returned: [],
})

/** Says whether what is kept under a key is about to be committed. */
export function setUnderWay(key: string, isUnderWay: boolean): void {
  const underWay = new Set(unsentStore.get().underWay)
  if (isUnderWay === underWay.has(key)) return
  if (isUnderWay) underWay.add(key)
  else underWay.delete(key)
  unsentStore.set({ underWay })
}

/** Notes with words that their author is told of as waiting. */
export const waitingNotes = ({ notes, underWay }: Unsent): Unsent['notes'] =>
  notes.filter(({ key }) => !underWay.has(key))

/** Whether the server does not know this thread yet. */
export const isUnsentThread = ({ entries }: Unsent, threadId: string): boolean =>
  entries.some((entry) => entry.kind === 'thread' && entry.id === threadId)

/** Whether words of this note are kept here. */
export const hasKeptNote = ({ notes }: Unsent, noteId: string): boolean =>
  notes.some((note) => note.noteId === noteId && note.text !== '')

/** Whether its author is told that something of this thread, or in its note, waits to be sent. */
export const hasUnsentWords = (unsent: Unsent, threadId: string): boolean =>
  waitingNotes(unsent).some(({ noteId }) => noteId === threadId) ||
  unsent.entries.some((entry) => (entry.kind === 'thread' ? entry.id : entry.threadId) === threadId)
