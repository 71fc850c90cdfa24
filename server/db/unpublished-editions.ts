/**
 * Further editions of documents while they are being written, or removed: they exist for nobody until `readyAt` is
 * set. Until then `createdAt` says when something of them was last written.
 */
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'

/** The number of a document's next edition. */
export async function nextEditionNumber(tx: Tx, documentId: string): Promise<number> {
  const { _max } = await tx.edition.aggregate({ where: { documentId }, _max: { number: true } })
  return (_max.number ?? 0) + 1
}

/** An edition that is being written, or was when its server ended. */
export interface UnfinishedEdition {
  readonly editionId: string
  /** When something of it was last written. */
  readonly touchedAt: Date
}

/** The editions that are not finished, of documents that exist: one of them, or all. */
export async function listUnfinishedEditions(tx: Tx, editionId?: string): Promise<UnfinishedEdition[]> {
  const rows = await tx.edition.findMany({
    where: { ...(editionId === undefined ? {} : { id: editionId }), ...isUnfinished },
    select: { id: true, createdAt: true },
  })
  return rows.map(({ id, createdAt }) => ({ editionId: id, touchedAt: createdAt }))
}

/** Says that an edition is still being written. False when it is gone: another server took it for given up. */
export async function touchUnfinishedEdition(tx: Tx, editionId: string, now: Date): Promise<boolean> {
  const { count } = await tx.edition.updateMany({
    where: { id: editionId, ...isUnfinished },
    data: { createdAt: now },
  })
  return count > 0
}

/** Makes an edition exist, as a preview. False when it is gone. */
export async function finishEdition(tx: Tx, editionId: string, now: Date): Promise<boolean> {
  const { count } = await tx.edition.updateMany({
    where: { id: editionId, ...isUnfinished },
    data: { createdAt: now, readyAt: now },
  })
  return count > 0
}

/**
 * Makes a preview exist for nobody, so that it can be removed piece by piece. False when it was ever published, or
 * words were marked in it: those are kept for good. Under the document's lock.
 */
export async function unfinishEdition(tx: Tx, editionId: string, now: Date): Promise<boolean> {
  const { count } = await tx.edition.updateMany({
    where: { id: editionId, publishedAt: null, rolledBackAt: null, passages: { none: {} } },
    data: { readyAt: null, createdAt: now },
  })
  return count > 0
}

/** Removes up to `rows` blocks and as many anchors of an edition that is not finished; false when none was left. */
export async function removeUnfinishedRows(tx: Tx, editionId: string, rows: number): Promise<boolean> {
  const isGone = Prisma.sql`"editionId" IN (
    SELECT id FROM "Edition" WHERE id = ${editionId}
      AND "readyAt" IS NULL AND "publishedAt" IS NULL AND "rolledBackAt" IS NULL)`
  const blocks = await tx.$executeRaw`
    DELETE FROM "Block" WHERE ("editionId", "index") IN (
      SELECT "editionId", "index" FROM "Block" WHERE ${isGone} LIMIT ${rows})`
  const anchors = await tx.$executeRaw`
    DELETE FROM "Anchor" WHERE id IN (SELECT id FROM "Anchor" WHERE ${isGone} LIMIT ${rows})`
  return blocks + anchors > 0
}

/** Removes what is left of an edition that is not finished. */
export async function removeUnfinishedEdition(tx: Tx, editionId: string): Promise<void> {
  await tx.edition.deleteMany({ where: { id: editionId, ...isUnfinished, passages: { none: {} } } })
}

const isUnfinished = {
  readyAt: null,
  publishedAt: null,
  rolledBackAt: null,
  document: { currentEditionId: { not: null } },
} satisfies Prisma.EditionWhereInput
