/** Starts the server that is measured, on a PostgreSQL of its own that keeps what it acknowledges (fsync on). */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startPostgres, templateDatabase } from '#tests/factories/postgres.ts'

const entry = fileURLToPath(new URL('./server-process.ts', import.meta.url))

const ready = z.object({ url: z.string(), rooms: z.array(z.string()), token: z.string() })
const use = z.object({ cpuMs: z.number(), residentBytes: z.number(), heapBytes: z.number() })

/** Where it is, the rooms of its notes, and a token of somebody who may write in all of them. */
export type BenchServerReady = z.infer<typeof ready>
/** What the process has used since its start, and holds now, after a garbage collection. */
export type BenchServerUse = z.infer<typeof use>

/** A running server to be measured. */
export interface BenchServer extends BenchServerReady {
  readonly pid: number
  /** Of its database. */
  readonly databaseUrl: string
  use(): Promise<BenchServerUse>
  stop(): Promise<void>
}

/** Limits on how often somebody may ask would measure the limits. */
const noLimits = {
  POSTIL_MAX_MESSAGES_PER_SECOND: '0',
  POSTIL_MAX_CONNECTIONS_PER_PERSON: '0',
  POSTIL_MAX_REQUESTS_PER_MINUTE: '0',
  POSTIL_MAX_MESSAGE_BYTES: String(8 * 1024 * 1024),
  POSTIL_MAX_NOTE_BYTES: String(8 * 1024 * 1024),
}

/** Starts it with `notes` notes, on the database that `settings` name or on one of its own; `node` are further arguments of its Node process, `settings` of its environment. */
export async function startBenchServer(
  notes: number,
  { node = [], settings = {} }: { node?: readonly string[]; settings?: Record<string, string> } = {},
): Promise<BenchServer> {
  const postgres = settings.DATABASE_URL ? null : await startPostgres({ isDurable: true })
  const dataDir = await mkdtemp(path.join(tmpdir(), 'postil-bench-'))
  const host = encodeURIComponent(postgres?.socketFolder ?? '')
  const databaseUrl =
    settings.DATABASE_URL ?? `postgresql://postgres@localhost/${templateDatabase}?host=${host}`
  const child = fork(entry, [String(notes)], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      POSTIL_DATA_DIR: dataDir,
      POSTIL_LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      NEXTAUTH_SECRET: 'a secret for measuring, of 32 letters',
      ...noLimits,
      ...settings,
    },
    execArgv: ['--import', 'tsx', '--expose-gc', ...node],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ...ready.parse(await nextMessage(child)),
    pid: child.pid ?? 0,
    databaseUrl,
    async use() {
      const answer = nextMessage(child)
      child.send('use')
      return use.parse(await answer)
    },
    async stop() {
      child.kill('SIGTERM')
      await gone
      await postgres?.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}
