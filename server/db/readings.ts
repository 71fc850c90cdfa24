/** Reading lists: which groups read which documents. */
import type { DocumentFacts } from '#domain/policy/subjects.ts'
import type { Tx } from './database.ts'
import { documentFactsSelect, toDocumentSubject } from './subjects.ts'

/** What decisions about these documents rest on, by id. Ids of no document, or of one not yet whole, are left out. */
export async function findDocumentFacts(
  tx: Tx,
  documentIds: readonly string[],
): Promise<Map<string, DocumentFacts>> {
  const rows = await tx.document.findMany({
    where: { id: { in: [...documentIds] } },
    select: { id: true, ...documentFactsSelect },
  })
  return new Map(
    rows.flatMap((row) => {
      const facts = toDocumentSubject(row)
      return facts ? [[row.id, facts]] : []
    }),
  )
}

/**
 * Makes `documentIds` the reading list of a group, in this order. Withdrawn documents are not part of what people
 * see and order, and keep their place in the table, so that what was written about them stays with the group.
 */
export async function replaceReadings(
  tx: Tx,
  groupId: string,
  documentIds: readonly string[],
  addedById: string | null,
): Promise<void> {
  await tx.reading.deleteMany({
    where: { groupId, documentId: { notIn: [...documentIds] }, document: { withdrawnAt: null } },
  })
  for (const [position, documentId] of documentIds.entries()) {
    await tx.reading.upsert({
      where: { groupId_documentId: { groupId, documentId } },
      create: { groupId, documentId, position, addedById },
      update: { position },
    })
  }
}
