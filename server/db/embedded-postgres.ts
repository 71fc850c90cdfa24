/**
 * PostgreSQL without a PostgreSQL: PGlite on a thread of its own, behind a Unix socket.
 *
 * It runs on its own thread because WebAssembly is synchronous: a query on the serving thread would stall
 * everyone's typing. All its connections are one session, and it takes their messages one by one as they come: the
 * unnamed statement that one connection parsed is bound by another. So it is given one connection at a time.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startThread } from '../start-thread.ts'

/** A running embedded database. */
export interface EmbeddedPostgres {
  /** Folder of its Unix socket, to be given as `host`; the port is always 5432. */
  readonly socketFolder: string
  stop(): Promise<void>
}

/** What the thread is told when it starts. */
export interface EmbeddedPostgresOptions {
  readonly dataFolder: string
  readonly socketPath: string
}

/**
 * Starts the database whose files are in `dataFolder`; the caller owns that folder. The socket lies in a fresh
 * folder of the system's temporary one, since socket paths may have only about 100 bytes.
 */
export async function startEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const socketFolder = await mkdtemp(path.join(tmpdir(), 'postil-'))
  const options: EmbeddedPostgresOptions = {
    dataFolder,
    socketPath: path.join(socketFolder, '.s.PGSQL.5432'),
  }
  const worker = startThread(new URL('./embedded-postgres-worker.ts', import.meta.url), options)
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the embedded database ended with code ${code}`)))
  })
  return {
    socketFolder,
    async stop() {
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('stop')
      await ended
      await rm(socketFolder, { recursive: true, force: true })
    },
  }
}
