import { expect, test } from 'vitest'
import { startTestServer } from '#tests/factories/test-server.ts'
import { lastText, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld({ POSTIL_MAX_MESSAGES_PER_SECOND: '0' })
const { reader, instructor } = world.people
const count = async (table: string, noteId: string) => {
  const [row] = await world.sql(`SELECT count(*)::int AS n FROM "${table}" WHERE "noteId" = '${noteId}'`)
  return row?.n
}

async function isSaving(): Promise<boolean> {
  await world.sql('SELECT pg_stat_clear_snapshot()')
  const waiting = await world.sql(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return waiting.length > 0
}

test('text and JSON are derived soon after the last change, with the place in the log they reflect', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  anna.write('derived')
  const startedAt = Date.now()
  const derived = () =>
    world.sql(
      `SELECT text, "derivedPosition" = (SELECT max(position) FROM "NoteUpdate" WHERE "noteId" = id) AS whole FROM "Note" WHERE id = '${id}'`,
    )
  await until(async () => (await derived())[0]?.text === 'First words.\n\nderived', 'the text')
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  expect((await derived())[0]?.whole).toBe(true)
})

test('what a killed server did not come to derive is derived by the next one before it serves', async () => {
  const { id } = await world.thread()
  const derived = () => world.sql(`SELECT text, "derivedPosition" FROM "Note" WHERE id = '${id}'`)
  const whole = await derived()
  await world.sql(`UPDATE "Note" SET text = '', "derivedPosition" = 0 WHERE id = '${id}'`)
  const next = await startTestServer({ DATABASE_URL: world.databaseUrl })
  expect(await derived()).toEqual(whole)
  await next.close()
})

test('a session of writing leaves a version with those who wrote in it, and reading alone leaves none', async () => {
  const { id } = await world.thread()
  const watcher = await world.client(instructor, `note/${id}`)
  await watcher.synced()
  watcher.leave()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  anna.write('hers')
  ben.write('his')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
  await until(() => ben.heard.saved.at(-1) === ben.sent(), 'it to be saved')
  expect(await count('NoteVersion', id)).toBe(0)
  anna.leave()
  ben.leave()
  await until(async () => (await count('NoteVersion', id)) === 1, 'the version')
  const [version] = await world.sql(`SELECT text, "authorIds" FROM "NoteVersion" WHERE "noteId" = '${id}'`)
  expect(version?.text).toContain('hers')
  expect(version?.text).toContain('his')
  expect(new Set(Array.isArray(version?.authorIds) ? version.authorIds : [])).toEqual(
    new Set([reader.userId, instructor.userId]),
  )
})

test('a long log is compacted while people go on writing, and nothing is lost', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  anna.write('')
  ben.write('')
  const [text, others] = [lastText(anna), lastText(ben)]
  for (let round = 0; round < 40; round++) {
    // What two people write between two saves is kept in rows of their own.
    for (const letter of 'abcde') {
      text.insert(text.length, letter)
      others.insert(others.length, letter)
    }
    await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
  }
  ben.leave()
  await until(async () => (await count('NoteSnapshot', id)) === 1, 'the snapshot')
  text.insert(0, '!')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
  expect(Number(await count('NoteUpdate', id))).toBeLessThan(250)
  const next = await startTestServer({ DATABASE_URL: world.databaseUrl })
  const late = await world.client(instructor, `note/${id}`, { url: next.url })
  await late.synced()
  expect(late.text().split('\n\n').toSorted()).toEqual(
    ['First words.', `!${'abcde'.repeat(40)}`, 'abcde'.repeat(40)].toSorted(),
  )
  late.leave()
  await next.close()
})

test('a server that stops saves what it has, derives it, and tells its clients to come again', async () => {
  const { id } = await world.thread()
  const next = await startTestServer({ DATABASE_URL: world.databaseUrl })
  const anna = await world.client(reader, `note/${id}`, { url: next.url })
  await anna.synced()
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'everything to be saved')
  // The save cannot end before this transaction does, so the server is told to stop in the middle of it.
  await world.sql('BEGIN')
  await world.sql('LOCK TABLE "NoteUpdate" IN SHARE MODE')
  anna.write('to the end')
  await until(isSaving, 'the save to be under way')
  const stopped = next.close()
  await world.sql('COMMIT')
  await stopped
  await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
  expect(anna.heard.closed[0]).toBe(4512)
  expect(anna.provider.shouldConnect).toBe(true)
  anna.leave()
  const [note] = await world.sql(`SELECT text FROM "Note" WHERE id = '${id}'`)
  expect(note?.text).toBe('First words.\n\nto the end')
})
