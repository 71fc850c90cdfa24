import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { countKept, eraseKept, type KeptNote, KeptWords } from '#components/client/offline/kept-words.ts'
import type { UnsentEntry } from '#components/client/offline/unsent-entry.ts'
import { emptyNote } from '#domain/note/note-json.ts'

const where = { documentId: 'd', slug: 'a-text', title: 'A text' }
const opened: KeptWords[] = []

async function open(account: string): Promise<KeptWords> {
  const kept = await KeptWords.open(account)
  opened.push(kept)
  return kept
}

afterEach(async () => {
  for (const kept of opened.splice(0)) kept.close()
  for (const account of ['anna', 'bo']) await eraseKept(account)
})

const aNote = (changes: Partial<KeptNote> = {}): KeptNote => ({
  key: 'n window',
  noteId: 'n',
  where,
  state: new Uint8Array([1, 2]),
  json: emptyNote,
  text: 'words',
  keptAt: 1,
  ...changes,
})

const aReply = (id: string, writtenAt: number): UnsentEntry => ({
  kind: 'reply',
  id,
  writtenAt,
  where,
  threadId: 't',
  reply: { id, body: 'words' },
  text: 'words',
})

test('what is kept is there after a restart, in the order it was written', async () => {
  const before = await open('anna')
  await before.keepEntry(aReply('later', 2))
  await before.keepEntry(aReply('first', 1))
  await before.keepNote(aNote())
  before.close()
  const kept = await (await open('anna')).readAll()
  expect(kept.entries.map(({ id }) => id)).toEqual(['first', 'later'])
  expect(kept.notes).toEqual([aNote()])
})

test('another account sees nothing of it, and erasing one leaves the other', async () => {
  await (await open('anna')).keepNote(aNote())
  expect(await countKept('bo')).toBe(0)
  await eraseKept('bo')
  expect(await countKept('anna')).toBe(1)
  for (const kept of opened.splice(0)) kept.close()
  await eraseKept('anna')
  expect(await countKept('anna')).toBe(0)
})

test('two windows keep the words of one note beside each other', async () => {
  const kept = await open('anna')
  await kept.keepNote(aNote({ key: 'n one', text: 'one' }))
  await kept.keepNote(aNote({ key: 'n other', text: 'other' }))
  expect((await kept.notesOf('n')).map(({ text }) => text)).toEqual(['one', 'other'])
})

test('words that were written since are not forgotten with those that were committed', async () => {
  const kept = await open('anna')
  await kept.keepNote(aNote({ keptAt: 1 }))
  await kept.keepNote(aNote({ keptAt: 2, text: 'more words' }))
  await kept.forgetNotes([{ key: 'n window', keptAt: 1 }])
  expect(await kept.notesOf('n')).toHaveLength(1)
  await kept.forgetNotes([{ key: 'n window', keptAt: 2 }])
  expect(await kept.notesOf('n')).toEqual([])
})

test('whoever looks while words are given back finds them once', async () => {
  const [kept, other] = [await open('anna'), await open('anna')]
  await kept.keepNote(aNote())
  await kept.keepEntry(aReply('r', 1))
  let isGiven = false
  const giving = kept
    .giveBack([{ id: 'r', returnedAt: 3, where, reason: 'It is gone.', text: 'words' }], {
      notes: [aNote()],
      entryIds: ['r'],
    })
    .then(() => {
      isGiven = true
    })
  while (!isGiven) {
    const { notes, entries, returned } = await other.readAll()
    expect([notes.length, entries.length]).toEqual(returned.length === 1 ? [0, 0] : [1, 1])
  }
  await giving
  const { notes, entries, returned } = await other.readAll()
  expect([notes.length, entries.length, returned.length]).toEqual([0, 0, 1])
})

test('what was written in a note since is kept when older words of it are given back', async () => {
  const kept = await open('anna')
  await kept.keepNote(aNote({ keptAt: 2, text: 'more words' }))
  await kept.giveBack([], { notes: [aNote({ keptAt: 1 })], entryIds: [] })
  expect(await kept.notesOf('n')).toHaveLength(1)
})
