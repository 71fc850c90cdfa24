/**
 * Serves for a load generator that is not this one: starts the server that is measured, writes the names of its rooms
 * to a file, one a line, and prints its address and process until it is interrupted.
 * `tsx tests/bench/sync/serve.ts ROOMS-FILE [NOTES] [further arguments of Node…]`
 */
import { writeFile } from 'node:fs/promises'
import { startBenchServer } from './bench-server.ts'

const [file, notes = '300', ...node] = process.argv.slice(2)
if (!file) throw new Error('usage: serve.ts ROOMS-FILE [NOTES]')
const server = await startBenchServer(Number(notes), { node })
await writeFile(file, `${server.rooms.join('\n')}\n`)
const { url, token, pid } = server
console.log(JSON.stringify({ url: `${url.replace('http', 'ws')}/sync/ROOM?token=${token}`, pid }))
process.on('SIGINT', () => void server.stop().then(() => process.exit(0)))
