/** Threads that run TypeScript: Node's own loader knows only JavaScript, and a thread does not inherit ours. */
import { createRequire } from 'node:module'
import { Worker, type WorkerOptions } from 'node:worker_threads'

const bootstrap = `
const { workerData } = require('node:worker_threads')
const { register } = require(workerData.loader)
register()
import(workerData.entry)
`

/**
 * Starts `entry` (a TypeScript module) on a thread of its own. It finds `options` in `workerData.options`.
 * Failures of loading arrive as the worker's `error` event.
 */
export function startThread(entry: URL, options: unknown, limits?: WorkerOptions['resourceLimits']): Worker {
  return new Worker(bootstrap, {
    eval: true,
    workerData: { loader: loaderPath, entry: entry.href, options },
    resourceLimits: limits,
  })
}

const loaderPath = createRequire(import.meta.url).resolve('tsx/esm/api')
