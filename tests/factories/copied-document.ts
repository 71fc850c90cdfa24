/** Documents without the cost of an import, for tests that want a fresh one each time. */
import { randomUUID } from 'node:crypto'
import type { Document } from '#domain/wire/document.ts'
import type { Database } from '#server/db/database.ts'

/** A document of its own with the text of `original` and none of its threads. */
export async function aCopyOf({ db }: Database, original: Document): Promise<Document> {
  const [id, editionId] = [randomUUID(), randomUUID()]
  await db.$transaction([
    db.$executeRaw`
      INSERT INTO "Document" (id, slug, title, authors, visibility, "stewardId")
      SELECT ${id}, ${id}, title, authors, visibility, "stewardId" FROM "Document" WHERE id = ${original.id}`,
    db.$executeRaw`
      INSERT INTO "Edition" (id, "documentId", number, format, sha256, size, length, "blockCount", sections, "publishedAt")
      SELECT ${editionId}, ${id}, 1, format, sha256, size, length, "blockCount", sections, now()
      FROM "Edition" WHERE id = ${original.edition.id}`,
    db.$executeRaw`
      INSERT INTO "Block" ("editionId", index, number, start, "end", form, text, marks)
      SELECT ${editionId}, index, number, start, "end", form, text, marks
      FROM "Block" WHERE "editionId" = ${original.edition.id}`,
    db.document.update({ where: { id }, data: { currentEditionId: editionId } }),
  ])
  return { ...original, id, slug: id, edition: { ...original.edition, id: editionId } }
}
