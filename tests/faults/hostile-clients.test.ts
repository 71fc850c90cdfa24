/**
 * Clients that do what no client should: frames sent twice, in another order, or made up; a thousand that come and
 * vanish. Whoever writes beside them loses nothing, and what was acknowledged is what is read back.
 */
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { updateFrame } from '#server/sync/frames.ts'
import { connectBare, paragraphOf, type SyncClient, until } from '#tests/sync/sync-client.ts'
import { startSyncWorld } from '#tests/sync/sync-world.ts'
import { seededRandom } from './seeded-random.ts'

const world = await startSyncWorld({
  POSTIL_MAX_MESSAGES_PER_SECOND: '0',
  POSTIL_MAX_CONNECTIONS_PER_PERSON: '0',
})
const { reader, owner } = world.people
let room = ''
let writer: SyncClient

beforeAll(async () => {
  room = `note/${(await world.thread()).id}`
  writer = await world.client(reader, room)
  await writer.synced()
})

/** Writes beside whatever else happens, and holds that all of it is acknowledged and read back by somebody new. */
async function holdsBeside(name: string, work: () => Promise<void>): Promise<SyncClient> {
  const words = Array.from({ length: 20 }, (_, index) => `${name}${index}.`)
  const working = work()
  for (const word of words) {
    writer.write(word)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await working
  await until(() => writer.heard.saved.at(-1) === writer.sent(), 'everything to be acknowledged')
  expect(writer.heard.closed).toEqual([])
  const late = await world.client(owner, room)
  await late.synced()
  expect(words.filter((word) => !late.text().includes(word))).toEqual([])
  await until(() => late.text() === writer.text(), 'both to read the same')
  return late
}

test('updates that come twice, again later, or in another order leave the words as they were meant', async () => {
  const token = await world.token(owner)
  const random = seededRandom(41)
  const own = Array.from({ length: 30 }, (_, index) => `own${index}.`)
  const late = await holdsBeside('beside', async () => {
    const doc = new Y.Doc()
    const frames: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => frames.push(updateFrame(update)))
    for (const word of own) doc.getXmlFragment('note').push([paragraphOf(word)])
    const client = await connectBare(world.server.url, room, token)
    // Each twice, none more than a few places from its own; then all again from the first.
    const shuffled = [...frames, ...frames]
      .map((frame, index) => ({ frame, at: (index % frames.length) + random() * 3 }))
      .sort((one, other) => one.at - other.at)
    for (const { frame } of shuffled) client.send(frame)
    for (const frame of frames) client.send(frame)
    client.close()
    const again = await connectBare(world.server.url, room, token)
    for (const frame of frames) again.send(frame)
    await until(() => own.every((word) => writer.text().includes(word)), 'the words to arrive')
    again.close()
  })
  for (const word of own) expect(late.text().split(word)).toHaveLength(2)
})

test('frames that nobody meant end their own connection at most', async () => {
  const token = await world.token(owner)
  const head = fc.constantFrom([], [0, 0], [0, 1], [0, 2], [1], [2], [3], [4], [5])
  const frame = fc.tuple(head, fc.uint8Array({ maxLength: 60 }))
  await holdsBeside('fuzzed', () =>
    fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 8 }), async (frames) => {
        const client = await connectBare(world.server.url, room, token)
        for (const [start, rest] of frames) client.send(Uint8Array.from([...start, ...rest]))
        client.close()
        await client.ended
      }),
      { numRuns: 100, seed: 7 },
    ),
  )
})

test('a thousand clients that come and vanish, some before they are in, leave nothing behind', async () => {
  const token = await world.token(owner)
  const random = seededRandom(5)
  const url = `${world.server.url.replace('http', 'ws')}/sync/${room}?v=1&token=${token}`
  await holdsBeside('crowd', async () => {
    for (let wave = 0; wave < 20; wave++) {
      await Promise.all(Array.from({ length: 50 }, () => comeAndVanish(url, random())))
    }
  })
  await until(async () => (await world.sql('SELECT 1')).length === 1, 'the database to answer')
})

/** Vanishes without a word: before it is let in, just after, or once it has asked for the note. */
function comeAndVanish(url: string, chance: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.on('close', () => resolve())
    socket.on('error', () => {})
    if (chance < 0.3) setImmediate(() => socket.terminate())
    socket.on('open', () => {
      if (chance > 0.6) socket.send(Uint8Array.of(0, 0, 1, 0))
      if (chance < 0.8) socket.terminate()
      else socket.once('message', () => socket.terminate())
    })
  })
}
