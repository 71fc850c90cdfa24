/** How a folder or a ZIP of texts is brought in: read as a whole in one thread, then written one document at a time. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import {
  collectionProperties,
  type ImportedCollection,
  type ImportedDocument,
} from '#domain/wire/document.ts'
import type { CollectedFile, RefusedFile } from '../import/collection/collection.ts'
import { readCollectionInWorker } from '../import/collection/read-collection-in-worker.ts'
import { bodyHash } from './body-hash.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { CollectionRequest } from './contracts/documents.ts'
import { type ImportDraft, storeImported } from './import-document.ts'
import { refuseImport } from './import-rights.ts'
import { hashBytes, requireFileSize, toFileName } from './source-file.ts'
import type { Turns } from './turns.ts'
import { cleanUpUnfinishedImports } from './unfinished-imports.ts'

/** How much of the whole is done once every file is read; the rest is writing. */
const readShare = 0.5

/** Brings a collection in: see `DocumentService.importCollection`. It takes one turn among the files that are read. */
export async function importCollection(
  context: ServiceContext,
  turns: Turns,
  actor: Actor,
  request: CollectionRequest,
): Promise<ImportedCollection> {
  const { source, repairs, signal, onProgress = () => {} } = request
  const properties = checkInput(collectionProperties, request.properties)
  await refuseImport(context, actor, properties)
  if ('archive' in source) requireFileSize({ bytes: source.archive })
  await cleanUpUnfinishedImports(context)

  const documents: ImportedDocument[] = []
  const refusedLater: RefusedFile[] = []
  const sha256 = 'archive' in source ? await hashBytes(source.archive) : null
  const userId = actor.kind === 'person' ? actor.userId : null
  const onFile = async (file: CollectedFile, { index, of }: { index: number; of: number }) => {
    signal?.throwIfAborted()
    const draft = await toDraft(file, { ...request, properties }, { userId, collection: sha256 })
    try {
      documents.push(await storeImported(context, draft, file.imported))
    } catch (error) {
      // Of a collection that has an id, a text whose id is taken was sent before: as something else, or right now.
      const isTaken = properties.id !== undefined && error instanceof AppError && error.code === 'conflict'
      if (isTaken || !(error instanceof AppError)) throw error
      refusedLater.push({ path: file.path, reason: error.message })
    }
    onProgress(readShare + (1 - readShare) * ((index + 1) / of))
  }
  const refused = await turns.take(
    () =>
      readCollectionInWorker(
        { id: properties.id, source, repairs },
        { signal, onFile, onProgress: (share) => onProgress(readShare * share) },
      ),
    signal,
  )
  const all = [...refused, ...refusedLater]
  if (documents.length === 0) throw nothingRead(all)
  return { documents, refused: all }
}

async function toDraft(
  { path, documentId, bytes }: CollectedFile,
  { properties, repairs, signal }: CollectionRequest,
  { userId, collection }: { userId: string | null; collection: string | null },
): Promise<ImportDraft> {
  const sha256 = await hashBytes(bytes)
  const fileName = toFileName(path)
  return {
    request: { bytes, fileName, properties, repairs, signal },
    id: documentId,
    userId,
    sha256,
    hash: bodyHash({ sha256, fileName, properties, repairs, collection }),
  }
}

function nothingRead(refused: readonly RefusedFile[]): AppError {
  const [first] = refused
  const why = first && refused.length === 1 ? ` ${first.path}: ${first.reason}` : ''
  return new AppError('unprocessable', `Nothing in it can be brought in.${why}`, { refused })
}
