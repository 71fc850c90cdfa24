/**
 * Which threads stand on one page of a document's list: whole-document threads first, then by where the first
 * passage begins; among equals by age, then id. Each page starts where the last ended and costs what it holds: the
 * anchored ones are read along the index on (edition, start).
 *
 * The conditions on who may see what only keep rows from being loaded in vain. What leaves the server is decided by
 * the policy, on the loaded threads.
 */
import type { TextRange } from '#domain/text/edition-text.ts'
import type { MarginRoomRef } from '#domain/wire/feed.ts'
import type { ThreadKind, ThreadStatus } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { isInSeenLayer, isNotHidden, type ThreadSight } from './thread-sight.ts'

/** Whose threads, of which document, and which of them. */
export interface ThreadFilter extends ThreadSight {
  readonly documentId: string
  /** The edition of the document whose offsets count. */
  readonly editionId: string
  /** Groups whose replies are seen; a deleted thread is listed while it has one of them. */
  readonly groupIds: readonly string[]
  readonly kind?: ThreadKind
  readonly status?: ThreadStatus
  /** Only threads with a passage that overlaps this. */
  readonly range?: TextRange
  /** Only threads that something happened to after number `after` and up to `upTo` of the room's feed. */
  readonly changed?: { readonly room: MarginRoomRef; readonly after: number; readonly upTo: number }
}

/** Where a thread stands in the list. */
export interface ThreadPosition {
  /** Where its first passage begins in the edition; -1 of a thread without a place in it. */
  readonly start: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly id: string
}

/** At most `limit` threads after `after` (null: from the first), in order. */
export async function findThreadPage(
  tx: Tx,
  filter: ThreadFilter,
  after: ThreadPosition | null,
  limit: number,
): Promise<ThreadPosition[]> {
  const beginsUnplaced = filter.range === undefined && (after === null || after.start < 0)
  const unplaced = beginsUnplaced ? await findUnplaced(tx, filter, after, limit) : []
  if (unplaced.length === limit) return unplaced
  const placedAfter = after !== null && after.start >= 0 ? after : null
  return [...unplaced, ...(await findPlaced(tx, filter, placedAfter, limit - unplaced.length))]
}

/** Those of `ids` that the filter keeps. */
export async function filterThreads(
  tx: Tx,
  filter: ThreadFilter,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM "Thread" t
    WHERE t.id = ANY(${[...ids]}::text[]) AND ${isInDocument(filter)} AND ${passes(filter)}`
  return new Set(rows.map(({ id }) => id))
}

interface Row {
  readonly id: string
  readonly start: number
  readonly createdAt: number
}

async function findUnplaced(
  tx: Tx,
  filter: ThreadFilter,
  after: ThreadPosition | null,
  limit: number,
): Promise<ThreadPosition[]> {
  const goesOn = after
    ? Prisma.sql`(t."createdAt", t.id) > (${toTimestamp(after.createdAt)}, ${after.id})`
    : Prisma.sql`true`
  return tx.$queryRaw<Row[]>`
    SELECT t.id, -1 AS start, ${createdAtMs} AS "createdAt"
    FROM "Thread" t
    WHERE ${isInDocument(filter)}
      AND NOT EXISTS (
        SELECT 1 FROM "Passage" p JOIN "Anchor" a ON a."passageId" = p.id AND a."editionId" = ${filter.editionId}
        WHERE p."threadId" = t.id AND p."replacedAt" IS NULL AND p."evidenceId" IS NULL)
      AND ${passes(filter)} AND ${goesOn}
    ORDER BY t."createdAt", t.id
    LIMIT ${limit}`
}

async function findPlaced(
  tx: Tx,
  filter: ThreadFilter,
  after: ThreadPosition | null,
  limit: number,
): Promise<ThreadPosition[]> {
  const goesOn = after
    ? Prisma.sql`a.start >= ${after.start} AND (a.start, t."createdAt", t.id)
        > (${after.start}, ${toTimestamp(after.createdAt)}, ${after.id})`
    : Prisma.sql`true`
  return tx.$queryRaw<Row[]>`
    SELECT t.id, a.start, ${createdAtMs} AS "createdAt"
    FROM "Anchor" a
    JOIN "Passage" p ON p.id = a."passageId" AND p."replacedAt" IS NULL AND p."evidenceId" IS NULL
    JOIN "Thread" t ON t.id = p."threadId"
    WHERE a."editionId" = ${filter.editionId}
      AND NOT EXISTS (
        SELECT 1 FROM "Passage" q JOIN "Anchor" b ON b."passageId" = q.id AND b."editionId" = ${filter.editionId}
        WHERE q."threadId" = t.id AND q."replacedAt" IS NULL AND q."evidenceId" IS NULL AND (b.start, q.id) < (a.start, p.id))
      AND ${passes(filter)} AND ${goesOn}
    ORDER BY a.start, t."createdAt", t.id
    LIMIT ${limit}`
}

const createdAtMs = Prisma.sql`(extract(epoch FROM t."createdAt") * 1000)::float8`

/** Prisma keeps instants as timestamps without a zone, in UTC. */
const toTimestamp = (ms: number) => Prisma.sql`${new Date(ms).toISOString().slice(0, -1)}::timestamp`

const isInDocument = ({ documentId }: ThreadFilter) => Prisma.sql`t.id IN (
  SELECT id FROM "Thread" WHERE "documentId" = ${documentId}
  UNION SELECT "threadId" FROM "Passage" WHERE "documentId" = ${documentId} AND "replacedAt" IS NULL AND "evidenceId" IS NULL)`

function passes(filter: ThreadFilter): Prisma.Sql {
  const { personId, kind, status, range, changed } = filter
  const conditions = [
    isInSeenLayer(filter),
    Prisma.sql`(t.state = 'posted' OR (t.state = 'draft' AND t."authorId" = ${personId}) OR (t.state = 'deleted'
      AND EXISTS (SELECT 1 FROM "Reply" r WHERE r."threadId" = t.id AND r."deletedAt" IS NULL
        AND (r."groupId" IS NULL OR r."groupId" = ANY(${[...filter.groupIds]}::text[])))))`,
    isNotHidden(filter),
  ]
  if (kind) conditions.push(Prisma.sql`t.kind = ${kind}`)
  if (status) conditions.push(Prisma.sql`t.status = ${status}`)
  if (range) conditions.push(overlaps(filter.editionId, range))
  if (changed) conditions.push(hasChanged(changed, personId))
  return Prisma.join(conditions, ' AND ')
}

/** A passage that begins before the range may still reach into it, so only its end bounds the scan of the index. A gap stands at its place. */
const overlaps = (editionId: string, { start, end }: TextRange) => Prisma.sql`t.id IN (
  SELECT o."threadId" FROM "Anchor" c JOIN "Passage" o ON o.id = c."passageId" AND o."replacedAt" IS NULL
  WHERE c."editionId" = ${editionId} AND c.start < ${end}
    AND (c."end" > ${start} OR (c.start = c."end" AND c.start >= ${start})))`

const hasChanged = (
  { room, after, upTo }: NonNullable<ThreadFilter['changed']>,
  personId: string | null,
) => Prisma.sql`t.id IN (
  SELECT e."threadId" FROM "RoomEvent" v JOIN "Event" e ON e.id = v."eventId"
  WHERE v."documentId" = ${room.documentId} AND v."layerId" = ${room.layerId}
    AND v."groupId" = ${room.groupId} AND v.seq > ${after} AND v.seq <= ${upTo}
    AND (e."recipientId" IS NULL OR e."recipientId" = ${personId}))`
