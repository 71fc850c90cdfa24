import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { parseWrittenText } from '#domain/note/written-text.ts'
import type { Person } from '#domain/policy/actor.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { lastText, type SyncClient, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld({ POSTIL_MAX_MESSAGES_PER_SECOND: '0' })
const { reader, instructor, observer, stranger } = world.people

const versionsOf = (id: string) =>
  world.sql(
    `SELECT number, text, "authorIds", reason FROM "NoteVersion" WHERE "noteId" = '${id}' ORDER BY number`,
  )
const saved = (client: SyncClient) =>
  until(() => client.heard.saved.at(-1) === client.sent(), 'everything to be saved')

async function restore(who: Person | null, id: string, version: number | string) {
  const answer = await fetch(`${world.server.url}/api/v1/threads/${id}/versions/${version}/restore`, {
    method: 'POST',
    headers: who ? { Authorization: `Bearer ${await world.token(who)}` } : {},
  })
  return { status: answer.status, body: await answer.json() }
}

/** A thread whose note has been written in by its author, and left: version 1 says `First words.` and `more`. */
async function writtenThread(more: string, options: Parameters<typeof world.thread>[0] = {}) {
  const { id } = await world.thread(options)
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  anna.write(more)
  await saved(anna)
  anna.leave()
  await until(async () => (await versionsOf(id)).length === 1, 'the version')
  return id
}

async function isSaving(): Promise<boolean> {
  await world.sql('SELECT pg_stat_clear_snapshot()')
  const waiting = await world.sql(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return waiting.length > 0
}

/** All that the log of a note holds, read past the server. */
async function logOf(id: string): Promise<Y.Doc> {
  const rows = await world.sql(
    `SELECT state AS u, position FROM "NoteSnapshot" WHERE "noteId" = '${id}'
     UNION ALL SELECT update, position FROM "NoteUpdate" WHERE "noteId" = '${id}' ORDER BY position`,
  )
  const doc = new Y.Doc({ gc: false })
  for (const { u } of rows) if (u instanceof Uint8Array) Y.applyUpdate(doc, u)
  return doc
}

/** All words that came under a Yjs client id, those that are deleted as well. */
function everWritten(doc: Y.Doc, clientId: number): string {
  const structs = doc.store.clients.get(clientId) ?? []
  return structs
    .map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
    )
    .join('')
}

test('everyone who has the note open sees the restored words, who comes later finds them, and the words before stay as a version', async () => {
  const id = await writtenThread('as it was')
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  lastText(anna).insert(0, 'no more ')
  ben.write('and an afterthought')
  await Promise.all([saved(anna), saved(ben)])
  const now = 'First words.\n\nno more as it was\n\nand an afterthought'
  await until(() => anna.text() === now && ben.text() === now, 'both to see the same')

  const { status, body } = await restore(instructor, id, 1)
  expect(status).toBe(200)
  const then = 'First words.\n\nas it was'
  expect(body.note.text).toBe(then)
  await until(() => anna.text() === then && ben.text() === then, 'both to see it restored')
  const before = (await versionsOf(id)).at(-1)
  expect(before).toMatchObject({ number: 2, text: now, reason: 'before-restore' })
  expect(new Set(Array.isArray(before?.authorIds) ? before.authorIds : [])).toEqual(
    new Set([reader.userId, instructor.userId]),
  )

  const next = await startTestServer({ DATABASE_URL: world.databaseUrl })
  const late = await world.client(observer, `note/${id}`, { url: next.url })
  await late.synced()
  expect(late.text()).toBe(then)
  late.leave()
  await next.close()

  lastText(ben).insert(0, 'again ')
  await until(() => anna.text() === 'First words.\n\nagain as it was', 'writing to go on')
  expect(anna.heard.closed).toEqual([])
  expect(ben.heard.closed).toEqual([])
  await saved(ben)
  anna.leave()
  ben.leave()
  await until(async () => (await versionsOf(id)).length === 3, 'the next version')
  expect((await versionsOf(id)).at(-1)?.authorIds).toEqual([instructor.userId])
})

test('it is the change of the person who restores, in the log and in the next version, and can itself be undone', async () => {
  const id = await writtenThread('hers')
  const ben = await world.client(instructor, `note/${id}`)
  await ben.synced()
  ben.write('his')
  await saved(ben)
  ben.leave()
  await until(async () => (await versionsOf(id)).length === 2, 'the version')
  // Nobody is here: the note is opened for it, derived at once, and left with a version.
  expect((await restore(reader, id, 1)).body.note.text).toBe('First words.\n\nhers')
  const [row] = await world.sql(
    `SELECT "userId" FROM "NoteUpdate" WHERE "noteId" = '${id}' ORDER BY position DESC LIMIT 1`,
  )
  expect(row?.userId).toBe(reader.userId)
  await until(async () => (await versionsOf(id)).length === 4, 'the version of what was restored')
  expect((await versionsOf(id)).at(-1)).toMatchObject({
    text: 'First words.\n\nhers',
    authorIds: [reader.userId],
    reason: 'session-ended',
  })
  expect((await restore(reader, id, 3)).body.note.text).toBe('First words.\n\nhers\n\nhis')
})

