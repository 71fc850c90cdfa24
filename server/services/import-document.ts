/**
 * How a document is brought in. The file is read off the serving thread; what comes of it is written in small batches
 * to a document that nobody can find, and one short transaction makes it exist. Whatever ends the import before that
 * removes what was written; what a killed server leaves behind is removed at the next start, or before the next import.
 */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { toFreeSlug, toSlug } from '#domain/slug.ts'
import { type Document, documentProperties, type ImportedDocument } from '#domain/wire/document.ts'
import { findDocument } from '../db/documents.ts'
import { findEditionRecordById } from '../db/edition-records.ts'
import { listGroupFacts, lockGroup } from '../db/groups.ts'
import {
  addReading,
  insertDocument,
  listSlugsLike,
  listUnfinishedImports,
  publishDocument,
  touchUnfinishedImport,
} from '../db/unpublished-documents.ts'
import type { ImportedSource } from '../import/import-source.ts'
import { bodyHash } from './body-hash.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { ImportRequest } from './contracts/documents.ts'
import { refuseImport } from './import-rights.ts'
import { hashBytes, readShare, readSourceFile, requireFileSize, toFileName } from './source-file.ts'
import type { Turns } from './turns.ts'
import { cleanUpUnfinishedImports, removeUnfinishedImport } from './unfinished-imports.ts'
import { takenForGivenUp, writeEdition } from './write-edition.ts'

const slugAttempts = 5

/** Brings a document in: see `DocumentService.importDocument`. Files are read when their turn comes. */
export async function importDocument(
  context: ServiceContext,
  turns: Turns,
  actor: Actor,
  request: ImportRequest,
): Promise<ImportedDocument> {
  const properties = checkInput(documentProperties, request.properties)
  await refuseImport(context, actor, properties)
  requireFileSize(request)
  await cleanUpUnfinishedImports(context)
  const sha256 = await hashBytes(request.bytes)
  const draft: ImportDraft = {
    request: { ...request, properties, fileName: toFileName(request.fileName) },
    id: properties.id ?? context.newId(),
    userId: actor.kind === 'person' ? actor.userId : null,
    sha256,
    hash: bodyHash({
      sha256,
      format: request.format,
      fileName: request.fileName,
      properties,
      repairs: request.repairs,
    }),
  }
  const madeBefore = properties.id ? await findMadeBefore(context, draft) : null
  if (madeBefore) return describeImport(context, madeBefore)

  const { title, authors, language } = properties
  const imported = await turns.take(
    () => readSourceFile(draft.request, { title, authors, language }),
    request.signal,
  )
  return storeImported(context, draft, imported)
}

/** Writes what was read of a file and makes it a document, or leaves nothing; finds what the same request made meanwhile. */
export async function storeImported(
  context: ServiceContext,
  draft: ImportDraft,
  imported: ImportedSource,
): Promise<ImportedDocument> {
  const madeMeanwhile = await reserve(context, draft, imported)
  if (madeMeanwhile) return describeImport(context, madeMeanwhile)
  try {
    await writeAndPublish(context, draft, imported)
  } catch (error) {
    await removeUnfinishedImport(context, draft.id).catch((err: unknown) => {
      context.log.error({ err, documentId: draft.id }, 'an import that failed could not be removed yet')
    })
    throw error
  }
  draft.request.onProgress?.(1)
  const stored = await findDocument(context.database.db, draft.id)
  if (!stored) throw new AppError('conflict', 'The document was removed while it was brought in.')
  return describeImport(context, stored.document)
}

async function describeImport({ database }: ServiceContext, document: Document): Promise<ImportedDocument> {
  const edition = await findEditionRecordById(database.db, document.edition.id)
  return { ...document, notices: [...(edition?.notices ?? [])], repairs: [...(edition?.repairs ?? [])] }
}

/** One import, before its file is read. */
export interface ImportDraft {
  readonly request: ImportRequest
  /** Of the document. */
  readonly id: string
  /** Who brings it in; null for the command line. */
  readonly userId: string | null
  /** Of the bytes, in hex. */
  readonly sha256: string
  /** Of the whole request. */
  readonly hash: string
}

/** The document that the same request made before. Throws `conflict` when the id is another's or not free yet. */
async function findMadeBefore({ database }: ServiceContext, draft: ImportDraft): Promise<Document | null> {
  const stored = await findDocument(database.db, draft.id)
  if (stored?.document.id === draft.id) {
    const isSame = stored.bodyHash === draft.hash && stored.facts.stewardId === draft.userId
    if (isSame && !stored.facts.withdrawn) return stored.document
    throw new AppError('conflict', 'This id is taken by another document.')
  }
  if ((await listUnfinishedImports(database.db, draft.id)).length > 0) {
    throw new AppError('conflict', 'A document with this id is being brought in right now.')
  }
  return null
}

/** Writes the document's row, with a slug of its own; or finds what the same request made in the meantime. */
async function reserve(
  context: ServiceContext,
  draft: ImportDraft,
  imported: ImportedSource,
): Promise<Document | null> {
  const { db } = context.database
  const title = toDocumentTitle(draft.request, imported)
  const base = toSlug(title, 'document')
  for (let attempt = 0; attempt < slugAttempts; attempt++) {
    const outcome = await insertDocument(db, {
      id: draft.id,
      slug: toFreeSlug(base, await listSlugsLike(db, base)),
      title,
      authors: imported.source.authors,
      language: imported.source.language,
      visibility: draft.request.properties.visibility,
      stewardId: draft.userId,
      bodyHash: draft.hash,
      createdAt: new Date(context.now()),
    })
    if (outcome === 'written') return null
    const made = outcome === 'id-taken' ? await findMadeBefore(context, draft) : null
    if (made) return made
  }
  throw new AppError('conflict', 'Other documents of this title are being brought in: try again.')
}

function toDocumentTitle({ fileName }: ImportRequest, { source, edition }: ImportedSource): string {
  const fromFile = (fileName ?? '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replace(/[\s_]+/g, ' ')
    .trim()
  return source.title ?? (fromFile || edition.sections[0]?.title || 'Untitled')
}

/** One short transaction at the end makes the document exist and puts it on the reading lists. */
async function writeAndPublish(
  context: ServiceContext,
  { request, id, userId, sha256 }: ImportDraft,
  imported: ImportedSource,
): Promise<void> {
  const { bytes, fileName, contentType, signal, onProgress } = request
  const editionId = await writeEdition(context, {
    documentId: id,
    number: 1,
    bytes,
    sha256,
    fileName: fileName ?? null,
    contentType: contentType ?? null,
    createdById: userId,
    imported,
    signal,
    touch: (_, now) => touchUnfinishedImport(context.database.db, id, now),
    onProgress: (written) => onProgress?.(readShare + (0.99 - readShare) * written),
  })
  const now = new Date(context.now())
  const groupIds = [...new Set(request.properties.groups)].sort()
  await context.database.transaction(async (tx) => {
    // Whoever still looks at the reading list without this text must not set it without having seen it.
    for (const groupId of groupIds) await lockGroup(tx, groupId)
    const groups = await listGroupFacts(tx, groupIds)
    if (groups.size < groupIds.length || [...groups.values()].some(({ archived }) => archived)) {
      throw new AppError('conflict', 'One of the groups is gone.')
    }
    if (!(await publishDocument(tx, id, editionId, now))) throw takenForGivenUp()
    for (const groupId of groupIds) await addReading(tx, { groupId, documentId: id, addedById: userId, now })
  })
}
