/**
 * How a new edition comes in: its file is read off the serving thread, what comes of it is written in small batches,
 * every passage of the document gets its place in it, and only then it exists, as a preview. Whatever ends that before
 * removes what was written.
 */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { type EditionRecord, findEditionRecordById } from '../db/edition-records.ts'
import { insertAuditEvent } from '../db/events.ts'
import { isTaken } from '../db/is-taken.ts'
import {
  finishEdition,
  listUnfinishedEditions,
  nextEditionNumber,
  touchUnfinishedEdition,
} from '../db/unpublished-editions.ts'
import type { ImportedSource } from '../import/import-source.ts'
import { anchorPassages } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'
import type { EditionRequest } from './contracts/editions.ts'
import { getReadableDocument } from './readable-documents.ts'
import { requireChange } from './seen-editions.ts'
import { hashBytes, readShare, readSourceFile, requireFileSize, toFileName } from './source-file.ts'
import type { Turns } from './turns.ts'
import { cleanUpUnfinishedImports, removeUnfinished } from './unfinished-imports.ts'
import { takenForGivenUp, writeEdition } from './write-edition.ts'

/** How much of the whole is done when the edition is written; the rest is anchoring. */
const writtenShare = 0.7
/** How many others may take the next number before this one does. */
const attempts = 5

/** One new edition, before its file is read. */
interface EditionDraft {
  readonly request: EditionRequest
  readonly id: string
  readonly documentId: string
  readonly userId: string | null
  readonly sha256: string
}

/** Brings in a new edition: see `EditionService.preview`. Files are read when their turn comes. */
export async function previewEdition(
  context: ServiceContext,
  turns: Turns,
  actor: Actor,
  idOrSlug: string,
  request: EditionRequest,
): Promise<EditionRecord> {
  const { database, now, newId } = context
  const { document, facts } = await getReadableDocument(database.db, actor, idOrSlug, now())
  requireChange(actor, facts, now())
  requireFileSize(request)
  await cleanUpUnfinishedImports(context)
  const draft: EditionDraft = {
    request: { ...request, fileName: toFileName(request.fileName) },
    id: request.id ?? newId(),
    documentId: document.id,
    userId: actor.kind === 'person' ? actor.userId : null,
    sha256: await hashBytes(request.bytes),
  }
  const madeBefore = request.id === undefined ? null : await findMadeBefore(context, draft)
  if (madeBefore) return madeBefore
  const imported = await turns.take(() => readSourceFile(draft.request), request.signal)
  const madeMeanwhile = await write(context, draft, imported)
  if (madeMeanwhile) return madeMeanwhile
  const made = await findEditionRecordById(database.db, draft.id)
  if (!made) throw new AppError('conflict', 'The edition was removed while it was brought in.')
  request.onProgress?.(1)
  return made
}

/** The edition that the same request made before. Throws `conflict` when the id is another's or not free yet. */
async function findMadeBefore(
  { database }: ServiceContext,
  draft: EditionDraft,
): Promise<EditionRecord | null> {
  const made = await findEditionRecordById(database.db, draft.id)
  if (made) {
    const { documentId, sha256, fileName, format, createdBy } = made
    const isSame =
      documentId === draft.documentId &&
      sha256 === draft.sha256 &&
      fileName === (draft.request.fileName ?? null) &&
      (draft.request.format ?? format) === format &&
      (createdBy?.id ?? null) === draft.userId
    if (isSame) return made
    throw new AppError('conflict', 'This id is taken by another edition.')
  }
  if ((await listUnfinishedEditions(database.db, draft.id)).length > 0) {
    throw new AppError('conflict', 'An edition with this id is being brought in right now.')
  }
  return null
}

/** Writes, anchors and finishes the edition; or finds what the same request made in the meantime. */
async function write(
  context: ServiceContext,
  draft: EditionDraft,
  imported: ImportedSource,
): Promise<EditionRecord | null> {
  const { database, log } = context
  for (let attempt = 1; ; attempt++) {
    try {
      await writeRows(context, draft, imported)
      break
    } catch (error) {
      if (isTaken(error)) {
        const made = await findMadeBefore(context, draft)
        if (made) return made
        if (attempt < attempts) continue
        throw new AppError('conflict', 'Other editions of this document are being brought in: try again.')
      }
      await remove(draft.id)
      throw error
    }
  }
  try {
    await anchorAndFinish(context, draft)
  } catch (error) {
    await remove(draft.id)
    throw error
  }
  return null

  async function remove(editionId: string): Promise<void> {
    await removeUnfinished({ database }, editionId).catch((err: unknown) => {
      log.error({ err, editionId }, 'an edition that failed could not be removed yet')
    })
  }
}

async function writeRows(
  context: ServiceContext,
  { request, id, documentId, userId, sha256 }: EditionDraft,
  imported: ImportedSource,
): Promise<void> {
  const { db } = context.database
  await writeEdition(context, {
    id,
    documentId,
    number: await nextEditionNumber(db, documentId),
    bytes: request.bytes,
    sha256,
    fileName: request.fileName ?? null,
    contentType: request.contentType ?? null,
    createdById: userId,
    imported,
    signal: request.signal,
    touch: (editionId, now) => touchUnfinishedEdition(db, editionId, now),
    onProgress: (written) => request.onProgress?.(readShare + (writtenShare - readShare) * written),
  })
}

async function anchorAndFinish(
  context: ServiceContext,
  { request, id, documentId, userId }: EditionDraft,
): Promise<void> {
  const { database, now, newId } = context
  const goOn = async () => {
    if (!(await touchUnfinishedEdition(database.db, id, new Date(now())))) throw takenForGivenUp()
  }
  await goOn()
  await anchorPassages(context, { documentId, editionId: id }, { onBatch: goOn, signal: request.signal })
  await database.transaction(async (tx) => {
    if (!(await finishEdition(tx, id, new Date(now())))) throw takenForGivenUp()
    await insertAuditEvent(tx, {
      id: newId(),
      kind: 'edition.previewed',
      actorId: userId,
      documentId,
      data: { editionId: id },
      at: new Date(now()),
    })
  })
}
