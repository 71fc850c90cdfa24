import { expect, test } from 'vitest'
import { updateFrame } from '#server/sync/frames.ts'
import { connectBare, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld({
  POSTIL_MAX_MESSAGE_BYTES: '20000',
  POSTIL_MAX_NOTE_BYTES: '30000',
  POSTIL_MAX_AWARENESS_BYTES: '500',
  POSTIL_MAX_MESSAGES_PER_SECOND: '50',
  POSTIL_MAX_CONNECTIONS_PER_PERSON: '4',
})
const { reader, instructor } = world.people

test('a message that is too large closes its connection for good', async () => {
  const { id } = await world.thread()
  const bare = await connectBare(world.server.url, `note/${id}`, await world.token(reader))
  bare.send(updateFrame(new Uint8Array(20_001)))
  expect(await bare.ended).toBe(4413)
})

test('a note that would become too large is not taken, and stays as it was', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  const ben = await world.client(instructor, `note/${id}`)
  await Promise.all([anna.synced(), ben.synced()])
  anna.write('x'.repeat(15_000))
  await until(() => ben.text().length > 15_000, 'the first half')
  anna.write('y'.repeat(15_000))
  await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
  expect(anna.heard.closed).toEqual([4414])
  expect(ben.text()).not.toContain('y')
  ben.leave()
})

test('an awareness state that is too large closes its connection', async () => {
  const { id } = await world.thread()
  const anna = await world.client(reader, `note/${id}`)
  await anna.synced()
  anna.provider.awareness.setLocalState({ cursor: 'x'.repeat(600) })
  await until(() => anna.heard.closed.length > 0, 'the connection to be ended')
  expect(anna.heard.closed).toEqual([4415])
})

test('who sends too many messages is told to try again later', async () => {
  const { id } = await world.thread()
  const bare = await connectBare(world.server.url, `note/${id}`, await world.token(reader))
  for (let sent = 0; sent < 200; sent++) bare.send(updateFrame(new Uint8Array([0, 0])))
  expect(await bare.ended).toBe(4529)
})

test('one person’s connections are bounded, and a closed one makes room', async () => {
  const token = await world.token(world.people.owner)
  const open = () => connectBare(world.server.url, world.marginName, token)
  const clients = await Promise.all([open(), open(), open(), open()])
  expect(await (await open()).ended).toBe(4530)
  clients[0]?.close()
  await clients[0]?.ended
  await until(async () => {
    const next = await open()
    next.send(new Uint8Array([0, 0, 1, 0]))
    await Promise.race([next.ended, until(() => next.received.length > 0, 'an answer').catch(() => {})])
    return next.received.length > 0
  }, 'a place to be free')
})
