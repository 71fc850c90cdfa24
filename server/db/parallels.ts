/** The rows of parallels, as one of their two documents sees them. */
import type { FoundDifference, FoundParallel } from '#domain/parallels/find-parallels.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'
import type { ParallelPlace } from './parallel-places.ts'
import { type DocumentSubject, documentFactsSelect, toDocumentSubject } from './subjects.ts'

/** One side of a parallel. */
export interface ParallelSide extends TextRange {
  readonly document: DocumentSubject & { readonly id: string; readonly slug: string; readonly title: string }
  readonly editionId: string
  /** Its words, as they stood when it was found; a long passage's first ones. */
  readonly text: string
}

/** A parallel with both sides. */
export interface StoredParallel {
  readonly id: string
  readonly here: ParallelSide
  readonly there: ParallelSide
  readonly sharedWords: number
  readonly similarity: number
  readonly isFormula: boolean
  readonly differences: readonly FoundDifference[]
  readonly dismissal: { readonly byId: string; readonly at: Date; readonly reason: string } | null
  readonly isLost: boolean
}

/** What was known of a parallel before it was found again. */
export interface KnownParallel {
  readonly id: string
  readonly hereDocumentId: string
  readonly thereDocumentId: string
  readonly hereText: string
  readonly thereText: string
}

/** A find that is to be written, under the id that it had or has now. */
export interface ParallelToWrite {
  readonly id: string
  readonly here: { readonly documentId: string; readonly editionId: string }
  readonly there: { readonly documentId: string; readonly editionId: string }
  readonly found: FoundParallel
}

/** Longer passages keep their first words only: the rest is in the edition. */
const LONGEST_TEXT = 4_000

/** All that is known of the parallels of a document, lost ones too. */
export async function listKnownParallels(tx: Tx, documentId: string): Promise<KnownParallel[]> {
  return tx.parallel.findMany({
    where: { OR: [{ hereDocumentId: documentId }, { thereDocumentId: documentId }] },
    select: { id: true, hereDocumentId: true, thereDocumentId: true, hereText: true, thereText: true },
  })
}

/** Writes finds in one statement: new ones, and known ones as they are now. What was said of a known one stays. */
export async function writeParallels(
  tx: Tx,
  parallels: readonly ParallelToWrite[],
  now: Date,
): Promise<void> {
  const rows = parallels.map(({ id, here, there, found }) => ({
    id,
    hereDocumentId: here.documentId,
    hereEditionId: here.editionId,
    hereStart: found.here.start,
    hereEnd: found.here.end,
    hereText: firstWords(found.here.words),
    thereDocumentId: there.documentId,
    thereEditionId: there.editionId,
    thereStart: found.there.start,
    thereEnd: found.there.end,
    thereText: firstWords(found.there.words),
    sharedWords: found.sharedWords,
    similarity: found.similarity,
    worth: found.worth,
    isFormula: found.isFormula,
    differences: found.differences,
  }))
  await tx.$executeRaw`
    INSERT INTO "Parallel" (id, "hereDocumentId", "hereEditionId", "hereStart", "hereEnd", "hereText",
      "thereDocumentId", "thereEditionId", "thereStart", "thereEnd", "thereText",
      "sharedWords", similarity, worth, "isFormula", differences, "createdAt")
    SELECT found.*, ${now} FROM json_to_recordset(${JSON.stringify(rows)}::json) AS found(
      id text, "hereDocumentId" text, "hereEditionId" text, "hereStart" int, "hereEnd" int, "hereText" text,
      "thereDocumentId" text, "thereEditionId" text, "thereStart" int, "thereEnd" int, "thereText" text,
      "sharedWords" int, similarity float8, worth float8, "isFormula" boolean, differences jsonb)
    ON CONFLICT (id) DO UPDATE SET
      "hereDocumentId" = excluded."hereDocumentId", "hereEditionId" = excluded."hereEditionId",
      "hereStart" = excluded."hereStart", "hereEnd" = excluded."hereEnd", "hereText" = excluded."hereText",
      "thereDocumentId" = excluded."thereDocumentId", "thereEditionId" = excluded."thereEditionId",
      "thereStart" = excluded."thereStart", "thereEnd" = excluded."thereEnd", "thereText" = excluded."thereText",
      "sharedWords" = excluded."sharedWords", similarity = excluded.similarity, worth = excluded.worth,
      "isFormula" = excluded."isFormula", differences = excluded.differences, "lostAt" = NULL`
}

/** The beginning of a passage, without half of a character at its end. */
const firstWords = (words: string) => words.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')

/** Says that these are not found any more in what is read now. */
export async function loseParallels(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx.parallel.updateMany({ where: { id: { in: [...ids] }, lostAt: null }, data: { lostAt: now } })
}

