/**
 * What two servers carry of what one does. On one side two servers that know nothing of each other, each with a load of
 * its own; on the other two that share a database and a Redis, with both loads together, and with the people of every
 * room spread over both. So both sides do the same work on a machine that is equally busy, by turns and three times
 * over, after a minute in which the programs are compiled.
 *
 * Prints the CPU that a server used per update of the whole load, medians and in brackets the spread. A server is one
 * thread, so that what it can carry is the inverse of that; the last column is what two carry of one, by the busier of
 * the two. Where a room is two people, one on each, both servers have each update to look at.
 * `npx tsx tests/bench/sync/two-servers.ts`
 */
import { startRedis } from '#tests/factories/redis.ts'
import { startBenchServer } from './bench-server.ts'
import { measure, type Scenario } from './load.ts'

/** The load of one server. Where there is one room, twice the load is twice the writing in it. */
const scenarios: readonly Scenario[] = [
  { name: '200 readers, 4 of them writing', rooms: 1, clients: 200, writers: 4, updatesPerSecond: 200 },
  { name: '100 readers, 10 of them writing', rooms: 1, clients: 100, writers: 10, updatesPerSecond: 500 },
  { name: 'one room of 20', rooms: 1, clients: 20, writers: 20, updatesPerSecond: 1_000 },
  { name: 'rooms of 5', rooms: 25, clients: 5, writers: 5, updatesPerSecond: 1_000 },
  { name: 'rooms of 2', rooms: 50, clients: 2, writers: 2, updatesPerSecond: 1_000 },
]
const rounds = 3
const seconds = 6
const warmingSeconds = 15
const twice = (scenario: Scenario): Scenario => ({
  ...scenario,
  rooms: scenario.rooms === 1 ? 1 : 2 * scenario.rooms,
  updatesPerSecond: 2 * scenario.updatesPerSecond,
})
const notes = scenarios.reduce((sum, scenario) => sum + twice(scenario).rooms, 0)

const redis = await startRedis()
const settings = { REDIS_URL: redis.url }
const alone = [await startBenchServer(notes), await startBenchServer(notes)]
const first = await startBenchServer(notes, { settings })
const second = await startBenchServer(0, { settings: { ...settings, DATABASE_URL: first.databaseUrl } })
const together = { ...first, others: [second] }

/** Where the rooms of a scenario begin. */
const startOf = (scenario: Scenario) =>
  scenarios.slice(0, scenarios.indexOf(scenario)).reduce((sum, each) => sum + twice(each).rooms, 0)

async function runAlone(scenario: Scenario, forSeconds: number) {
  const start = startOf(scenario)
  const rows = await Promise.all(
    alone.map((server) =>
      measure(server, server.rooms.slice(start, start + scenario.rooms), scenario, forSeconds),
    ),
  )
  const micros = rows.map((row) => Number(row['µs of CPU per update']))
  return micros.reduce((sum, each) => sum + each, 0) / micros.length
}

async function runTogether(scenario: Scenario, forSeconds: number) {
  const start = startOf(scenario)
  const both = twice(scenario)
  const row = await measure(together, first.rooms.slice(start, start + both.rooms), both, forSeconds)
  return {
    micros: Math.max(Number(row['µs of CPU per update']), Number(row['of the other'])),
    p99: Number(row['p99 ms']),
  }
}

for (const scenario of scenarios) {
  await runAlone(scenario, warmingSeconds)
  await runTogether(scenario, warmingSeconds)
}
const table: Record<string, string>[] = []
for (const scenario of scenarios) {
  const ones: number[] = []
  const busier: number[] = []
  const carried: number[] = []
  const waits: number[] = []
  for (let round = 0; round < rounds; round++) {
    const one = await runAlone(scenario, seconds)
    const { micros, p99 } = await runTogether(scenario, seconds)
    ones.push(one)
    busier.push(micros)
    carried.push(Number((one / micros).toFixed(2)))
    waits.push(p99)
  }
  table.push({
    scenario: scenario.name,
    'updates/s of two': String(twice(scenario).updatesPerSecond),
    'one alone: µs': spread(ones),
    'busier of two: µs': spread(busier),
    'p99 ms of two': spread(waits),
    'two carry, of one': spread(carried),
  })
}
console.table(table)
await second.stop()
for (const server of [first, ...alone]) await server.stop()
await redis.stop()
process.exit(0)

/** The median, and the least and the greatest. */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return `${sorted[Math.floor(sorted.length / 2)]} [${sorted[0]}–${sorted.at(-1)}]`
}
