/**
 * Which edition of a document is the current one. It changes only under the document's lock; whoever writes something
 * that must have a place in the current edition shares that lock meanwhile, so that nothing slips in between.
 */
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'

/** Holds a document until the transaction ends, and nobody else with it; false when there is none. */
export async function holdDocument(tx: Tx, documentId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Document" WHERE id = ${documentId} FOR UPDATE`
  return rows.length > 0
}

/** Keeps the current editions of these documents current until the transaction ends: their ids by document. */
export async function keepCurrentEditions(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (documentIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; currentEditionId: string | null }[]>`
    SELECT id, "currentEditionId" FROM "Document"
    WHERE id IN (${Prisma.join([...new Set(documentIds)])}) ORDER BY id FOR SHARE`
  return new Map(rows.map(({ id, currentEditionId }) => [id, currentEditionId]))
}

/** Makes an edition the current one, after all that were published before it. */
export async function publishEdition(
  tx: Tx,
  { documentId, editionId }: { readonly documentId: string; readonly editionId: string },
  now: Date,
): Promise<void> {
  const { _max } = await tx.edition.aggregate({ where: { documentId }, _max: { publishedAt: true } })
  // Going back follows these instants, also when the clock was set back in between.
  const publishedAt = new Date(Math.max(now.getTime(), (_max.publishedAt?.getTime() ?? 0) + 1))
  await tx.edition.update({ where: { id: editionId }, data: { publishedAt, rolledBackAt: null } })
  await setCurrent(tx, documentId, editionId, now)
}

/** Makes `toEditionId` the current one again instead of `editionId`, which stays, rolled back. */
export async function rollBackEdition(
  tx: Tx,
  at: { readonly documentId: string; readonly editionId: string; readonly toEditionId: string },
  now: Date,
): Promise<void> {
  await tx.edition.update({ where: { id: at.editionId }, data: { publishedAt: null, rolledBackAt: now } })
  await setCurrent(tx, at.documentId, at.toEditionId, now)
}

/** The edition that was current before this one: the last one published before it. Null when there is none. */
export async function findEditionBefore(
  tx: Tx,
  { documentId, publishedAt }: { readonly documentId: string; readonly publishedAt: Date },
): Promise<{ readonly id: string; readonly number: number } | null> {
  return tx.edition.findFirst({
    where: { documentId, publishedAt: { lt: publishedAt } },
    orderBy: { publishedAt: 'desc' },
    select: { id: true, number: true },
  })
}

async function setCurrent(tx: Tx, documentId: string, editionId: string, now: Date): Promise<void> {
  await tx.document.update({
    where: { id: documentId },
    data: { currentEditionId: editionId, version: { increment: 1 }, updatedAt: now },
  })
}
