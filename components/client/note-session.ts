/**
 * The notes that this page has open.
 *
 * A note that is closed while something typed is not on disk goes on in the background until it is, and opening it
 * again meets the same document. What waits for a connection is kept on this device meanwhile; where the browser keeps
 * nothing, it asks before the page is left.
 *
 * Loaded only when a note is opened for writing or watched while somebody writes, or has kept words to be sent.
 */
import { createNoteConnection, type NoteConnection } from './note-connection.ts'
import { isRefused, keepNoteWords, type NoteKeeper } from './note-keeper.ts'
import { openOutbox } from './offline/outbox.ts'
import type { WrittenAt } from './offline/unsent-entry.ts'
import { isUnsentThread, unsentStore } from './offline/unsent-store.ts'
import { isSaved } from './save-state.ts'

/** Who opens a note, and where it stands. */
export interface NoteVisit {
  readonly noteId: string
  /** Null for somebody who is not signed in: nothing is kept for them. */
  readonly accountId: string | null
  /** Null when it is only to be sent on. */
  readonly where: WrittenAt | null
}

interface OpenNote {
  readonly connection: NoteConnection
  keeper: NoteKeeper | null
  users: number
}

/** How long a note that nobody shows stays open for whoever shows it next. */
const lingerMs = 2_000
/** How long the words of one note may hold up those of the next. */
const settleWithinMs = 20_000
const open = new Map<string, OpenNote>()

/** Opens the note of a thread, or meets the one that is open. Call `closeNote` when it is no longer shown. */
export function openNote(visit: NoteVisit): NoteConnection {
  const found = open.get(visit.noteId) ?? begin(visit)
  found.users += 1
  return found.connection
}

/** Lets go of a note; it ends when nobody shows it and everything typed in it is on disk. */
export function closeNote(noteId: string): void {
  const found = open.get(noteId)
  if (!found) return
  found.users -= 1
  setTimeout(() => endIfDone(noteId), lingerMs)
}

/** Opens a note until its kept words are committed or refused, or no connection stands. */
export async function settleNote(noteId: string, accountId: string): Promise<void> {
  const connection = openNote({ noteId, accountId, where: null })
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, settleWithinMs)
    const look = () => {
      const save = connection.getSaveState()
      const isSettled = save.connection === 'open' && connection.provider.synced && isSaved(save)
      if (!isSettled && !save.ended && !isRefused(connection)) return
      clearTimeout(timer)
      stop()
      resolve()
    }
    const stop = connection.subscribe(look)
    look()
  })
  closeNote(noteId)
}

/**
 * Says that the server will not have a note, whose words are then given back; false when it is not open here, and what
 * is kept of it is to be given back by whoever asks.
 */
export function refuseNote(noteId: string, reason: string): boolean {
  const found = open.get(noteId)
  found?.connection.refuse(reason)
  return found?.keeper != null
}

function begin(visit: NoteVisit): OpenNote {
  const { noteId } = visit
  const connection = createNoteConnection(noteId)
  const made: OpenNote = { connection, keeper: null, users: 0 }
  open.set(noteId, made)
  connection.subscribe(() => {
    guardLeaving()
    if (made.users === 0) endIfDone(noteId)
  })
  void prepare(visit, made)
  return made
}

/** Takes up what was kept of the note before it is asked for, so that the two grow together. */
async function prepare(visit: NoteVisit, note: OpenNote): Promise<void> {
  const { connection } = note
  try {
    if (visit.accountId !== null) {
      const outbox = await openOutbox(visit.accountId)
      const kept = await outbox.kept.notesOf(visit.noteId)
      connection.takeUp(kept.map(({ state }) => state))
      note.keeper = keepNoteWords(outbox, { ...visit, connection }, kept, () => {
        guardLeaving()
        if (note.users === 0) endIfDone(visit.noteId)
      })
    }
  } catch {
    // A browser that keeps nothing: the note is live as always, and leaving with unsaved words asks first.
  }
  connectOnceKnown(visit.noteId, connection)
}

/** The note of a thread that waits to be sent begins here; the server is asked for it when it knows the thread. */
function connectOnceKnown(noteId: string, connection: NoteConnection): void {
  if (!isUnsentThread(unsentStore.get(), noteId)) {
    connection.connect()
    return
  }
  connection.begin()
  const stop = unsentStore.subscribe(() => {
    if (isUnsentThread(unsentStore.get(), noteId)) return
    stop()
    if (open.get(noteId)?.connection === connection && !isRefused(connection)) connection.connect()
  })
}

function endIfDone(noteId: string): void {
  const found = open.get(noteId)
  if (!found || found.users > 0) return
  const { connection, keeper } = found
  // What the server refused for good can be saved by nobody; its editor offered the words.
  if (!isSaved(connection.getSaveState()) && !connection.getSaveState().ended && !isRefused(connection))
    return
  if (keeper && !keeper.isSettled()) return
  open.delete(noteId)
  keeper?.end()
  connection.end()
  guardLeaving()
}

const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault()

function guardLeaving(): void {
  const isAtRisk = [...open.values()].some(({ connection, keeper }) =>
    keeper ? !keeper.isKept() : !isSaved(connection.getSaveState()),
  )
  if (isAtRisk) addEventListener('beforeunload', askBeforeLeaving)
  else removeEventListener('beforeunload', askBeforeLeaving)
}
