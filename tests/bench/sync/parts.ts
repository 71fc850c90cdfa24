/** The parts of the bench: each fills and loads a server of its own, and prints a table. */
import { setTimeout as passes } from 'node:timers/promises'
import { Client } from 'pg'
import { updateFrame } from '#server/sync/frames.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import { gatherCrowd } from './crowd.ts'
import { type Connected, comeIn, connectPeople, measure, type Scenario } from './load.ts'
import { encodeLongNote } from './long-note.ts'

const seconds = 5
const kilobyte = 1_024

const scenarios: readonly Scenario[] = [
  { name: 'one room of 20', rooms: 1, clients: 20, writers: 20, updatesPerSecond: 400 },
  { name: '100 readers, 10 of them writing', rooms: 1, clients: 100, writers: 10, updatesPerSecond: 200 },
  { name: '100 rooms of 2', rooms: 100, clients: 2, writers: 2, updatesPerSecond: 400 },
  {
    name: 'class of 40, with carets',
    rooms: 1,
    clients: 40,
    writers: 40,
    updatesPerSecond: 120,
    carets: true,
  },
]

/** CPU for an update, and how long it takes to reach the others. */
export async function updates(): Promise<void> {
  const server = await startBenchServer(120)
  const rows = []
  let next = 0
  for (const scenario of scenarios) {
    rows.push(await measure(server, server.rooms.slice(next, next + scenario.rooms), scenario, seconds))
    next += scenario.rooms
  }
  console.table(rows)
  await server.stop()
}

/** CPU for somebody who comes to a note of 1 MB and has nothing of it. */
export async function fresh(): Promise<void> {
  const newcomers = 50
  const server = await startBenchServer(1)
  const room = server.rooms[0] ?? ''
  const author = await writeNote(server, room, 1_024 * kilobyte)
  // Until what is derived of it is stored, which no newcomer costs.
  await passes(3_000)
  const before = await server.use()
  for (let count = 0; count < newcomers; count++) (await comeIn(server, room)).leave()
  const after = await server.use()
  author.leave()
  console.table([{ 'ms of CPU for a newcomer to 1 MB': round((after.cpuMs - before.cpuMs) / newcomers) }])
  await server.stop()
}

/** A thousand people lose their connections and come back at once, while two others type. */
export async function reconnects(): Promise<void> {
  const server = await startBenchServer(2)
  const [crowded = '', calm = ''] = server.rooms
  const typing = { name: 'two who type', rooms: 1, clients: 2, writers: 2, updatesPerSecond: 100 }
  const alone = await measure(server, [calm], typing, seconds)
  const first = await gatherCrowd(server, crowded, 1_000)
  await first.come()
  const again = await gatherCrowd(server, crowded, 1_000)
  let back = 0
  const comeBack = async () => {
    first.leave()
    back = await again.come()
  }
  const meanwhile = { ...typing, name: 'the same while 1,000 come back' }
  const row = await measure(server, [calm], meanwhile, seconds, comeBack)
  again.leave()
  console.table([alone, { ...row, 's until all are back': round(back / 1_000) }])
  await server.stop()
}

/** What connections and open notes hold, and what is left of notes that everyone has left. */
export async function memory(): Promise<void> {
  const connections = 1_000
  const notes = 100
  const server = await startBenchServer(notes + 1)
  const [lobby = '', ...rooms] = server.rooms
  // Once before, so that what is made for the first only is not counted.
  for (const person of await connectPeople(server, [lobby], 50)) person.leave()
  const atFirst = await server.use()
  const idle = await connectPeople(server, [lobby], connections)
  const connected = await server.use()
  for (const person of idle) person.leave()
  const readers: Connected[] = []
  const empty = await server.use()
  for (const room of rooms) readers.push(await writeNote(server, room, 50 * kilobyte))
  const loaded = await server.use()
  for (const reader of readers) reader.leave()
  await passes(60_000)
  const left = await server.use()
  const each = (more: typeof left, less: typeof left, count: number) => ({
    'kB resident': round((more.residentBytes - less.residentBytes) / kilobyte / count),
    'kB of objects': round((more.heapBytes - less.heapBytes) / kilobyte / count),
  })
  console.table({
    'a connection': each(connected, atFirst, connections),
    'an open note of 50 kB': each(loaded, empty, notes),
    'the same, a minute after everyone has left': each(left, empty, notes),
  })
  await server.stop()
}

/** CPU for an update when more and more was written before, elsewhere. */
export async function stored(): Promise<void> {
  const server = await startBenchServer(2)
  const [room = '', elsewhere = ''] = server.rooms
  const database = new Client({ connectionString: server.databaseUrl })
  await database.connect()
  const rows = []
  for (const count of [100, 10_000, 1_000_000]) {
    await database.query(
      `INSERT INTO "NoteUpdate" ("noteId", "update") SELECT $1, '\\x0000' FROM generate_series(1, $2::int - (SELECT count(*) FROM "NoteUpdate")::int)`,
      [elsewhere.split('/').at(-1), count],
    )
    await database.query('VACUUM ANALYZE')
    const name = `${count.toLocaleString('en')} updates stored`
    const typing = { name, rooms: 1, clients: 5, writers: 5, updatesPerSecond: 200 }
    rows.push(await measure(server, [room], typing, seconds))
  }
  console.table(rows)
  await database.end()
  await server.stop()
}

/** Somebody comes in and writes a note of so many bytes; resolves once everyone who comes gets it. */
async function writeNote(server: BenchServer, room: string, bytes: number): Promise<Connected> {
  let isThere = () => {}
  const saved = new Promise<void>((resolve) => {
    isThere = resolve
  })
  const reader = await comeIn(server, room, () => isThere())
  const author = await comeIn(server, room)
  author.socket.send(updateFrame(encodeLongNote(bytes)))
  await saved
  reader.leave()
  return author
}

const round = (value: number) => Math.round(value * 10) / 10
