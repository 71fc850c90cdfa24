/**
 * Documents whose first import is not finished: written piece by piece, found by nobody, and either published in one
 * step or removed again.
 */
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Tx } from './database.ts'

/** The first row of a document, while its edition is still being written. */
export interface NewDocumentRow {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly authors: readonly string[]
  readonly language: string | null
  readonly visibility: DocumentFacts['visibility']
  readonly stewardId: string | null
  readonly bodyHash: string
  readonly createdAt: Date
}

/** Slugs in use that are `base`, or `base` with a number. */
export async function listSlugsLike(tx: Tx, base: string): Promise<Set<string>> {
  const rows = await tx.document.findMany({
    where: { OR: [{ slug: base }, { slug: { startsWith: `${base}-` } }] },
    select: { slug: true },
  })
  return new Set(rows.map(({ slug }) => slug))
}

/** Writes a document that does not exist for anyone yet, unless its id or its slug is taken. */
export async function insertDocument(
  tx: Tx,
  row: NewDocumentRow,
): Promise<'written' | 'id-taken' | 'slug-taken'> {
  const { count } = await tx.document.createMany({
    data: [{ ...row, authors: [...row.authors], updatedAt: row.createdAt }],
    skipDuplicates: true,
  })
  if (count > 0) return 'written'
  return (await tx.document.findUnique({ where: { id: row.id }, select: { id: true } }))
    ? 'id-taken'
    : 'slug-taken'
}

/** An import that is under way, or was when its server ended. */
export interface UnfinishedImport {
  readonly documentId: string
  /** When something of it was last written. */
  readonly touchedAt: Date
}

/** The imports that are not published: one document's, or all. */
export async function listUnfinishedImports(tx: Tx, documentId?: string): Promise<UnfinishedImport[]> {
  const rows = await tx.document.findMany({
    where: { ...(documentId === undefined ? {} : { id: documentId }), currentEditionId: null },
    select: { id: true, updatedAt: true },
  })
  return rows.map((row) => ({ documentId: row.id, touchedAt: row.updatedAt }))
}

/** Says that an unfinished import goes on. False when it is gone: another server took it for given up. */
export async function touchUnfinishedImport(tx: Tx, documentId: string, now: Date): Promise<boolean> {
  const { count } = await tx.document.updateMany({
    where: { id: documentId, currentEditionId: null },
    data: { updatedAt: now },
  })
  return count > 0
}

/** Removes up to `rows` blocks of a document that is not published; false when none was left. */
export async function removeUnpublishedBlocks(tx: Tx, documentId: string, rows: number): Promise<boolean> {
  const blocks = await tx.$executeRaw`
    DELETE FROM "Block" WHERE ("editionId", "index") IN (
      SELECT block."editionId", block."index" FROM "Block" AS block
      JOIN "Edition" AS edition ON edition."id" = block."editionId"
      JOIN "Document" AS document ON document."id" = edition."documentId"
      WHERE document."id" = ${documentId} AND document."currentEditionId" IS NULL LIMIT ${rows})`
  return blocks > 0
}

/** Removes an unpublished document with whatever is left of it. A published one stays. */
export async function removeUnpublishedDocument(tx: Tx, documentId: string): Promise<void> {
  await tx.document.deleteMany({ where: { id: documentId, currentEditionId: null } })
}

/** Makes a document exist: its first edition becomes the current one. False when the import is gone. */
export async function publishDocument(
  tx: Tx,
  documentId: string,
  editionId: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.document.updateMany({
    where: { id: documentId, currentEditionId: null },
    data: { currentEditionId: editionId, createdAt: now, updatedAt: now },
  })
  if (count > 0)
    await tx.edition.update({ where: { id: editionId }, data: { readyAt: now, publishedAt: now } })
  return count > 0
}

/** Puts a document at the end of a group's reading list. */
export async function addReading(
  tx: Tx,
  reading: {
    readonly groupId: string
    readonly documentId: string
    readonly addedById: string | null
    readonly now: Date
  },
): Promise<void> {
  const last = await tx.reading.aggregate({ where: { groupId: reading.groupId }, _max: { position: true } })
  await tx.reading.create({
    data: {
      groupId: reading.groupId,
      documentId: reading.documentId,
      position: (last._max.position ?? -1) + 1,
      addedById: reading.addedById,
      addedAt: reading.now,
    },
  })
}
