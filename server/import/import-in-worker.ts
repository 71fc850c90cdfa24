/** Imports off the serving thread, so that a large or hostile file slows down nobody else. */
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import { startThread } from '../start-thread.ts'
import type { ImportedSource, ImportRequest, ImportStage } from './import-source.ts'

const TIMEOUT_MS = 120_000
const MAX_MEMORY_MB = 1024

/** What the thread says. */
export type ImportAnswer =
  | { readonly kind: 'stage'; readonly stage: ImportStage; readonly share?: number }
  | { readonly kind: 'imported'; readonly result: ImportedSource }
  | {
      readonly kind: 'refused'
      readonly code: ErrorCode
      readonly message: string
      readonly details: Readonly<Record<string, unknown>>
    }

export interface ImportInWorkerOptions {
  /** Ends the import; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
  /** Of the stage `reading`, some formats tell the share that is done, 0 to 1. */
  readonly onProgress?: (stage: ImportStage, share?: number) => void
  readonly timeoutMs?: number
  readonly maxMemoryMb?: number
}

/**
 * `importSource` in a thread of its own with bounded memory and time. Rejects with the AppError of `importSource`,
 * or `unprocessable` when the file takes too long or too much memory.
 */
export function importInWorker(
  request: ImportRequest,
  options: ImportInWorkerOptions = {},
): Promise<ImportedSource> {
  const { signal, onProgress, timeoutMs = TIMEOUT_MS, maxMemoryMb = MAX_MEMORY_MB } = options
  if (signal?.aborted) return Promise.reject(signal.reason)
  const worker = startThread(new URL('./import-worker.ts', import.meta.url), request, {
    maxOldGenerationSizeMb: maxMemoryMb,
  })
  return new Promise<ImportedSource>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new AppError('unprocessable', 'This file takes too long to read.')),
      timeoutMs,
    )
    const abort = () => reject(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (answer: ImportAnswer) => {
      if (answer.kind === 'stage') onProgress?.(answer.stage, answer.share)
      else if (answer.kind === 'imported') resolve(answer.result)
      else reject(new AppError(answer.code, answer.message, answer.details))
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
