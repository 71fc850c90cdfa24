/** Threads that run TypeScript: Node's own loader knows only JavaScript, and a thread does not inherit ours. */
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts `entry` (a TypeScript module) on a thread of its own. It finds `options` in `workerData.options`.
 * Failures of loading arrive as the worker's `error` event.
 */
export function startThread(entry: URL, options: unknown, limits?: WorkerOptions['resourceLimits']): Worker {
  return new Worker(new URL('./thread-entry.mjs', import.meta.url), {
    execArgv: [],
    workerData: { entry: entry.href, options },
    resourceLimits: limits,
  })
}
