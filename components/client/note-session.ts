/**
 * One margin note, live: its Y.Doc, the stock provider on `note/<id>`, and whether what was typed is on disk.
 *
 * A note that is closed while something typed is not on disk goes on in the background until it is, and opening it
 * again meets the same document; meanwhile the browser asks before the page is left.
 *
 * Loaded only when a note is opened for writing or watched while somebody writes. The provider hides when it sends,
 * so its socket class is ours: it looks at each frame that goes out and tells update and step-2 frames to the count
 * that message 5 is held against.
 */
import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { noteSchemaVersion } from '#domain/note/note-json.ts'
import { pageChannels } from './page-channels.ts'
import { isSaved, nextSaveState, type SaveEvent, type SaveState, untouched } from './save-state.ts'
import { socketUrl } from './socket-url.ts'

const messageSync = 0
const messageAuth = 2
const messageSaved = 5
const messageUnsaved = 6
const syncStep2 = 1
const syncUpdate = 2

/** A note that is open. */
export interface NoteSession {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** The shared text, as the editor binds it. */
  readonly fragment: Y.XmlFragment
  getSaveState(): SaveState
  /** Called on each change of the save state; returns the function that ends it. */
  subscribe(listener: () => void): () => void
  /** Whether the server refused what was typed here: this person may only read. */
  isReadOnly(): boolean
}

interface KeptSession {
  readonly session: NoteSession
  readonly end: () => void
  users: number
}

/** How long a note that nobody shows stays open for whoever shows it next. */
const lingerMs = 2_000
const kept = new Map<string, KeptSession>()

/** Opens the note of a thread, or meets the one that is open. Call `closeNote` when it is no longer shown. */
export function openNote(noteId: string): NoteSession {
  const found = kept.get(noteId) ?? keep(noteId)
  found.users += 1
  return found.session
}

/** Lets go of a note; it ends when nobody shows it and everything typed in it is on disk. */
export function closeNote(noteId: string): void {
  const found = kept.get(noteId)
  if (!found) return
  found.users -= 1
  setTimeout(() => endIfDone(noteId), lingerMs)
}

function keep(noteId: string): KeptSession {
  const { session, end } = connect(noteId)
  const made: KeptSession = { session, end, users: 0 }
  kept.set(noteId, made)
  session.subscribe(() => {
    guardLeaving()
    if (made.users === 0) endIfDone(noteId)
  })
  return made
}

function endIfDone(noteId: string): void {
  const found = kept.get(noteId)
  if (!found || found.users > 0) return
  const state = found.session.getSaveState()
  // What the server refused for good can be saved by nobody; its editor offered the words.
  if (!isSaved(state) && !state.ended) return
  kept.delete(noteId)
  found.end()
  guardLeaving()
}

const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault()

function guardLeaving(): void {
  const isAtRisk = [...kept.values()].some(({ session }) => !isSaved(session.getSaveState()))
  if (isAtRisk) addEventListener('beforeunload', askBeforeLeaving)
  else removeEventListener('beforeunload', askBeforeLeaving)
}

function connect(noteId: string): { readonly session: NoteSession; readonly end: () => void } {
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  let state = untouched
  let isRefused = false
  const take = (event: SaveEvent) => {
    const next = nextSaveState(state, event)
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }

  const channels = pageChannels()
  class WatchedSocket extends channels.Socket {
    override send(data: Uint8Array): void {
      super.send(data)
      const kind = readSyncKind(data)
      if (kind === syncStep2) take({ kind: 'sent-step-2' })
      if (kind === syncUpdate) take({ kind: 'sent-update' })
    }
  }

  const provider = new WebsocketProvider(socketUrl('note'), noteId, doc, {
    params: { v: '1', schema: String(noteSchemaVersion) },
    // A channel does all that the provider asks of a socket.
    WebSocketPolyfill: WatchedSocket as unknown as typeof WebSocket,
    // Two windows of one person go through the server, so that "saved" means the same in both.
    disableBc: true,
    connect: false,
  })
  provider.messageHandlers[messageSaved] = (_, decoder) =>
    take({ kind: 'saved', count: decoding.readVarUint(decoder) })
  provider.messageHandlers[messageUnsaved] = (_, decoder) =>
    take({ kind: 'unsaved', reason: decoding.readVarString(decoder) })
  provider.messageHandlers[messageAuth] = () => {
    isRefused = true
    take({ kind: 'unsaved', reason: 'You may read this note, not write in it.' })
  }
  provider.on('status', ({ status }) => {
    if (status === 'connected') take({ kind: 'opened' })
    if (status === 'connecting' && state.connection !== 'lost') take({ kind: 'connecting' })
  })
  provider.on('connection-close', () => take({ kind: 'lost' }))
  provider.on('closed', ({ code, reason }) => take({ kind: 'ended', code, reason }))
  doc.on('update', (_update, origin) => {
    if (origin !== provider) take({ kind: 'typed', wasSent: provider.wsconnected })
  })
  if (channels.getState() === 'lost') take({ kind: 'lost' })
  provider.connect()

  const session: NoteSession = {
    doc,
    provider,
    fragment: doc.getXmlFragment('note'),
    getSaveState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isReadOnly: () => isRefused,
  }
  const end = () => {
    provider.destroy()
    doc.destroy()
  }
  return { session, end }
}

function readSyncKind(frame: Uint8Array): number | null {
  const decoder = decoding.createDecoder(frame)
  return decoding.readVarUint(decoder) === messageSync ? decoding.readVarUint(decoder) : null
}
