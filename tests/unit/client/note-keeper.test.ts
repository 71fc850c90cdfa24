import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { NoteConnection } from '#components/client/note-connection.ts'
import { keepNoteWords } from '#components/client/note-keeper.ts'
import { openOutbox } from '#components/client/offline/outbox.ts'
import { unsentStore, waitingNotes } from '#components/client/offline/unsent-store.ts'
import { nextSaveState, type SaveEvent, untouched } from '#components/client/save-state.ts'
import { noteFragmentName } from '#domain/note/encode-note.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A note whose server answers when it is told to. */
function openNote() {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider('ws://nowhere', 'n', doc, {
    connect: false,
    disableBc: true,
    // Never opened; it knows the browser's socket only.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  const listeners = new Set<() => void>()
  let state = nextSaveState(untouched, { kind: 'opened' })
  const fragment = doc.getXmlFragment(noteFragmentName)
  const connection: NoteConnection = {
    doc,
    provider,
    fragment,
    getSaveState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hasArrived: () => true,
    isReadOnly: () => false,
    refuse() {},
    takeUp() {},
    begin() {},
    connect() {},
    end: () => provider.destroy(),
  }
  ends.push(() => connection.end())
  const happen = (event: SaveEvent) => {
    state = nextSaveState(state, event)
    for (const listener of [...listeners]) listener()
  }
  const type = (words: string) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words)])
    happen({ kind: 'sent-update' })
    fragment.push([paragraph])
  }
  return { connection, happen, type }
}

test('words that are committed while they are written to disk are never said to wait', async () => {
  const outbox = await openOutbox('cleo')
  const { connection, happen, type } = openNote()
  const write = outbox.kept.keepNote.bind(outbox.kept)
  const writing = vi.spyOn(outbox.kept, 'keepNote').mockImplementation((note) => {
    happen({ kind: 'saved', count: 1 })
    return write(note)
  })
  ends.push(() => writing.mockRestore())
  const seen = { kept: 0, waiting: 0 }
  ends.push(
    unsentStore.subscribe(() => {
      seen.kept = Math.max(seen.kept, unsentStore.get().notes.length)
      seen.waiting = Math.max(seen.waiting, waitingNotes(unsentStore.get()).length)
    }),
  )
  const keeper = keepNoteWords(outbox, { noteId: 'n', connection, where: null }, [], () => {})
  ends.push(() => keeper.end())
  type('A word.')
  await vi.waitFor(() => {
    expect(seen.kept).toBe(1)
    expect(keeper.isKept()).toBe(true)
  })
  expect(seen.waiting).toBe(0)
  expect(unsentStore.get()).toMatchObject({ notes: [], underWay: new Set() })
})
