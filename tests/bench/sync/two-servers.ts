/**
 * What two servers carry of what one does: the same load on one server alone, and on two that share a database and a
 * Redis, with the people of every room spread over both, by turns and three times over, after a minute in which the
 * programs are compiled. Prints the CPU that each server used per update, medians and in brackets the spread. A server
 * is one thread, so that what it can carry is the inverse of that; the last column is what two carry of one, by the
 * busier of the two. Where a room is two people, one on each, both servers have each update to look at.
 * `npx tsx tests/bench/sync/two-servers.ts`
 */
import { startRedis } from '#tests/factories/redis.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import { measure, type Scenario, type Target } from './load.ts'

const scenarios: readonly Scenario[] = [
  { name: '200 readers, 4 of them writing', rooms: 1, clients: 200, writers: 4, updatesPerSecond: 400 },
  { name: '100 readers, 10 of them writing', rooms: 1, clients: 100, writers: 10, updatesPerSecond: 1_000 },
  { name: 'one room of 20', rooms: 1, clients: 20, writers: 20, updatesPerSecond: 2_000 },
  { name: '50 rooms of 5', rooms: 50, clients: 5, writers: 5, updatesPerSecond: 2_000 },
  { name: '100 rooms of 2', rooms: 100, clients: 2, writers: 2, updatesPerSecond: 2_000 },
]
const rounds = 3
const seconds = 6
const warmingSeconds = 15
const notes = scenarios.reduce((sum, { rooms }) => sum + rooms, 0)

const redis = await startRedis()
const settings = { REDIS_URL: redis.url }
const alone = await startBenchServer(notes)
const first = await startBenchServer(notes, { settings })
const second = await startBenchServer(0, { settings: { ...settings, DATABASE_URL: first.databaseUrl } })
const two = { ...first, others: [second] }

const table: Record<string, string>[] = []
const run = (server: BenchServer & Target, scenario: Scenario, forSeconds: number) => {
  const at = scenarios.slice(0, scenarios.indexOf(scenario)).reduce((sum, { rooms }) => sum + rooms, 0)
  return measure(server, server.rooms.slice(at, at + scenario.rooms), scenario, forSeconds)
}
for (const scenario of scenarios)
  await Promise.all([alone, two].map((server) => run(server, scenario, warmingSeconds)))
for (const scenario of scenarios) {
  const ones: number[] = []
  const busier: number[] = []
  const carried: number[] = []
  const waits: number[] = []
  for (let round = 0; round < rounds; round++) {
    const one = Number((await run(alone, scenario, seconds))['µs of CPU per update'])
    const row = await run(two, scenario, seconds)
    const more = Math.max(Number(row['µs of CPU per update']), Number(row['of the other']))
    ones.push(one)
    busier.push(more)
    carried.push(Number((one / more).toFixed(2)))
    waits.push(Number(row['p99 ms']))
  }
  table.push({
    scenario: scenario.name,
    'updates/s': String(scenario.updatesPerSecond),
    'one server: µs': spread(ones),
    'busier of two: µs': spread(busier),
    'p99 ms of two': spread(waits),
    'two carry, of one': spread(carried),
  })
}
console.table(table)
await second.stop()
await first.stop()
await alone.stop()
await redis.stop()
process.exit(0)

/** The median, and the least and the greatest. */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return `${sorted[Math.floor(sorted.length / 2)]} [${sorted[0]}–${sorted.at(-1)}]`
}
