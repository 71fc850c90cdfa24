/** Where the passages of a document stand that stand elsewhere too: enough to mark them and to count them in pages. */
import type { TextRange } from '#domain/text/edition-text.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'

/** One side of a parallel, without its words. One within a text has two places there, and stands in the list twice. */
export interface ParallelPlace {
  readonly id: string
  /** Which side of the row it is. */
  readonly side: 'here' | 'there'
  readonly start: number
  /** The document that the other side is in. */
  readonly otherId: string
}

/** Which parallels of a document to list. */
export interface ParallelFilter {
  readonly formulas: boolean
  readonly dismissed: boolean
  readonly within: TextRange | null
}

/** The places of a document whose parallels are found in what is read now, in the order of its text. */
export async function listParallelPlaces(
  tx: Tx,
  documentId: string,
  { formulas, dismissed, within }: ParallelFilter,
): Promise<ParallelPlace[]> {
  const which = Prisma.sql`p."lostAt" IS NULL
    ${formulas ? Prisma.empty : Prisma.sql`AND NOT p."isFormula"`}
    ${dismissed ? Prisma.empty : Prisma.sql`AND p."dismissedAt" IS NULL`}`
  return tx.$queryRaw<ParallelPlace[]>`
    SELECT side.id, side.side, side.start, side."otherId" FROM (
      SELECT p.id, 'here' AS side, p."hereStart" AS start, p."hereEnd" AS "end", p."hereEditionId" AS "editionId",
        p."thereDocumentId" AS "otherId", p."thereEditionId" AS "otherEditionId", p."thereStart" AS "otherStart"
      FROM "Parallel" p WHERE p."hereDocumentId" = ${documentId} AND ${which}
      UNION ALL
      SELECT p.id, 'there', p."thereStart", p."thereEnd", p."thereEditionId",
        p."hereDocumentId", p."hereEditionId", p."hereStart"
      FROM "Parallel" p WHERE p."thereDocumentId" = ${documentId} AND ${which}
    ) AS side
    JOIN "Document" own ON own.id = ${documentId} AND own."currentEditionId" = side."editionId"
    JOIN "Document" other ON other.id = side."otherId" AND other."currentEditionId" = side."otherEditionId"
      AND other."withdrawnAt" IS NULL
    ${within ? Prisma.sql`WHERE side.start < ${within.end} AND side."end" > ${within.start}` : Prisma.empty}
    ORDER BY side.start, side."otherStart", side.id, side.side`
}
