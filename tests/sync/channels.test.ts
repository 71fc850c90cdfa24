/** What is true of many rooms on one socket, and of no socket that carries one. */
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { onChannel, readChannelFrame, readServerControl, writeControl } from '#domain/wire/channels.ts'
import { askToUpgrade, connectClient, until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld({
  // Far fewer than rooms; the pages of earlier tests keep theirs for a moment.
  POSTIL_MAX_CONNECTIONS_PER_PERSON: '10',
  POSTIL_MAX_ROOMS_PER_CONNECTION: '41',
})
const { reader, instructor } = world.people
const { services, url } = world.server

const threads = await Promise.all(Array.from({ length: 41 }, () => world.thread()))
const token = await world.token(reader)

/** One client for each note, all on one page. */
async function readAll(count: number) {
  const channels = await world.channels(reader)
  const clients = threads
    .slice(0, count)
    .map(({ id }) => connectClient(url, `note/${id}`, { token, channels }))
  await Promise.all(clients.map((client) => client.synced()))
  return { channels, clients }
}

test('forty rooms stand on one socket, each with words and counts of its own', async () => {
  const { clients } = await readAll(40)
  for (const [at, client] of clients.entries()) client.write(`note ${at}`)
  for (const [at, { heard, sent, text }] of clients.entries()) {
    await until(() => heard.saved.at(-1) === sent(), `note ${at} to be saved`)
    expect(text()).toBe(`First words.\n\nnote ${at}`)
  }
  for (const client of clients) client.leave()
})

test('a room that is refused is told why, and closes no other', async () => {
  const { channels, clients } = await readAll(1)
  const none = connectClient(url, 'note/nothing', { token, channels })
  await until(() => none.heard.closed.length > 0, 'the refusal')
  expect(none.heard.closed).toEqual([4404])
  clients[0]?.write('unmoved')
  await until(() => clients[0]?.heard.saved.at(-1) === clients[0]?.sent(), 'the other to go on')
  clients[0]?.leave()
})

test('a right that is lost ends its channel alone', async () => {
  const doomed = await world.thread({}, instructor)
  const { channels, clients } = await readAll(1)
  const lost = connectClient(url, `note/${doomed.id}`, { token, channels })
  await lost.synced()
  await services.threads.delete(instructor, doomed.id, null)
  await until(() => lost.heard.closed.length > 0, 'the channel to be ended')
  expect(lost.heard.closed).toEqual([4404])
  clients[0]?.write('still here')
  await until(() => clients[0]?.heard.saved.at(-1) === clients[0]?.sent(), 'the other to go on')
  expect(clients[0]?.heard.closed).toEqual([])
  clients[0]?.leave()
})

test('one room too many is turned away for the time being, and the others stay', async () => {
  const { channels, clients } = await readAll(41)
  const oneMore = connectClient(url, world.marginName, { token, channels })
  await until(() => oneMore.heard.closed.length > 0, 'the refusal')
  expect(oneMore.heard.closed[0]).toBe(4531)
  clients[0]?.leave()
  await oneMore.synced()
  expect(clients.slice(1).flatMap(({ heard }) => heard.closed)).toEqual([])
  for (const client of [oneMore, ...clients]) client.leave()
})

test('when the socket is lost all its rooms come back by themselves, with what was written meanwhile', async () => {
  const { channels, clients } = await readAll(5)
  channels.drop()
  for (const [at, client] of clients.entries()) client.write(`meanwhile ${at}`)
  await Promise.all(clients.map((client) => client.synced()))
  for (const [at, { heard, sent }] of clients.entries()) {
    await until(() => sent() > 0 && heard.saved.at(-1) === sent(), `note ${at} to be saved`)
    const late = await world.client(instructor, `note/${threads[at]?.id}`)
    await late.synced()
    expect(late.text()).toContain(`meanwhile ${at}`)
    late.leave()
  }
  for (const client of clients) client.leave()
})

test('who is not signed in gets no socket for many rooms', async () => {
  expect(await askToUpgrade(`${url}/sync?v=1`)).toBe(401)
  expect(await askToUpgrade(`${url}/sync?v=1&token=wrong`)).toBe(401)
})

/** A socket for many rooms that sends whatever it is told. */
async function bareSocket() {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync?v=1&token=${await world.token(reader)}`)
  const heard: unknown[] = []
  socket.on('message', (data: Buffer) => {
    const frame = readChannelFrame(data)
    if (frame?.channel === 0) heard.push(readServerControl(frame.payload))
  })
  const ended = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, heard, ended }
}

test('a frame of a room that cannot be read ends that room; one of the socket’s own ends the socket', async () => {
  const { socket, heard, ended } = await bareSocket()
  const [one, other] = threads
  socket.send(writeControl({ kind: 'open', channel: 1, room: `note/${one?.id}` }))
  socket.send(writeControl({ kind: 'open', channel: 2, room: `note/${other?.id}` }))
  await until(() => heard.length === 2, 'both rooms')
  socket.send(onChannel(1, new Uint8Array([99])))
  await until(() => heard.length === 3, 'the end of one')
  expect(heard).toMatchObject([
    { kind: 'opened', channel: 1 },
    { kind: 'opened', channel: 2 },
    { kind: 'closed', channel: 1, code: 4400 },
  ])
  // What was under way when it ended is passed over.
  socket.send(onChannel(1, new Uint8Array([99])))
  socket.send(writeControl({ kind: 'ping' }))
  await until(() => heard.length === 4, 'the answer')
  expect(heard[3]).toEqual({ kind: 'ping' })
  socket.send(writeControl({ kind: 'open', channel: 2, room: `note/${one?.id}` }))
  expect(await ended).toBe(4400)
})

test.each([
  ['no channel', new Uint8Array()],
  ['a channel that was never opened', onChannel(7, new Uint8Array([3]))],
  ['no word about channels', onChannel(0, new Uint8Array([123]))],
  ['text', 'hello'],
])('a frame with %s ends its socket', async (_what, frame) => {
  const { socket, ended } = await bareSocket()
  socket.send(frame)
  expect(await ended).toBe(4400)
})
