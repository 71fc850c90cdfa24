/** The thread that PGlite runs on. It says `ready` once it serves, and ends when told `stop`. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { EmbeddedPostgresOptions } from './embedded-postgres.ts'

const options: EmbeddedPostgresOptions = workerData.options
const db = await PGlite.create(options.dataFolder, { extensions: { pg_trgm } })
const server = new PGLiteSocketServer({
  db,
  path: options.socketPath,
  // One is in use; a second may come before the first has said goodbye.
  maxConnections: 2,
})
await server.start()

parentPort?.on('message', async () => {
  await server.stop()
  await db.close()
  process.exit(0)
})
parentPort?.postMessage('ready')
