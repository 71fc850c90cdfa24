/**
 * One margin note, live: its Y.Doc, the stock provider on a channel of the page's socket, and whether what was typed is
 * on disk.
 *
 * The provider hides when it sends, so its socket class is ours: it looks at each frame that goes out and tells update
 * and step-2 frames to the count that message 5 is held against.
 */
import * as decoding from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import { noteSchemaVersion } from '#domain/note/note-json.ts'
import { pageChannels } from './page-channels.ts'
import { nextSaveState, type SaveEvent, type SaveState, untouched } from './save-state.ts'
import { socketUrl } from './socket-url.ts'

const messageSync = 0
const messageAuth = 2
const messageSaved = 5
const messageUnsaved = 6
const syncStep2 = 1
const syncUpdate = 2

/** A note that is open. */
export interface NoteConnection {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** The shared text, as the editor binds it. */
  readonly fragment: Y.XmlFragment
  getSaveState(): SaveState
  /** Called on each change of the save state, and when the note has arrived; returns the function that ends it. */
  subscribe(listener: () => void): () => void
  /** Whether the note's text is here; words typed before would stand in front of it, in a paragraph of their own. */
  hasArrived(): boolean
  /** Whether the server refused what was typed here: this person may only read. */
  isReadOnly(): boolean
  /** To be called when the server will not have these words, with a sentence that says why. */
  refuse(reason: string): void
  /** Brings in words that were kept in this browser. They count as typed, and not as sent. */
  takeUp(states: readonly Uint8Array[]): void
  /** Lets a note that the server does not know yet begin without it: empty, as the server will begin it. */
  begin(): void
  connect(): void
  end(): void
}

/** Makes a note's document and its provider, which waits for `connect`. */
export function createNoteConnection(noteId: string): NoteConnection {
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  let state = untouched
  let isRefused = false
  let isHere = false
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const take = (event: SaveEvent) => {
    const next = nextSaveState(state, event)
    if (next === state) return
    state = next
    tell()
  }
  const arrive = () => {
    if (isHere) return
    isHere = true
    tell()
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
  provider.messageHandlers[messageSaved] = (_, decoder) => {
    isRefused = false
    take({ kind: 'saved', count: decoding.readVarUint(decoder) })
  }
  provider.messageHandlers[messageUnsaved] = (_, decoder) =>
    take({ kind: 'unsaved', reason: decoding.readVarString(decoder) })
  const refuse = (reason: string) => {
    isRefused = true
    take({ kind: 'unsaved', reason })
  }
  provider.messageHandlers[messageAuth] = (_, decoder) => {
    // Denied: the protocol knows of nothing else.
    decoding.readVarUint(decoder)
    refuse(decoding.readVarString(decoder))
  }
  provider.on('status', ({ status }) => {
    if (status === 'connected') take({ kind: 'opened' })
    if (status === 'connecting' && state.connection !== 'lost') take({ kind: 'connecting' })
  })
  provider.on('connection-close', () => take({ kind: 'lost' }))
  const stop = channels.subscribe((socket) => {
    if (socket === 'lost') take({ kind: 'lost' })
  })
  provider.on('closed', ({ code, reason }) => take({ kind: 'ended', code, reason }))
  provider.on('sync', (isSynced: boolean) => {
    if (isSynced) arrive()
  })
  doc.on('update', (_update, origin) => {
    if (origin !== provider) take({ kind: 'typed', wasSent: provider.wsconnected })
  })

  return {
    doc,
    provider,
    fragment: doc.getXmlFragment(noteFragmentName),
    getSaveState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hasArrived: () => isHere,
    isReadOnly: () => isRefused,
    refuse,
    takeUp(states) {
      for (const kept of states) Y.applyUpdate(doc, kept, 'kept')
      if (states.length > 0) arrive()
    },
    begin() {
      take({ kind: 'lost' })
      arrive()
    },
    connect() {
      if (channels.getState() === 'lost') take({ kind: 'lost' })
      provider.connect()
    },
    end() {
      stop()
      provider.destroy()
      doc.destroy()
    },
  }
}

function readSyncKind(frame: Uint8Array): number | null {
  const decoder = decoding.createDecoder(frame)
  return decoding.readVarUint(decoder) === messageSync ? decoding.readVarUint(decoder) : null
}
