/**
 * What the sync server costs, alone, with everything switched on (log on a durable PostgreSQL, rights, schema check):
 * prints tables and asserts nothing. CPU is the server process's own; PostgreSQL is a process beside it. Compare only
 * rows of one run: `npx tsx tests/bench/sync/bench.ts [updates] [fresh] [reconnects] [memory] [stored]`
 */
import { loadavg } from 'node:os'
import { fresh, memory, reconnects, stored, updates } from './parts.ts'

const parts = { updates, fresh, reconnects, memory, stored }
const wanted = process.argv.slice(2)
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`${name} (load of this machine before it: ${loadavg()[0]?.toFixed(1)})`)
  await run()
}
process.exit(0)
