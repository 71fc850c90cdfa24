/** Starts server processes that a test may kill. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const entry = fileURLToPath(new URL('./server-process.ts', import.meta.url))

const ready = z.object({
  url: z.string(),
  /** A co-written note, and a token for each of the two who write in it. */
  world: z.object({ noteId: z.string(), tokens: z.tuple([z.string(), z.string()]) }).nullable(),
})

/** A server in a process of its own. */
export interface KillableServer extends z.infer<typeof ready> {
  /** Sets its clock so far ahead of this machine's; below zero: behind. */
  setClockAhead(ms: number): void
  /** Kills it without a word (SIGKILL), and resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a server; `env` are its settings. Rejects when it ends before it can serve. */
export async function startKillableServer(
  env: Record<string, string>,
  argument: 'makeWorld' | null = null,
): Promise<KillableServer> {
  const child = fork(entry, argument ? [argument] : [], {
    env: { ...process.env, ...env },
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ...(await untilReady(child)),
    setClockAhead: (ms) => void child.send({ clockAheadMs: ms }),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

function untilReady(child: ChildProcess): Promise<z.infer<typeof ready>> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(ready.parse(message)))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it could serve`)))
  })
}
