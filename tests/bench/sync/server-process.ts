/**
 * A Postil server in a process of its own, without pages, with rooms to be loaded: what the bench measures. Its first
 * argument is how many notes it makes; it tells their rooms and a token to whoever forked it, and what it has used
 * when it is asked (any message).
 */
import { setTimeout as passes } from 'node:timers/promises'
import { readConfig } from '#server/config.ts'
import { startServer } from '#server/start-server.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aToken } from '#tests/factories/person.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { aThread } from '#tests/factories/thread.ts'
import type { BenchServerReady, BenchServerUse } from './bench-server.ts'

const { url, services, close } = await startServer(readConfig(), null)
const { admin, reader, group } = await aReadingRoom(services)
const { id: documentId } = await aDocument(services, admin)
const layerId = group.layers.find(({ kind }) => kind === 'discussion')?.id ?? ''
const rooms: string[] = []
for (let count = Number(process.argv[2] ?? 1); count > 0; count--) {
  const { id } = await aThread(services, reader, { documentId, layerId, coWritten: true, note: 'Begun.' })
  rooms.push(`note/${id}`)
}
const ready: BenchServerReady = { url, rooms, token: await aToken(services, reader) }
process.send?.(ready)
/** Collecting garbage in order to answer is no part of what is measured. */
let lookingMs = 0
process.on('message', async () => {
  const asked = cpuMs()
  globalThis.gc?.()
  // Buffers that nothing holds are given back beside the program, and count until the next collection after that.
  await passes(100)
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  const use: BenchServerUse = {
    cpuMs: asked - lookingMs,
    residentBytes: rss,
    heapBytes: heapUsed + external,
  }
  process.send?.(use)
  lookingMs += cpuMs() - asked
})
process.on('SIGTERM', () => void close().then(() => process.exit(0)))

/** What the process has used since its start. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
