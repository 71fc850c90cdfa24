/** The rows of documents. One whose first import is not finished has no current edition, and is found by nobody. */
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { documentFactsSelect, toDocumentSubject } from './subjects.ts'

/** A document with what decides who may do what with it. */
export interface StoredDocument {
  readonly document: Document
  readonly facts: DocumentFacts
  /** The current edition. */
  readonly editionId: string
  /** Hash of the request that made it. */
  readonly bodyHash: string | null
}

/** A document by its id, or else by its slug. */
export async function findDocument(tx: Tx, idOrSlug: string): Promise<StoredDocument | null> {
  // PostgreSQL holds no NUL, and so no id with one.
  if (idOrSlug.includes('\0')) return null
  const rows = await tx.document.findMany({
    where: { OR: [{ id: idOrSlug }, { slug: idOrSlug }], currentEditionId: { not: null } },
    include: documentParts,
  })
  const row = rows.find(({ id }) => id === idOrSlug) ?? rows[0]
  return row ? toStoredDocument(row) : null
}

/** Where a page of the list begins: after this title and id. */
export interface DocumentCursor {
  readonly title: string
  readonly id: string
}

/** Which documents to list: all, or those that are not withdrawn and meet one of the conditions. */
export type DocumentFilter =
  | 'all'
  | {
      readonly visibilities: readonly DocumentFacts['visibility'][]
      readonly groupIds: readonly string[]
      readonly stewardId: string | null
    }

/** The documents that pass the filter, by title; every one of `words` stands in the title or an author's name. */
export async function listDocuments(
  tx: Tx,
  filter: DocumentFilter,
  page: { readonly limit: number; readonly after: DocumentCursor | null; readonly words: readonly string[] },
): Promise<StoredDocument[]> {
  const conditions = [Prisma.sql`"currentEditionId" IS NOT NULL`, toCondition(filter)]
  if (page.after) {
    conditions.push(Prisma.sql`(lower("title"), "id") > (lower(${page.after.title}), ${page.after.id})`)
  }
  for (const word of page.words) {
    conditions.push(
      Prisma.sql`strpos(lower("title" || ' ' || array_to_string("authors", ' ')), lower(${word})) > 0`,
    )
  }
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Document" WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY lower("title"), "id" LIMIT ${page.limit}`
  const rows = await tx.document.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    include: documentParts,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap(({ id }) => {
    const row = byId.get(id)
    return row ? [toStoredDocument(row)] : []
  })
}

function toCondition(filter: DocumentFilter): Prisma.Sql {
  if (filter === 'all') return Prisma.sql`true`
  return Prisma.sql`("withdrawnAt" IS NULL AND (
    "visibility" = ANY(${[...filter.visibilities]}::text[])
    OR "stewardId" = ${filter.stewardId}
    OR EXISTS (
      SELECT 1 FROM "Reading"
      WHERE "Reading"."documentId" = "Document"."id"
        AND "Reading"."groupId" = ANY(${[...filter.groupIds]}::text[])
    )))`
}

/** What may be changed of a document. */
export interface DocumentRowChange {
  readonly title?: string
  readonly authors?: string[]
  readonly language?: string | null
  readonly visibility?: DocumentFacts['visibility']
  readonly withdrawnAt?: Date
}

/** Changes a document if it still has `version` (null: whatever it has). False when it does not. */
export async function updateDocument(
  tx: Tx,
  documentId: string,
  version: number | null,
  change: DocumentRowChange,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.document.updateMany({
    where: { id: documentId, ...(version === null ? {} : { version }) },
    data: { ...change, version: { increment: 1 }, updatedAt: now },
  })
  return count > 0
}

const documentParts = {
  steward: { select: { id: true, name: true } },
  readings: documentFactsSelect.readings,
  currentEdition: { select: { id: true, number: true, length: true, blockCount: true } },
} as const satisfies Prisma.DocumentInclude

function toStoredDocument(row: Prisma.DocumentGetPayload<{ include: typeof documentParts }>): StoredDocument {
  const edition = row.currentEdition
  const facts = toDocumentSubject(row)
  if (!edition || !facts) throw new Error(`document ${row.id} has no current edition`)
  return {
    document: {
      id: row.id,
      slug: row.slug,
      title: row.title,
      authors: row.authors,
      language: row.language,
      visibility: facts.visibility,
      steward: row.steward,
      edition: { id: edition.id, number: edition.number, length: edition.length, blocks: edition.blockCount },
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    },
    facts,
    editionId: edition.id,
    bodyHash: row.bodyHash,
  }
}