/** Calls those formulas whose words turned out to recur: they lie on the other side of formulas of this document. */
export async function spreadFormulas(tx: Tx, documentId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Parallel" p SET "isFormula" = true FROM "Parallel" f
    WHERE f."hereDocumentId" = ${documentId} AND f."isFormula" AND f."lostAt" IS NULL AND NOT p."isFormula"
      AND ((p."hereEditionId" = f."thereEditionId"
          AND (least(p."hereEnd", f."thereEnd") - greatest(p."hereStart", f."thereStart")) * 2 > p."hereEnd" - p."hereStart")
        OR (p."thereEditionId" = f."thereEditionId"
          AND (least(p."thereEnd", f."thereEnd") - greatest(p."thereStart", f."thereStart")) * 2 > p."thereEnd" - p."thereStart"))`
}

/** One parallel, by its id. */
export async function findParallel(tx: Tx, id: string): Promise<StoredParallel | null> {
  if (id.includes('\0')) return null
  const row = await tx.parallel.findUnique({ where: { id }, include: parts })
  return row ? toStored(row) : null
}

/** The parallels of these places, each as its place's side sees it, in the same order; those that are gone left out. */
export async function findParallelsAt(tx: Tx, places: readonly ParallelPlace[]): Promise<StoredParallel[]> {
  const rows = await tx.parallel.findMany({
    where: { id: { in: places.map(({ id }) => id) } },
    include: parts,
  })
  const stored = new Map(rows.map((row) => [row.id, toStored(row)]))
  return places.flatMap(({ id, side }) => {
    const parallel = stored.get(id)
    if (!parallel) return []
    return side === 'here' ? parallel : turn(parallel)
  })
}

/** Documents that parallels lead to, with the facts that the policy decides on; in any order. */
export async function listParallelDocuments(
  tx: Tx,
  ids: readonly string[],
): Promise<ParallelSide['document'][]> {
  const rows = await tx.document.findMany({ where: { id: { in: [...new Set(ids)] } }, ...documentParts })
  return rows.map(toDocument)
}

/** Says that a parallel is none, or takes that back. */
export async function dismissParallel(
  tx: Tx,
  id: string,
  dismissal: { readonly byId: string; readonly at: Date; readonly reason: string } | null,
): Promise<void> {
  await tx.parallel.update({
    where: { id },
    data: {
      dismissedById: dismissal?.byId ?? null,
      dismissedAt: dismissal?.at ?? null,
      dismissReason: dismissal?.reason ?? null,
    },
  })
}

/** A parallel as this document sees it, if it is one of its two and not both. */
export const turnTo = (parallel: StoredParallel, documentId: string | undefined): StoredParallel =>
  parallel.there.document.id === documentId && parallel.here.document.id !== documentId
    ? turn(parallel)
    : parallel

/** A parallel as its other side sees it. */
function turn(parallel: StoredParallel): StoredParallel {
  const turned = { omitted: 'added', added: 'omitted' } as const
  return {
    ...parallel,
    here: parallel.there,
    there: parallel.here,
    differences: parallel.differences.map(({ kind, here, there, isElided }) => ({
      kind: kind === 'omitted' || kind === 'added' ? turned[kind] : kind,
      here: there,
      there: here,
      isElided,
    })),
  }
}

const documentParts = { select: { id: true, slug: true, title: true, ...documentFactsSelect } } as const
const parts = {
  hereDocument: documentParts,
  thereDocument: documentParts,
} as const satisfies Prisma.ParallelInclude

type Row = Prisma.ParallelGetPayload<{ include: typeof parts }>

function toStored(row: Row): StoredParallel {
  return {
    id: row.id,
    here: {
      document: toDocument(row.hereDocument),
      editionId: row.hereEditionId,
      start: row.hereStart,
      end: row.hereEnd,
      text: row.hereText,
    },
    there: {
      document: toDocument(row.thereDocument),
      editionId: row.thereEditionId,
      start: row.thereStart,
      end: row.thereEnd,
      text: row.thereText,
    },
    sharedWords: row.sharedWords,
    similarity: row.similarity,
    isFormula: row.isFormula,
    // Written by this module alone.
    differences: row.differences as unknown as readonly FoundDifference[],
    dismissal:
      row.dismissedById && row.dismissedAt
        ? { byId: row.dismissedById, at: row.dismissedAt, reason: row.dismissReason ?? '' }
        : null,
    isLost: row.lostAt !== null,
  }
}

function toDocument(row: Row['hereDocument']): ParallelSide['document'] {
  const facts = toDocumentSubject(row)
  if (!facts) throw new Error(`document ${row.id} has no current edition`)
  return { ...facts, id: row.id, slug: row.slug, title: row.title }
}
