/** The facts that the policy decides on about layers and documents, as the database has them. */
import type { DocumentFacts, LayerFacts } from '#domain/policy/subjects.ts'
import { visibility } from '#domain/wire/document.ts'
import { blind, layerKind, layer as wireLayer } from '#domain/wire/group.ts'
import type { Tx } from './database.ts'
import { wasPublished } from './editions.ts'
import { Prisma } from './generated/client.ts'

/** What is selected of a layer for its facts. */
export const layerFactsSelect = {
  id: true,
  kind: true,
  ownerId: true,
  read: true,
  write: true,
  opensAt: true,
  closesAt: true,
  coWriting: true,
  blind: true,
  revealedAt: true,
  groups: {
    select: { groupId: true, group: { select: { archivedAt: true } } },
    orderBy: { groupId: 'asc' },
  },
} satisfies Prisma.LayerSelect

/** What is selected of a document for its facts. */
export const documentFactsSelect = {
  visibility: true,
  stewardId: true,
  withdrawnAt: true,
  currentEdition: { select: { id: true, number: true } },
  readings: { select: { groupId: true } },
} satisfies Prisma.DocumentSelect

type LayerRow = Prisma.LayerGetPayload<{ select: typeof layerFactsSelect }>
type DocumentRow = Prisma.DocumentGetPayload<{ select: typeof documentFactsSelect }>

/** A layer's facts, with what a new thread takes from it. */
export interface LayerSubject extends LayerFacts {
  readonly id: string
  readonly coWriting: boolean
}

/** A document's facts, with the edition that is read now. */
export interface DocumentSubject extends DocumentFacts {
  readonly currentEditionId: string
  readonly currentEditionNumber: number
}

/** A layer's own columns with the ids of its groups, and of those that are archived. */
export interface LayerColumns extends Omit<LayerRow, 'groups'> {
  readonly groupIds: readonly string[]
  readonly archivedGroupIds: readonly string[]
}

/** A selected row as facts. */
export const toLayerSubject = ({ groups, ...columns }: LayerRow): LayerSubject =>
  fromLayerColumns({
    ...columns,
    groupIds: groups.map(({ groupId }) => groupId),
    archivedGroupIds: groups.flatMap(({ groupId, group }) => (group.archivedAt ? [groupId] : [])),
  })

/** Columns, however they were read, as facts. */
export function fromLayerColumns(row: LayerColumns): LayerSubject {
  return {
    id: row.id,
    kind: layerKind.parse(row.kind),
    ownerId: row.ownerId,
    groupIds: row.groupIds,
    archivedGroupIds: row.archivedGroupIds,
    read: wireLayer.shape.read.parse(row.read),
    write: wireLayer.shape.write.parse(row.write),
    opensAt: row.opensAt?.getTime() ?? null,
    closesAt: row.closesAt?.getTime() ?? null,
    blind: row.revealedAt ? null : blind.nullable().parse(row.blind),
    coWriting: row.coWriting,
  }
}

interface DocumentColumns extends Omit<DocumentSubject, 'visibility'> {
  readonly visibility: string
}

/** A selected row as facts; null for a document whose first edition is not published yet. */
export function toDocumentSubject(row: DocumentRow): DocumentSubject | null {
  if (row.currentEdition === null) return null
  return {
    visibility: visibility.parse(row.visibility),
    stewardId: row.stewardId,
    withdrawn: row.withdrawnAt !== null,
    groupIds: row.readings.map(({ groupId }) => groupId),
    currentEditionId: row.currentEdition.id,
    currentEditionNumber: row.currentEdition.number,
  }
}

/**
 * Columns of `"Layer" l` with its groups, as `LayerColumns` has them: for one statement, which takes as long for a layer
 * that is there as for one that is not.
 */
