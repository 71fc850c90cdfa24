/**
 * The product as a newcomer starts it: `npm run demo` on a free port with a data folder of its own, once for the
 * run. Vitest's global setup.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demo serves, without a trailing slash. */
    demoUrl: string
    /** Its data folder, for the command line beside it. */
    demoDataDir: string
  }
}

/** Starts the demo; returns what stops it. */
export async function setup(project: TestProject) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'postil-e2e-'))
  const demo = await startDemo({ POSTIL_DATA_DIR: dataDir, PORT: '0' })
  project.provide('demoUrl', demo.url)
  project.provide('demoDataDir', dataDir)
  return async () => {
    await demo.stop('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** A demo in a process of its own. */
export interface RunningDemo {
  readonly url: string
  /** Every line it printed so far. */
  readonly lines: readonly string[]
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Runs the demo with these settings until it says that it is ready. Throws with what it printed when it ends before. */
export async function startDemo(settings: Record<string, string>): Promise<RunningDemo> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/demo.ts'], {
    env: { ...process.env, POSTIL_MAX_REQUESTS_PER_MINUTE: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const ready = /^Postil is ready at (\S+)$/.exec(line)
      if (ready?.[1]) resolve(ready[1])
    })
    void ended.then(() => reject(new Error(`the demo ended before it was ready:\n${lines.join('\n')}`)))
  })
  return {
    url,
    lines,
    async stop(signal) {
      child.kill(signal)
      await ended
    },
  }
}
