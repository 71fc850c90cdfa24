/**
 * Work in a thread of its own, bounded in time and memory, so that a large or hostile file slows down nobody else. No
 * thread does a second piece of work. Starting one takes longer than reading a short file, so that after the first
 * piece of a kind another thread stands by for the next, for a while.
 */
import type { Worker } from 'node:worker_threads'
import { AppError } from '#domain/app-error.ts'
import { startThread } from '../start-thread.ts'

const MAX_MEMORY_MB = 1024
const STANDS_BY_MS = 300_000

export interface ThreadBounds {
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
  readonly timeoutMs: number
  readonly maxMemoryMb?: number
}

/** What may be done about a message of the thread. */
export interface ThreadTalk<Result> {
  resolve(result: Result): void
  reject(reason: unknown): void
  send(message: unknown): void
}

/**
 * Runs the module `entry`, which hears `request` as its first message, until `onMessage` resolves or rejects. Rejects with AppError `unprocessable`
 * when it takes too long or too much memory, and with what `onMessage` throws.
 */
export function runBounded<Message, Result>(
  entry: URL,
  request: unknown,
  { signal, timeoutMs, maxMemoryMb = MAX_MEMORY_MB }: ThreadBounds,
  onMessage: (message: Message, talk: ThreadTalk<Result>) => void | Promise<void>,
): Promise<Result> {
  if (signal?.aborted) return Promise.reject(signal.reason)
  const worker = takeThread(entry, maxMemoryMb)
  worker.postMessage(request)
  return new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new AppError('unprocessable', 'This file takes too long to read.')),
      timeoutMs,
    )
    const abort = () => reject(signal?.reason)
    const talk = { resolve, reject, send: (message: unknown) => worker.postMessage(message) }
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: Message) => {
      Promise.resolve(onMessage(message, talk)).catch(reject)
    })
    worker.on('error', (error) => reject(toError(error)))
    worker.on('exit', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      reject(new Error('The import thread ended without an answer.'))
    })
  }).finally(() => {
    standBy(entry)
    return worker.terminate()
  })
}

/** The thread that stands by for each module. */
const standingBy = new Map<string, Worker>()

function takeThread(entry: URL, maxMemoryMb: number): Worker {
  const ready = maxMemoryMb === MAX_MEMORY_MB ? standingBy.get(entry.href) : undefined
  if (!ready) return startThread(entry, null, { maxOldGenerationSizeMb: maxMemoryMb })
  standingBy.delete(entry.href)
  ready.removeAllListeners()
  ready.ref()
  return ready
}

/** One that cannot even start is no loss yet: the next piece of work starts its own, and says why that fails. */
function standBy(entry: URL): void {
  if (standingBy.has(entry.href)) return
  const worker = startThread(entry, null, { maxOldGenerationSizeMb: MAX_MEMORY_MB })
  standingBy.set(entry.href, worker)
  worker.unref()
  const dismiss = () => {
    if (standingBy.get(entry.href) !== worker) return
    standingBy.delete(entry.href)
    void worker.terminate()
  }
  worker.once('error', dismiss)
  worker.once('exit', dismiss)
  setTimeout(dismiss, STANDS_BY_MS).unref()
}

function toError(error: unknown): unknown {
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isOutOfMemory ? new AppError('unprocessable', 'This file takes too much memory to read.') : error
}
