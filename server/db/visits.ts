/** The rows of visits: one for each person and document. */
import type { Tx } from './database.ts'

/** A visit as it is after it began or went on. */
export interface VisitRow {
  readonly editionId: string
  readonly position: number
  /** End of the visit before this one; null on the first. */
  readonly previousAt: Date | null
}

/** One sign of a person in a document. */
export interface VisitSign {
  readonly userId: string
  readonly documentId: string
  /** The edition they read. */
  readonly editionId: string
  /** Where they read; null when only that they are here is known. */
  readonly position: number | null
  readonly now: Date
  /** A visit without a sign since then is over. */
  readonly endedBefore: Date
}

/** Begins a visit, or goes on with the one that is not over: one statement, so that two tabs make one visit. */
export async function recordVisit(tx: Tx, sign: VisitSign): Promise<VisitRow> {
  const rows = await tx.$queryRaw<VisitRow[]>`
    INSERT INTO "Visit" AS visit ("userId", "documentId", "editionId", "position", "startedAt", "updatedAt")
    VALUES (${sign.userId}, ${sign.documentId}, ${sign.editionId}, ${sign.position ?? 0},
      ${sign.now}::timestamp, ${sign.now}::timestamp)
    ON CONFLICT ("userId", "documentId") DO UPDATE SET
      "previousAt" = CASE WHEN visit."updatedAt" < ${sign.endedBefore}::timestamp
        THEN visit."updatedAt" ELSE visit."previousAt" END,
      "startedAt" = CASE WHEN visit."updatedAt" < ${sign.endedBefore}::timestamp
        THEN EXCLUDED."startedAt" ELSE visit."startedAt" END,
      "editionId" = EXCLUDED."editionId",
      "position" = COALESCE(${sign.position}::int, visit."position"),
      "updatedAt" = greatest(visit."updatedAt", EXCLUDED."updatedAt")
    RETURNING "editionId", "position", "previousAt"`
  const [row] = rows
  if (!row) throw new Error('an upsert returned no row')
  return row
}