export const layerColumns = Prisma.sql`l.id, l.kind, l."ownerId", l.read, l.write, l."opensAt", l."closesAt",
  l."coWriting", l.blind, l."revealedAt",
  ARRAY(SELECT g."groupId" FROM "LayerGroup" g WHERE g."layerId" = l.id ORDER BY 1) AS "groupIds",
  ARRAY(SELECT g."groupId" FROM "LayerGroup" g JOIN "Group" u ON u.id = g."groupId"
    WHERE g."layerId" = l.id AND u."archivedAt" IS NOT NULL ORDER BY 1) AS "archivedGroupIds"`

/** The facts of one layer, or null when there is none. */
export async function findLayerSubject(tx: Tx, layerId: string): Promise<LayerSubject | null> {
  if (layerId.includes('\0')) return null
  const [row] = await tx.$queryRaw<LayerColumns[]>`
    SELECT ${layerColumns} FROM "Layer" l WHERE l.id = ${layerId}`
  return row ? fromLayerColumns(row) : null
}

/** The layers a person could read for any reason: their own, those of their groups, and those open to the public. */
export async function findLayersWithinReach(
  tx: Tx,
  userId: string | null,
  groupIds: readonly string[],
): Promise<LayerSubject[]> {
  const rows = await tx.layer.findMany({
    where: {
      OR: [
        ...(userId === null ? [] : [{ ownerId: userId }]),
        { kind: { not: 'private' }, groups: { some: { groupId: { in: [...groupIds] } } } },
        { kind: { not: 'private' }, read: 'public' },
      ],
    },
    select: layerFactsSelect,
  })
  return rows.map(toLayerSubject)
}

/** The facts of one document, or null when there is none or it is still being brought in. */
export async function findDocumentSubject(tx: Tx, documentId: string): Promise<DocumentSubject | null> {
  if (documentId.includes('\0')) return null
  const [document] = await selectDocuments(tx, Prisma.sql`d.id = ${documentId}`)
  return document ?? null
}

/** The same of a document that is named by its id or, where that is none, its slug. */
export async function findNamedDocumentSubject(tx: Tx, idOrSlug: string): Promise<DocumentSubject | null> {
  if (idOrSlug.includes('\0')) return null
  const isNamed = Prisma.sql`d.id = ${idOrSlug} OR d.slug = ${idOrSlug} ORDER BY d.id = ${idOrSlug} DESC`
  const [document] = await selectDocuments(tx, isNamed)
  return document ?? null
}

/** The facts of the documents that share a parallel: two, or one that repeats itself; none when there is no such parallel. */
export async function findDocumentsOfParallel(tx: Tx, parallelId: string): Promise<DocumentSubject[]> {
  if (parallelId.includes('\0')) return []
  return selectDocuments(
    tx,
    Prisma.sql`d.id IN (SELECT unnest(ARRAY[p."hereDocumentId", p."thereDocumentId"])
      FROM "Parallel" p WHERE p.id = ${parallelId})`,
  )
}

/** One statement, which takes as long for a document that is there as for one that is not. */
async function selectDocuments(tx: Tx, condition: Prisma.Sql): Promise<DocumentSubject[]> {
  const rows = await tx.$queryRaw<DocumentColumns[]>`
    SELECT d.visibility, d."stewardId", d."withdrawnAt" IS NOT NULL AS withdrawn, e.id AS "currentEditionId",
      e.number AS "currentEditionNumber",
      ARRAY(SELECT r."groupId" FROM "Reading" r WHERE r."documentId" = d.id) AS "groupIds"
    FROM "Document" d JOIN "Edition" e ON e.id = d."currentEditionId" WHERE ${condition}`
  return rows.map((row) => ({ ...row, visibility: visibility.parse(row.visibility) }))
}

/** Whether this is an edition of this document that people read, or read until it was rolled back. */
export async function isEditionOf(tx: Tx, editionId: string, documentId: string): Promise<boolean> {
  return (await tx.edition.count({ where: { id: editionId, documentId, OR: wasPublished } })) > 0
}
