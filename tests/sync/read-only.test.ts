import { expect, test } from 'vitest'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, observer } = world.people

test('who may only read sees everything live, and what they write reaches nobody', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const watcher = await world.client(observer, `note/${id}`)
  await Promise.all([anna.synced(), watcher.synced()])
  expect(watcher.heard.denied).toEqual([])

  watcher.write('intruding')
  await until(() => watcher.heard.denied.length > 0, 'the refusal')
  expect(watcher.heard.denied).toEqual(['You may only read in this group.'])
  anna.write('live')
  await until(() => watcher.text().includes('live'), 'the words to arrive')
  expect(anna.text()).toBe('First words.\n\nlive')
  expect(await world.sql(`SELECT DISTINCT "userId" FROM "NoteUpdate" WHERE "noteId" = '${id}'`)).toEqual([
    { userId: reader.userId },
  ])
  expect(watcher.provider.wsconnected).toBe(true)
})

test('a note that is not co-written is its author’s to write in, and a member’s to read', async () => {
  const { id } = await world.thread({ coWritten: false })
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  ben.write('not his')
  await until(() => ben.heard.denied.length > 0, 'the refusal')
  expect(ben.heard.denied).toEqual(['You may read this note, but not write in it.'])
  anna.write('hers')
  await until(() => ben.text().includes('hers'), 'the words to arrive')
  expect(anna.text()).not.toContain('not his')
})

test('once they may write, they are asked for what was refused, and it is kept in order', async () => {
  const { id, version } = await world.thread({ coWritten: false })
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  ben.write('too early')
  await until(() => ben.heard.denied.length > 0, 'the refusal')
  await world.server.services.threads.change(reader, id, { coWritten: true }, version)
  ben.write('in time')
  await until(() => anna.text().endsWith('too early\n\nin time'), 'both to arrive')
})

test('a client of an older note schema may read, and is told to reload', async () => {
  const { id } = await world.thread()
  await world.sql(`UPDATE "Note" SET schema = 2 WHERE id = '${id}'`)
  const old = await world.client(reader, `note/${id}`, { params: { v: '1', schema: '1' } })
  const ben = await world.client(instructor, `note/${id}`, { params: { v: '1', schema: '2' } })
  await Promise.all([old.synced(), ben.synced()])
  await until(() => old.heard.denied.length > 0, 'the word to reload')
  expect(old.heard.denied[0]).toContain('reload')
  old.write('old')
  ben.write('new')
  await until(() => old.text().includes('new'), 'the words to arrive')
  expect(ben.text()).not.toContain('old')
  expect(ben.heard.denied).toEqual([])
})
