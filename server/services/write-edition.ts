/** Writes an edition piece by piece, outside of any transaction: nothing of it can be found before it is published. */
import { AppError } from '#domain/app-error.ts'
import type { Block } from '#domain/text/edition-text.ts'
import { insertBlocks, insertEdition, insertOriginalChunk } from '../db/editions.ts'
import type { ImportedSource } from '../import/import-source.ts'
import type { ServiceContext } from './context.ts'
import { givenUpAfterMs } from './unfinished-imports.ts'

const chunkBytes = 1024 * 1024
const batchBlocks = 500
const batchCharacters = 500_000

/** What an edition is made of. */
export interface EditionSource {
  /** Of the edition; made up when it is left out. */
  readonly id?: string
  readonly documentId: string
  readonly number: number
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string
  readonly fileName: string | null
  readonly contentType: string | null
  readonly createdById: string | null
  readonly imported: ImportedSource
  readonly signal?: AbortSignal
  /** Says that the edition is still being written; false when it was taken for given up and removed. */
  readonly touch: (editionId: string, now: Date) => Promise<boolean>
  /** Called with the share that is written, 0 to 1. */
  readonly onProgress?: (written: number) => void
}

/** Writes the edition, its original and its blocks; returns its id. Throws the signal's reason when it is aborted. */
export async function writeEdition(
  { database, now, newId }: ServiceContext,
  source: EditionSource,
): Promise<string> {
  const { db } = database
  const { documentId, bytes, signal, onProgress, imported, touch } = source
  const { edition } = imported
  const editionId = source.id ?? newId()
  const batches = toBatches(edition.blocks)
  const steps = Math.ceil(bytes.length / chunkBytes) + batches.length
  let taken = 0
  let touchedAt = now()
  const step = async (write: () => Promise<void>) => {
    signal?.throwIfAborted()
    if (now() - touchedAt > givenUpAfterMs / 10) {
      touchedAt = now()
      if (!(await touch(editionId, new Date(touchedAt)))) throw takenForGivenUp()
    }
    await write()
    taken += 1
    onProgress?.(taken / steps)
  }

  signal?.throwIfAborted()
  await insertEdition(db, {
    id: editionId,
    documentId,
    number: source.number,
    format: imported.format,
    fileName: source.fileName,
    contentType: source.contentType,
    sha256: source.sha256,
    size: bytes.length,
    length: edition.text.length,
    blockCount: edition.blocks.length,
    sections: edition.sections,
    repairs: imported.repairs,
    notices: imported.source.notices ?? [],
    works: imported.works,
    createdById: source.createdById,
    createdAt: new Date(now()),
  })
  for (let index = 0; index * chunkBytes < bytes.length; index++) {
    const chunk = bytes.slice(index * chunkBytes, (index + 1) * chunkBytes)
    await step(() => insertOriginalChunk(db, editionId, index, chunk))
  }
  for (const batch of batches) await step(() => insertBlocks(db, editionId, batch))
  signal?.throwIfAborted()
  return editionId
}

/** The error of an import that another server removed, because it heard nothing of it for too long. */
export const takenForGivenUp = () =>
  new AppError('unavailable', 'The import was interrupted for too long: try again.')

function toBatches(blocks: readonly Block[]): Block[][] {
  const batches: Block[][] = []
  let batch: Block[] = []
  let characters = 0
  for (const block of blocks) {
    if (
      batch.length === batchBlocks ||
      (batch.length > 0 && characters + block.text.length > batchCharacters)
    ) {
      batches.push(batch)
      batch = []
      characters = 0
    }
    batch.push(block)
    characters += block.text.length
  }
  return [...batches, batch]
}
