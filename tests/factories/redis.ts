/** A Redis of a test file's own, on a free port, that keeps nothing on disk. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { findProgram } from './find-program.ts'
import { freePort } from './free-port.ts'

/** A running Redis. */
export interface TestRedis {
  readonly url: string
  readonly port: number
  /** Ends it without a word, connections and all. */
  halt(): Promise<void>
  /** Starts it again, empty, after `halt`. */
  resume(): Promise<void>
  /** Runs a command. */
  command(name: string, ...args: string[]): Promise<unknown>
  stop(): Promise<void>
}

/** Starts one; whoever starts it stops it. */
export async function startRedis(): Promise<TestRedis> {
  const program = findProgram('redis')
  const port = await freePort()
  const folder = mkdtempSync(path.join(tmpdir(), 'postil-redis-'))
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  // One binary is several programs, and asks by what name it was called; the path is that of the binary.
  const start = () =>
    spawn(program, [...settings, '--dir', folder], { argv0: 'redis-server', stdio: 'ignore' })
  let server = start()
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null })
  client.on('error', () => {})
  await client.ping()
  const halt = async () => {
    if (server.signalCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGKILL')
    await ended
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    halt,
    async resume() {
      server = start()
      await client.ping()
    },
    command: (name, ...args) => client.call(name, ...args),
    async stop() {
      client.disconnect()
      await halt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
