/** What stands around disputes and is shown with them: the documents that are quoted, the layers, who still belongs. */
import type { CitedDocument } from '#domain/wire/dispute.ts'
import type { Tx } from './database.ts'

/** Documents with these ids as a citation names them, by id. */
export async function findCitedDocuments(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, CitedDocument>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.document.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      slug: true,
      title: true,
      authors: true,
      withdrawnAt: true,
      currentEdition: { select: { number: true } },
    },
  })
  return new Map(
    rows.map(({ withdrawnAt, currentEdition, ...row }) => [
      row.id,
      { ...row, edition: currentEdition?.number ?? 1, withdrawn: withdrawnAt !== null },
    ]),
  )
}

/** The numbers of these editions, by id. */
export async function findEditionNumbers(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.edition.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, number: true },
  })
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** The names of layers, by id. */
export async function findLayerNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.layer.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Those of these people who belong to one of the groups now. */
export async function findMembers(
  tx: Tx,
  groupIds: readonly string[],
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.membership.findMany({
    where: { groupId: { in: [...groupIds] }, userId: { in: [...userIds] } },
    select: { userId: true },
  })
  return new Set(rows.map(({ userId }) => userId))
}
