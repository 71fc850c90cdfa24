import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { foundingClientId } from '#domain/note/encode-note.ts'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor } = world.people

test('a Yjs client id belongs to the person who first used it in a note', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  anna.write('hers')
  await until(() => ben.text().includes('hers'), 'the words to arrive')
  ben.doc.clientID = anna.doc.clientID
  ben.write('forged')
  await until(() => ben.heard.closed.length > 0, 'the connection to be ended')
  expect(ben.heard.closed).toEqual([4409])
  expect(anna.text()).not.toContain('forged')
})

test('it stays theirs when the room is opened anew, and they themselves go on with it', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  anna.write('hers')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be saved')
  anna.provider.disconnect()
  const ben = await world.client(instructor, `note/${id}`)
  await ben.synced()
  anna.provider.connect()
  await anna.synced()
  anna.write('hers again')
  await until(() => ben.text().endsWith('hers\n\nhers again'), 'the words to arrive')
})

test('nobody writes under the id of the text that a note begins with', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  anna.doc.clientID = foundingClientId
  anna.write('forged')
  await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
  expect(anna.heard.closed).toEqual([4409])
})

test('whoever has another’s words may hand them back, and is asked for nothing', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  anna.write('hers')
  await until(() => ben.text().includes('hers'), 'the words to arrive')
  Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(anna.doc))
  ben.provider.disconnect()
  ben.provider.connect()
  await ben.synced()
  ben.write('his')
  await until(() => anna.text().endsWith('his'), 'the words to arrive')
  expect(ben.heard.closed).toEqual([])
})
