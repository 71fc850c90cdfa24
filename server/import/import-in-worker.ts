/** Imports off the serving thread, so that a large or hostile file slows down nobody else. */
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import { runBounded, type ThreadBounds } from './bounded-thread.ts'
import type { ImportedSource, ImportRequest, ImportStage } from './import-source.ts'

const TIMEOUT_MS = 120_000

/** What the thread says. */
export type ImportAnswer =
  | { readonly kind: 'stage'; readonly stage: ImportStage; readonly share?: number }
  | { readonly kind: 'imported'; readonly result: ImportedSource }
  | RefusalAnswer

/** An AppError on its way between threads. */
export interface RefusalAnswer {
  readonly kind: 'refused'
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface ImportInWorkerOptions extends Partial<ThreadBounds> {
  /** Of the stage `reading`, some formats tell the share that is done, 0 to 1. */
  readonly onProgress?: (stage: ImportStage, share?: number) => void
}

/**
 * `importSource` in a thread of its own with bounded memory and time. Rejects with the AppError of `importSource`,
 * or `unprocessable` when the file takes too long or too much memory.
 */
export function importInWorker(
  request: ImportRequest,
  { onProgress, timeoutMs = TIMEOUT_MS, ...bounds }: ImportInWorkerOptions = {},
): Promise<ImportedSource> {
  const entry = new URL('./import-worker.ts', import.meta.url)
  return runBounded<ImportAnswer, ImportedSource>(
    entry,
    request,
    { ...bounds, timeoutMs },
    (answer, { resolve, reject }) => {
      if (answer.kind === 'stage') onProgress?.(answer.stage, answer.share)
      else if (answer.kind === 'imported') resolve(answer.result)
      else reject(fromRefusal(answer))
    },
  )
}

/** The AppError that the thread threw. */
export function fromRefusal({ code, message, details }: RefusalAnswer): AppError {
  return new AppError(code, message, details)
}
