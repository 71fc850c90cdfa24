import { expect, test } from 'vitest'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, owner } = world.people

const breakLog = () => world.sql('ALTER TABLE "NoteUpdate" RENAME TO "NoteUpdateAway"')
const mendLog = () => world.sql('ALTER TABLE "NoteUpdateAway" RENAME TO "NoteUpdate"')

test('what cannot be saved is kept and tried again; its writer is told, and nobody is shown it before', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'everything to be saved')
  const before = anna.sent()
  await breakLog()
  anna.write('kept')
  await until(() => anna.heard.unsaved.length > 0, 'the warning')
  anna.write('kept as well')
  expect(anna.heard.saved.at(-1)).toBe(before)
  expect(ben.heard.unsaved).toEqual([])
  expect(ben.text()).toBe('First words.')
  await mendLog()
  await until(() => anna.heard.saved.at(-1) === before + 2, 'the acknowledgment after all')
  await until(() => ben.text() === 'First words.\n\nkept\n\nkept as well', 'the others to see it')
})

test('the note stays in memory while saving fails, though everyone leaves and others come', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  await breakLog()
  anna.write('left behind')
  await until(() => anna.heard.unsaved.length > 0, 'the warning')
  anna.leave()
  const ben = await world.client(instructor, `note/${id}`)
  await ben.synced()
  expect(ben.text()).toBe('First words.')
  await mendLog()
  await until(() => ben.text() === 'First words.\n\nleft behind', 'the words to be saved and shown')
})

test('someone who comes during a save does not lose the note, nor see what is not saved', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'everything to be saved')
  await world.sql('BEGIN')
  await world.sql('LOCK TABLE "NoteUpdate" IN SHARE MODE')
  anna.write('under way')
  const ben = await world.client(instructor, `note/${id}`)
  await ben.synced()
  anna.leave()
  expect(ben.text()).toBe('First words.')
  await world.sql('COMMIT')
  await until(() => ben.text() === 'First words.\n\nunder way', 'the words to be shown')
})

test('connections to the database that are cut lose nothing', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  for (let round = 0; round < 10; round++) {
    anna.write(`round ${round}`)
    await world.sql(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    )
  }
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'everything to be saved')
  const late = await world.client(owner, `note/${id}`)
  await late.synced()
  expect(late.text()).toBe(anna.text())
})

test('a note that is deleted under its writers does not keep others from being saved', async () => {
  const gone = await world.thread()
  const stays = await world.thread()
  const anna = await world.client(reader, `note/${gone.id}`)
  const ben = await world.client(instructor, `note/${stays.id}`)
  await Promise.all([anna.synced(), ben.synced()])
  await world.sql(`DELETE FROM "Note" WHERE id = '${gone.id}'`)
  anna.write('nowhere to go')
  ben.write('saved')
  await until(() => anna.heard.closed.includes(4404), 'its writer to be told')
  await until(() => ben.heard.saved.at(-1) === ben.sent(), 'the other to be saved')
})