test('words that are typed meanwhile merge, and what was acknowledged is in the log', async () => {
  const id = await writtenThread('shared line')
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  ben.write('to be taken back')
  await saved(ben)
  await until(() => anna.text().endsWith('back'), 'her to see it')
  const [, shared] = anna.doc.getXmlFragment(noteFragmentName).toArray()
  const line = shared instanceof Y.XmlElement ? shared.get(0) : null
  if (!(line instanceof Y.XmlText)) throw new Error('there is no second line')
  const doomed = lastText(ben)
  const typed = { inLine: '', inDoomed: '' }
  const type = async (round: number) => {
    const letter = String.fromCharCode(97 + (round % 26))
    line.insert(line.length, letter)
    typed.inLine += letter
    if (ben.text().includes('taken back')) {
      doomed.insert(doomed.length, letter)
      typed.inDoomed += letter
    }
    await Promise.all([saved(anna), saved(ben)])
  }
  for (let round = 0; round < 3; round++) await type(round)
  let isDone = false
  const restoring = restore(reader, id, 1).finally(() => {
    isDone = true
  })
  let round = 3
  while (!isDone) await type(round++)
  for (const last = round + 3; round < last; round++) await type(round)
  expect((await restoring).status).toBe(200)

  // Each letter was there when the note was restored, and is in the version before it, or came later, and stands.
  const before = (await versionsOf(id)).find(({ reason }) => reason === 'before-restore')
  const [, inLineBefore = '', inDoomedBefore = ''] =
    /^First words\.\n\nshared line([a-z]*)\n\nto be taken back([a-z]*)$/.exec(String(before?.text)) ?? []
  const after = `First words.\n\nshared line${typed.inLine.slice(inLineBefore.length)}`
  expect(typed.inLine.startsWith(inLineBefore)).toBe(true)
  expect(typed.inDoomed.startsWith(inDoomedBefore)).toBe(true)
  expect(inLineBefore.length).toBeGreaterThanOrEqual(3)
  expect(inLineBefore.length).toBeLessThanOrEqual(typed.inLine.length - 3)
  await until(() => anna.text() === after && ben.text() === after, 'both to see what merged')

  const log = await logOf(id)
  expect(readNoteFragment(log.getXmlFragment(noteFragmentName))).toMatchObject({ text: after })
  expect(everWritten(log, ben.doc.clientID)).toContain(`to be taken back${typed.inDoomed}`)
})

test('the version before holds what was written but not saved yet, and is kept only when that is', async () => {
  const id = await writtenThread('one')
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  await Promise.all([saved(anna), saved(ben)])
  await world.sql('BEGIN')
  await world.sql('LOCK TABLE "NoteUpdate" IN SHARE MODE')
  anna.write('under way')
  await until(isSaving, 'the save to be under way')
  let isDone = false
  const json = parseWrittenText('First words.\n\none')
  const note = { noteId: id, threadId: id }
  const replacing = world.server.services.noteWriter.replaceContent(note, json, instructor).finally(() => {
    isDone = true
  })
  // Somebody else is refused, over the network, before the save can end.
  expect((await restore(observer, id, 1)).status).toBe(403)
  expect(isDone).toBe(false)
  expect(ben.text()).toBe('First words.\n\none')
  expect(await versionsOf(id)).toHaveLength(1)
  await world.sql('COMMIT')
  await replacing
  expect((await versionsOf(id)).map(({ text }) => text)).toEqual([
    'First words.\n\none',
    'First words.\n\none\n\nunder way',
  ])
  const log = await logOf(id)
  expect(readNoteFragment(log.getXmlFragment(noteFragmentName))).toMatchObject({
    text: 'First words.\n\none',
  })
  await until(() => anna.text() === 'First words.\n\none', 'it to be restored')
})

test('to restore what the note says already changes nothing', async () => {
  const id = await writtenThread('the same')
  const count = async () =>
    (await world.sql(`SELECT count(*)::int AS n FROM "NoteUpdate" WHERE "noteId" = '${id}'`))[0]?.n
  const before = await count()
  expect((await restore(reader, id, 1)).status).toBe(200)
  expect(await count()).toBe(before)
  expect(await versionsOf(id)).toHaveLength(1)
})

test('it is for those who may write in the note, and for versions that there are', async () => {
  const id = await writtenThread('co-written')
  expect((await restore(observer, id, 1)).status).toBe(403)
  expect((await restore(stranger, id, 1)).status).toBe(404)
  expect((await restore(null, id, 1)).status).toBe(401)
  expect((await restore(reader, id, 99)).status).toBe(404)
  expect((await restore(reader, id, 0)).status).toBe(404)
  expect((await restore(reader, id, 'first')).status).toBe(422)
  expect((await restore(reader, 'nothing', 1)).status).toBe(404)
  const own = await writtenThread('not co-written', { coWritten: false })
  expect((await restore(instructor, own, 1)).status).toBe(403)
  await world.sql(`UPDATE "Thread" SET locked = true WHERE id = '${id}'`)
  expect((await restore(reader, id, 1)).status).toBe(403)
  expect(await versionsOf(id)).toHaveLength(1)
})

test('while nothing can be saved it is refused, and neither half of it is done', async () => {
  const id = await writtenThread('kept')
  const ben = await world.client(instructor, `note/${id}`)
  await ben.synced()
  ben.write('more')
  await saved(ben)
  await world.sql('ALTER TABLE "NoteUpdate" RENAME TO "NoteUpdateAway"')
  ben.write('not saved')
  await until(() => ben.heard.unsaved.length > 0, 'the warning')
  expect((await restore(reader, id, 1)).status).toBe(503)
  await world.sql('ALTER TABLE "NoteUpdateAway" RENAME TO "NoteUpdate"')
  await saved(ben)
  expect(ben.text()).toBe('First words.\n\nkept\n\nmore\n\nnot saved')
  expect(await versionsOf(id)).toHaveLength(1)
})
