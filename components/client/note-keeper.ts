/**
 * Keeps what was typed in one open note on this device until it is committed, and offers it back to its author when
 * the server will not have it.
 */
import * as Y from 'yjs'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { emptyNote, type NoteJson } from '#domain/note/note-json.ts'
import { newId } from './new-id.ts'
import type { NoteConnection } from './note-connection.ts'
import type { KeptNote, KeptState } from './offline/kept-words.ts'
import type { Outbox } from './offline/outbox.ts'
import type { WrittenAt } from './offline/unsent-entry.ts'
import { setUnderWay } from './offline/unsent-store.ts'
import { whyGone } from './offline/why-gone.ts'
import { nextWaiting, noticedAfterMs, type Waiting } from './offline/worth-saying.ts'
import { isSaved } from './save-state.ts'

/** A server that answers commits within this time: only what takes longer is worth writing down. */
const patienceMs = 400
const [signedOut, forbidden, gone] = [4401, 4403, 4404]

/** What watches over the words of an open note. */
export interface NoteKeeper {
  /** Whether everything typed here is on this device's disk, given back, or committed. */
  isKept(): boolean
  /** Whether there is nothing left to do for as long as nothing happens. */
  isSettled(): boolean
  end(): void
}

/** Begins to keep the words of a note. `adopted` are the states that were taken up when it was opened. */
export function keepNoteWords(
  outbox: Outbox,
  note: { readonly noteId: string; readonly connection: NoteConnection; readonly where: WrittenAt | null },
  adopted: readonly KeptNote[],
  /** Called when something was written to disk, or forgotten. */
  onKept: () => void,
): NoteKeeper {
  const { noteId, connection } = note
  const where = note.where ?? adopted.find((kept) => kept.where)?.where ?? null
  const key = `${noteId} ${newId()}`
  /** States on disk that hold nothing but what is in this document. */
  let onDisk: readonly KeptState[] = adopted
  /** Something was typed that is not on disk. */
  let isBehind = false
  let isGivenBack = false
  let isBusy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What waited when the page was opened goes on waiting. */
  let waiting: Waiting | null = adopted.length > 0 ? { since: 0, isWorthSaying: true } : null
  let notice: ReturnType<typeof setTimeout> | undefined

  const isDue = () => {
    if (isSaved(connection.getSaveState())) return onDisk.length > 0
    return isRefused(connection) ? !isGivenBack : isBehind
  }
  const tellOfWaiting = () => {
    waiting = nextWaiting(waiting, connection.getSaveState(), Date.now())
    clearTimeout(notice)
    // What is committed is not spoken of until it is forgotten here as well, nor while it is being written to disk.
    if (waiting || (onDisk.length === 0 && !isBusy))
      setUnderWay(key, waiting !== null && !waiting.isWorthSaying)
    if (waiting && !waiting.isWorthSaying) notice = setTimeout(tellOfWaiting, noticedAfterMs)
  }
  const look = () => {
    tellOfWaiting()
    const save = connection.getSaveState()
    if (isSaved(save)) isBehind = false
    const isHurried = isSaved(save) || save.connection !== 'open' || isRefused(connection)
    if (timer !== undefined && isDue() && !isHurried) return
    clearTimeout(timer)
    timer = isDue() ? setTimeout(() => void write(), isHurried ? 0 : patienceMs) : undefined
  }

  /** One at a time; what is typed meanwhile goes into the next. */
  const write = async (): Promise<void> => {
    timer = undefined
    if (isBusy) return
    isBusy = true
    let isDone = true
    try {
      if (isSaved(connection.getSaveState())) await forget()
      else if (isRefused(connection)) await giveBack()
      else await keep()
    } catch {
      // The disk is full, or somebody signed out: the words are in the editor, and leaving it asks first.
      isDone = false
    }
    isBusy = false
    if (isDone) look()
    onKept()
  }

  const keep = async () => {
    const { json, text } = readNote(connection)
    const state = Y.encodeStateAsUpdate(connection.doc)
    const kept = { key, noteId, where, state, json, text, keptAt: Date.now() }
    isBehind = false
    await outbox.kept.keepNote(kept)
    onDisk = [...onDisk.filter((one) => one.key !== key), kept]
    await outbox.refresh()
  }
  const forget = async () => {
    const overtaken = onDisk
    onDisk = []
    await outbox.kept.forgetNotes(overtaken)
    await outbox.refresh()
  }
  const giveBack = async () => {
    const { text } = readNote(connection)
    isGivenBack = true
    isBehind = false
    const reason = await reasonOf(connection, where)
    const returned = { id: key, returnedAt: Date.now(), where, reason, text }
    const notes = onDisk
    onDisk = []
    await outbox.giveBack(text === '' ? [] : [returned], { notes, entryIds: [] })
  }

  const typed = (_update: Uint8Array, origin: unknown) => {
    if (origin === connection.provider) return
    isBehind = true
    isGivenBack = false
    look()
  }
  connection.doc.on('update', typed)
  const stop = connection.subscribe(look)
  look()
  return {
    isKept: () => !isBusy && !isBehind && !isDue(),
    isSettled: () => !isBusy && timer === undefined,
    end() {
      clearTimeout(timer)
      clearTimeout(notice)
      setUnderWay(key, false)
      connection.doc.off('update', typed)
      stop()
    },
  }
}

/** The server said for good that it will not have these words. After a new sign-in it may: those stay kept. */
export function isRefused(connection: NoteConnection): boolean {
  const { ended, unsent, sent, committed } = connection.getSaveState()
  if (ended) return unsent && ended.code !== signedOut
  return connection.isReadOnly() && (unsent || sent > committed)
}

async function reasonOf(connection: NoteConnection, where: WrittenAt | null): Promise<string> {
  const { ended, refused } = connection.getSaveState()
  const reason = (ended ? reasons.get(ended.code) : refused) ?? 'The server did not take these words.'
  return ended?.code === forbidden || ended?.code === gone ? whyGone(where, reason) : reason
}

const reasons: ReadonlyMap<number, string> = new Map([
  [forbidden, 'You may not write in this note any more.'],
  [gone, 'The note was deleted, or is no longer open to you.'],
  [4413, 'This was too much at once. Write it in smaller pieces.'],
  [4414, 'The note would become too large.'],
  [4422, 'The server could not read these words as a note. Load the page again: it may be old.'],
])

function readNote({ fragment }: NoteConnection): { readonly json: NoteJson; readonly text: string } {
  const reading = readNoteFragment(fragment)
  return reading.ok ? reading : { json: emptyNote, text: '' }
}
