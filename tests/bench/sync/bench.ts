/**
 * What the sync server costs, alone: prints a table of its CPU per update and of how long updates took to reach the
 * others, everything switched on (log on a durable PostgreSQL, rights, schema check). CPU is the server process's own;
 * PostgreSQL is a process beside it. Compare only rows of one run: `npx tsx tests/bench/sync/bench.ts`
 */
import { Client } from 'pg'
import { startBenchServer } from './bench-server.ts'
import { connectPeople, measure, type Scenario } from './load.ts'

const scenarios: readonly Scenario[] = [
  { name: 'one room of 20', rooms: 1, clients: 20, writers: 20, updatesPerSecond: 400 },
  { name: '100 readers, 10 of them writing', rooms: 1, clients: 100, writers: 10, updatesPerSecond: 200 },
  { name: '100 rooms of 2', rooms: 100, clients: 2, writers: 2, updatesPerSecond: 400 },
  {
    name: 'class of 40 with carets',
    rooms: 1,
    clients: 40,
    writers: 40,
    updatesPerSecond: 120,
    carets: true,
  },
]
const storedUpdates = [100, 10_000, 1_000_000]
const seconds = 5

const server = await startBenchServer(120)
const rows: Record<string, string | number>[] = []
let nextRoom = 0
for (const scenario of scenarios) {
  rows.push(await measure(server, server.rooms.slice(nextRoom, nextRoom + scenario.rooms), scenario, seconds))
  nextRoom += scenario.rooms
}
console.table(rows)

const before = await server.use()
const idle = await connectPeople(server, [server.rooms[nextRoom] ?? ''], 1_000)
const after = await server.use()
for (const person of idle) person.leave()
console.log(
  `memory per connection: ${((after.residentBytes - before.residentBytes) / 1_024 / 1_000).toFixed(1)} kB`,
)

const database = new Client({ connectionString: server.databaseUrl })
await database.connect()
const elsewhere = server.rooms.at(-1)?.split('/').at(-1) ?? ''
const grown: Record<string, string | number>[] = []
for (const stored of storedUpdates) {
  await database.query(
    `INSERT INTO "NoteUpdate" ("noteId", "update") SELECT $1, '\\x0000' FROM generate_series(1, $2::int - (SELECT count(*) FROM "NoteUpdate")::int)`,
    [elsewhere, stored],
  )
  const scenario = {
    name: `${stored} updates stored`,
    rooms: 1,
    clients: 5,
    writers: 5,
    updatesPerSecond: 200,
  }
  grown.push(await measure(server, [server.rooms[nextRoom] ?? ''], scenario, seconds))
}
console.table(grown)
await database.end()
await server.stop()
process.exit(0)
