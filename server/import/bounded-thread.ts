/** Work in a thread of its own, bounded in time and memory, so that a large or hostile file slows down nobody else. */
import { AppError } from '#domain/app-error.ts'
import { startThread } from '../start-thread.ts'

const MAX_MEMORY_MB = 1024

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
 * Runs the module `entry` with `request` until `onMessage` resolves or rejects. Rejects with AppError `unprocessable`
 * when it takes too long or too much memory, and with what `onMessage` throws.
 */
export function runBounded<Message, Result>(
  entry: URL,
  request: unknown,
  { signal, timeoutMs, maxMemoryMb = MAX_MEMORY_MB }: ThreadBounds,
  onMessage: (message: Message, talk: ThreadTalk<Result>) => void | Promise<void>,
): Promise<Result> {
  if (signal?.aborted) return Promise.reject(signal.reason)
  const worker = startThread(entry, request, { maxOldGenerationSizeMb: maxMemoryMb })
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
  }).finally(() => worker.terminate())
}

function toError(error: unknown): unknown {
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isOutOfMemory ? new AppError('unprocessable', 'This file takes too much memory to read.') : error
}
