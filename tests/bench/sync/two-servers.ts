/**
 * What two servers carry of what one does: the same load on one server alone, and on two that share a database and a
 * Redis, with the people of every room spread over both. Prints the CPU that each server used per update. A server is
 * one thread, so that what it can carry is the inverse of that; the ratio in the last column is what two carry of one,
 * as far as the machine is not busy with something else, and at this pace: what a save costs whatever is in it weighs
 * twice with two servers, and less the more is written. `npx tsx tests/bench/sync/two-servers.ts`
 */
import { startRedis } from '#tests/factories/redis.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import { measure, type Scenario } from './load.ts'

const scenarios: readonly Scenario[] = [
  { name: 'one room of 20', rooms: 1, clients: 20, writers: 20, updatesPerSecond: 400 },
  { name: '100 readers, 10 of them writing', rooms: 1, clients: 100, writers: 10, updatesPerSecond: 200 },
  { name: '50 rooms of 5', rooms: 50, clients: 5, writers: 5, updatesPerSecond: 500 },
  { name: '100 rooms of 2', rooms: 100, clients: 2, writers: 2, updatesPerSecond: 400 },
]
const seconds = 5
const notes = scenarios.reduce((sum, { rooms }) => sum + 2 * rooms, 0)

const redis = await startRedis()
const settings = { REDIS_URL: redis.url }
const alone = await startBenchServer(notes)
const first = await startBenchServer(notes, { settings })
const second = await startBenchServer(0, { settings: { ...settings, DATABASE_URL: first.databaseUrl } })

const table: Record<string, string | number>[] = []
let nextRoom = 0
for (const scenario of scenarios) {
  const rooms = (server: BenchServer) => server.rooms.slice(nextRoom, nextRoom + scenario.rooms)
  const one = await measure(alone, rooms(alone), scenario, seconds)
  const two = await measure({ ...first, others: [second] }, rooms(first), scenario, seconds)
  const here = Number(two['µs of CPU per update'])
  const there = Number(two['of the other'])
  table.push({
    scenario: scenario.name,
    'one server: µs': one['µs of CPU per update'] ?? '',
    'p99 ms': one['p99 ms'] ?? '',
    'two: first µs': here,
    'second µs': there,
    'p99 ms of two': two['p99 ms'] ?? '',
    'two carry, of one': (Number(one['µs of CPU per update']) / Math.max(here, there)).toFixed(2),
  })
  nextRoom += scenario.rooms
}
console.table(table)
await second.stop()
await first.stop()
await alone.stop()
await redis.stop()
process.exit(0)
