import { runBounded } from '../bounded-thread.ts'
import { fromRefusal, type RefusalAnswer } from '../import-in-worker.ts'
import type { CollectedFile, RefusedFile } from './collection.ts'
import type { CollectionRequest } from './read-collection.ts'

const TIMEOUT_MS = 600_000

/** What the thread says. */
export type CollectionAnswer =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'file'; readonly file: CollectedFile; readonly index: number; readonly of: number }
  | { readonly kind: 'done'; readonly refused: readonly RefusedFile[] }
  | RefusalAnswer

export interface CollectionOptions {
  readonly signal?: AbortSignal
  /** Called with the share of the files that is read, 0 to 1. */
  readonly onProgress: (share: number) => void
  /** Takes one file; the next comes once this has resolved, so that one at a time is in memory here. */
  readonly onFile: (file: CollectedFile, place: { index: number; of: number }) => Promise<void>
}

/** `readCollection` in a thread of its own; resolves with what was refused once every file was taken. */
export function readCollectionInWorker(
  request: CollectionRequest,
  { signal, onProgress, onFile }: CollectionOptions,
): Promise<readonly RefusedFile[]> {
  const entry = new URL('./collection-worker.ts', import.meta.url)
  return runBounded<CollectionAnswer, readonly RefusedFile[]>(
    entry,
    request,
    { signal, timeoutMs: TIMEOUT_MS },
    async (answer, { resolve, reject, send }) => {
      switch (answer.kind) {
        case 'progress':
          return onProgress(answer.share)
        case 'file':
          await onFile(answer.file, answer)
          return send('next')
        case 'done':
          return resolve(answer.refused)
        case 'refused':
          return reject(fromRefusal(answer))
      }
    },
  )
}
