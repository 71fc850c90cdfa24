import { expect, test } from 'vitest'
import type { UnsentEntry } from '#components/client/offline/unsent-entry.ts'
import type { Unsent } from '#components/client/offline/unsent-store.ts'
import { withUnsent } from '#components/client/offline/with-unsent.ts'
import { putThread, type RoomThreads, unknownRoom } from '#components/client/room-threads.ts'
import { emptyNote } from '#domain/note/note-json.ts'
import { aThread } from './a-thread.ts'

const where = { documentId: 'd1', slug: 'a-text', title: 'A text' }
const reading = { documentId: 'd1', author: { id: 'anna', name: 'Anna' } }
const room = { layerId: 'l1', groupId: 'g1' }
const nothing: Unsent = { entries: [], notes: [], underWay: new Set(), returned: [] }

const known = (...threads: ReturnType<typeof aThread>[]): RoomThreads =>
  threads.reduce(putThread, unknownRoom)

const aNewThread: UnsentEntry = {
  kind: 'thread',
  id: 'new',
  writtenAt: 0,
  where,
  thread: {
    id: 'new',
    documentId: 'd1',
    layerId: 'l1',
    kind: 'note',
    passages: [{ editionId: 'e1', start: 0, end: 5, exact: 'words' }],
    tags: [],
    draft: true,
  },
}
const aReply: UnsentEntry = {
  kind: 'reply',
  id: 'r',
  writtenAt: 0,
  where,
  threadId: 't1',
  reply: { id: 'r', body: { type: 'doc', content: [] }, groupId: 'g1' },
  text: 'Why?',
}

test('a thread that is not sent stands in the rooms of its layer, at its words, until the server tells of it', () => {
  const unsent = { ...nothing, entries: [aNewThread] }
  const shown = withUnsent(known(), unsent, room, reading).threads.get('new')
  expect(shown).toMatchObject({ state: 'draft', author: reading.author, passages: [{ start: 0, end: 5 }] })
  expect(withUnsent(known(), unsent, { ...room, layerId: 'l2' }, reading).threads.size).toBe(0)
  expect(withUnsent(known(), unsent, room, { ...reading, documentId: 'd2' }).threads.size).toBe(0)
  const told = known(aThread({ id: 'new', version: 3 }))
  expect(withUnsent(told, unsent, room, reading).threads.get('new')?.version).toBe(3)
})

test('a reply that is not sent stands in its group’s room alone, and once', () => {
  const unsent = { ...nothing, entries: [aReply] }
  const shown = withUnsent(known(aThread()), unsent, room, reading)
  expect(shown.threads.get('t1')).toMatchObject({ replyCount: 1, replies: [{ id: 'r', text: 'Why?' }] })
  expect(withUnsent(shown, unsent, room, reading).threads.get('t1')?.replyCount).toBe(1)
  const other = withUnsent(known(aThread()), unsent, { ...room, groupId: 'g2' }, reading)
  expect(other.threads.get('t1')?.replyCount).toBe(0)
})

test('a note reads as it was written here, a deleted one not', () => {
  const unsent = {
    ...nothing,
    notes: [{ key: 't1 window', noteId: 't1', where, json: emptyNote, text: 'longer words' }],
  }
  const read = (thread: ReturnType<typeof aThread>) =>
    withUnsent(known(thread), unsent, room, reading).threads.get('t1')?.note
  expect(read(aThread())?.text).toBe('longer words')
  expect(read(aThread({ state: 'deleted', note: null }))).toBeNull()
})

test('an edit that is not sent is what its author reads', () => {
  const edit: UnsentEntry = {
    kind: 'reply-edit',
    id: 'edit-r',
    writtenAt: 1,
    where,
    threadId: 't1',
    replyId: 'r',
    body: emptyNote,
    text: 'Why not?',
    version: 1,
  }
  const replied = withUnsent(known(aThread()), { ...nothing, entries: [aReply] }, room, reading)
  const shown = withUnsent(replied, { ...nothing, entries: [edit] }, room, reading)
  expect(shown.threads.get('t1')?.replies).toMatchObject([{ id: 'r', text: 'Why not?' }])
})
