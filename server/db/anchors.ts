/**
 * Where passages stand in an edition. A passage is carried over from where a person last confirmed it: where it was
 * marked, or where somebody decided since then that it stands. What an alignment found is never a base for another.
 */
import type { TextRange } from '#domain/text/edition-text.ts'
import type { AnchorCounts } from '#domain/wire/edition.ts'
import { type AnchorState, anchorState } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { isSeen, type ThreadSight } from './thread-sight.ts'

/** A passage that has no place in an edition yet, and where a person last confirmed it. */
export interface UnanchoredPassage extends TextRange {
  readonly passageId: string
  /** The edition that `start` and `end` are in. */
  readonly editionId: string
  /** The last decision was that it is gone: from which edition, and where its gap is there. */
  readonly goneFrom: string | null
  readonly goneAt: number | null
}

/** What is written of one passage in an edition. */
export interface FoundAnchor extends TextRange {
  readonly id: string
  readonly passageId: string
  readonly state: AnchorState
  readonly confidence: number
  readonly reason: string
}

/** At most `limit` passages of a document, of every layer and state, that have no anchor in this edition. */
export async function listUnanchored(
  tx: Tx,
  at: { readonly documentId: string; readonly editionId: string },
  limit: number,
): Promise<UnanchoredPassage[]> {
  return tx.$queryRaw<UnanchoredPassage[]>`
    SELECT p.id AS "passageId", coalesce(words."editionId", p."editionId") AS "editionId",
      coalesce(words.start, p.start) AS start, coalesce(words."end", p."end") AS "end",
      CASE WHEN last.state = 'orphaned' THEN last."editionId" END AS "goneFrom",
      CASE WHEN last.state = 'orphaned' THEN last.start END AS "goneAt"
    FROM "Passage" p
    ${lastDecision(Prisma.sql`last`, Prisma.sql`${at.editionId}`, Prisma.sql`true`)}
    ${lastDecision(Prisma.sql`words`, Prisma.sql`${at.editionId}`, Prisma.sql`b.state <> 'orphaned'`)}
    WHERE ${isUnanchored(at)}
    ORDER BY p.id LIMIT ${limit}`
}

/** Whether a passage of the document has no anchor in this edition. */
export async function hasUnanchored(
  tx: Tx,
  at: { readonly documentId: string; readonly editionId: string },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Passage" p WHERE ${isUnanchored(at)}) AS found`
  return rows[0]?.found ?? false
}

/** The editions that are whole, and not current, in which a passage of their document has no anchor; of one document, or all. */
export async function listEditionsLackingAnchors(
  tx: Tx,
  documentId: string | null,
): Promise<{ readonly documentId: string; readonly editionId: string }[]> {
  return tx.$queryRaw`
    SELECT e."documentId", e.id AS "editionId" FROM "Edition" e
    WHERE (e."readyAt" IS NOT NULL OR e."publishedAt" IS NOT NULL OR e."rolledBackAt" IS NOT NULL)
      AND (${documentId}::text IS NULL OR e."documentId" = ${documentId})
      AND NOT EXISTS (SELECT 1 FROM "Document" d WHERE d."currentEditionId" = e.id)
      AND EXISTS (
        SELECT 1 FROM "Passage" p WHERE p."documentId" = e."documentId" AND p."replacedAt" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "Anchor" a WHERE a."passageId" = p.id AND a."editionId" = e.id))
    ORDER BY e.number DESC`
}

