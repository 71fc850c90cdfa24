/** A file that is brought in, before anything of it is stored. */
import { AppError } from '#domain/app-error.ts'
import { MAX_FILE_BYTES } from '../import/decode-text.ts'
import { importInWorker } from '../import/import-in-worker.ts'
import type { ImportedSource, ImportRequest as SourceRequest } from '../import/import-source.ts'
import type { ImportRequest } from './contracts/documents.ts'

/** How much of the whole is done at each stage of reading the file; the rest is writing. */
const stageShares = { reading: 0.05, placing: 0.3, done: 0.4 } as const

/** How much of the whole is done once the file is read. */
export const readShare = stageShares.done

type SourceFile = Omit<ImportRequest, 'properties'>

/** Throws `too-large` for more than can be brought in. */
export function requireFileSize({ bytes }: Pick<SourceFile, 'bytes'>): void {
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('too-large', 'This file is larger than 50 MB.')
}

/** SHA-256 in hex, away from the serving thread: the file may be large. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Buffer.from(digest).toString('hex')
}

/** The last part of a path, without what no file name has; undefined when nothing is left. */
export function toFileName(fileName: string | undefined): string | undefined {
  const name = (fileName ?? '')
    .replace(/^.*[/\\]/, '')
    .replace(/\p{Cc}+/gu, '')
    .trim()
  return name === '' ? undefined : name.slice(-255)
}

/** Reads the file in a thread of its own; `overrides` go before what the file says of itself. */
export function readSourceFile(
  { bytes, format, fileName, contentType, repairs, signal, onProgress }: SourceFile,
  overrides: SourceRequest['overrides'] = {},
): Promise<ImportedSource> {
  return importInWorker(
    { bytes, format, fileName, contentType, repairs, overrides },
    { signal, onProgress: (stage, share = 0) => onProgress?.(toShare(stage, share)) },
  )
}

function toShare(stage: keyof typeof stageShares, share: number): number {
  const { reading, placing } = stageShares
  return stageShares[stage] + (stage === 'reading' ? (placing - reading) * share : 0)
}