/** Writes one batch of anchors, but for passages that are gone or have one by now; says how many were written. */
export async function insertAnchors(
  tx: Tx,
  editionId: string,
  anchors: readonly FoundAnchor[],
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "Anchor" (id, "passageId", "editionId", state, start, "end", confidence, reason)
    SELECT found.id, p.id, ${editionId}, found.state, found.start, found."end", found.confidence, found.reason
    FROM json_to_recordset(${JSON.stringify(anchors)}::json) AS found(
      id text, "passageId" text, state text, start int, "end" int, confidence float8, reason text)
    JOIN "Passage" p ON p.id = found."passageId"
    ON CONFLICT ("passageId", "editionId") DO NOTHING`
}

/** Whose passages of an edition are meant. */
export interface WhoseAnchors {
  readonly sight: ThreadSight
  /** The author of their threads; null for everybody that may be seen. */
  readonly authorId: string | null
}

/** How many passages that may be seen stand how in an edition. */
export async function countAnchors(tx: Tx, editionId: string, whose: WhoseAnchors): Promise<AnchorCounts> {
  const rows = await tx.$queryRaw<{ state: string; count: number }[]>`
    SELECT a.state, count(*)::int AS count FROM ${anchorsOf(editionId)} AND ${areOf(whose)} GROUP BY a.state`
  const counts: AnchorCounts = { exact: 0, moved: 0, changed: 0, uncertain: 0, orphaned: 0 }
  for (const { state, count } of rows) counts[anchorState.parse(state)] = count
  return counts
}

/** An anchor with where a person last confirmed its passage, `confirmed` and the number of that edition. */
export interface AnchorDetail extends TextRange {
  readonly id: string
  readonly passageId: string
  readonly documentId: string
  readonly editionId: string
  readonly threadId: string
  readonly state: AnchorState
  readonly confidence: number
  readonly reason: string | null
  readonly decidedById: string | null
  readonly decidedAt: Date | null
  readonly version: number
  readonly confirmed: TextRange & { readonly editionId: string; readonly number: number }
}

/** Where a page of the queue goes on: after this anchor. */
export interface AnchorPosition {
  readonly start: number
  readonly id: string
}

/** At most `limit` anchors of passages that may be seen, in the order of the edition's text. */
export async function listAnchors(
  tx: Tx,
  editionId: string,
  query: WhoseAnchors & {
    readonly state: AnchorState | undefined
    readonly after: AnchorPosition | null
    readonly limit: number
  },
): Promise<AnchorDetail[]> {
  const { state, after, limit } = query
  const conditions = [areOf(query)]
  if (state) conditions.push(Prisma.sql`a.state = ${state}`)
  if (after) conditions.push(Prisma.sql`(a.start, a.id) > (${after.start}, ${after.id})`)
  return readDetails(
    tx,
    Prisma.sql`a."editionId" = ${editionId} AND ${Prisma.join(conditions, ' AND ')}
      ORDER BY a.start, a.id LIMIT ${limit}`,
  )
}

/** One anchor of a passage that is not replaced, or null. */
export async function findAnchor(tx: Tx, anchorId: string): Promise<AnchorDetail | null> {
  const [detail] = await readDetails(tx, Prisma.sql`a.id = ${anchorId}`)
  return detail ?? null
}

/** What a person decided of an anchor. */
export interface AnchorDecided extends TextRange {
  readonly state: AnchorState
  readonly decidedById: string
  readonly decidedAt: Date
}

/**
 * Writes a decision if the anchor still has `version`; false when it does not. What was found for the passage in
 * editions that are not published is forgotten, to be found anew from here.
 */
export async function decideAnchor(
  tx: Tx,
  anchorId: string,
  version: number,
  decided: AnchorDecided,
): Promise<boolean> {
  const { count } = await tx.anchor.updateMany({
    where: { id: anchorId, version },
    data: { ...decided, confidence: 1, reason: null, version: { increment: 1 } },
  })
  if (count === 0) return false
  await tx.$executeRaw`
    DELETE FROM "Anchor" other USING "Anchor" a, "Edition" e
    WHERE a.id = ${anchorId} AND other."passageId" = a."passageId" AND other.id <> a.id
      AND other."decidedById" IS NULL AND e.id = other."editionId" AND e."publishedAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Passage" p WHERE p.id = other."passageId" AND p."editionId" = other."editionId")`
  return true
}

const isUnanchored = (at: { readonly documentId: string; readonly editionId: string }) => Prisma.sql`
  p."documentId" = ${at.documentId} AND p."replacedAt" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "Anchor" a WHERE a."passageId" = p.id AND a."editionId" = ${at.editionId})`

/** Joins the last decision of a person about passage `p` in another edition than this one, among those (`b`) that pass. */
const lastDecision = (name: Prisma.Sql, editionId: Prisma.Sql, passes: Prisma.Sql) => Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT b."editionId", b.state, b.start, b."end" FROM "Anchor" b
    WHERE b."passageId" = p.id AND b."decidedById" IS NOT NULL AND b."editionId" <> ${editionId} AND ${passes}
    ORDER BY b."decidedAt" DESC LIMIT 1
  ) AS ${name} ON true`

const areOf = ({ sight, authorId }: WhoseAnchors) =>
  authorId === null ? isSeen(sight) : Prisma.sql`(${isSeen(sight)} AND t."authorId" = ${authorId})`

const anchorsOf = (editionId: string) => Prisma.sql`"Anchor" a
  JOIN "Passage" p ON p.id = a."passageId" AND p."replacedAt" IS NULL
  JOIN "Thread" t ON t.id = p."threadId"
  WHERE a."editionId" = ${editionId}`

async function readDetails(tx: Tx, which: Prisma.Sql): Promise<AnchorDetail[]> {
  const rows = await tx.$queryRaw<DetailRow[]>`
    SELECT a.id, a."passageId", a."editionId", a.state, a.start, a."end", a.confidence, a.reason, a."decidedById", a."decidedAt",
      a.version, p."documentId", p."threadId", known.number AS "confirmedNumber", known.id AS "confirmedId",
      coalesce(words.start, p.start) AS "confirmedStart", coalesce(words."end", p."end") AS "confirmedEnd"
    FROM "Anchor" a
    JOIN "Passage" p ON p.id = a."passageId" AND p."replacedAt" IS NULL
    JOIN "Thread" t ON t.id = p."threadId"
    ${lastDecision(Prisma.sql`words`, Prisma.sql`a."editionId"`, Prisma.sql`b.state <> 'orphaned'`)}
    JOIN "Edition" known ON known.id = coalesce(words."editionId", p."editionId")
    WHERE ${which}`
  return rows.map(({ confirmedId, confirmedNumber, confirmedStart, confirmedEnd, ...row }) => ({
    ...row,
    state: anchorState.parse(row.state),
    confirmed: { editionId: confirmedId, number: confirmedNumber, start: confirmedStart, end: confirmedEnd },
  }))
}

interface DetailRow extends Omit<AnchorDetail, 'confirmed' | 'state'> {
  readonly state: string
  readonly confirmedId: string
  readonly confirmedNumber: number
  readonly confirmedStart: number
  readonly confirmedEnd: number
}
