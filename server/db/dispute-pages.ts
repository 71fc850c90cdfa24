/**
 * Which disputes stand on one page of the register. Each page starts where the last ended; the order is by an index.
 * The conditions on who may see what only keep rows from being loaded in vain, and from being counted.
 */
import type { DisputeSort } from '#domain/wire/dispute-requests.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type { DisputeStatus } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { isSeen, type ThreadSight } from './thread-sight.ts'

/** Whose disputes, and which of them. */
export interface DisputePageFilter extends ThreadSight {
  readonly sort: DisputeSort
  readonly status?: DisputeStatus
  readonly documentId?: string
  readonly groupId?: string
  /** Raised it, stated a position or holds one. */
  readonly involvedId?: string
  readonly tag?: string
  readonly from?: Date
  readonly before?: Date
  readonly followed: boolean
}

/** Where a dispute stands in the register: what it is sorted by, as text, and its id. */
export interface DisputePosition {
  readonly key: string
  readonly id: string
}

const orders = {
  activity: { column: Prisma.sql`d."activeAt"`, type: Prisma.sql`timestamp`, isDescending: true },
  dividedness: { column: Prisma.sql`d.dividedness`, type: Prisma.sql`float8`, isDescending: true },
  age: { column: Prisma.sql`d."createdAt"`, type: Prisma.sql`timestamp`, isDescending: false },
} as const

/** At most `limit` disputes after `after` (null: from the first), in order. */
export async function findDisputePage(
  tx: Tx,
  filter: DisputePageFilter,
  after: DisputePosition | null,
  limit: number,
): Promise<DisputePosition[]> {
  const { type, isDescending } = orders[filter.sort]
  const column = sortedBy(filter)
  const comes = isDescending ? Prisma.sql`<` : Prisma.sql`>`
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const goesOn = after
    ? Prisma.sql`(${column}, d.id) ${comes} (${after.key}::${type}, ${after.id})`
    : Prisma.sql`true`
  return tx.$queryRaw<DisputePosition[]>`
    SELECT d.id, ${column}::text AS key
    FROM "Dispute" d JOIN "Thread" t ON t.id = d."threadId"
    WHERE ${passes(filter)} AND ${goesOn}
    ORDER BY ${column} ${direction}, d.id ${direction}
    LIMIT ${limit}`
}

/** A dispute's passage in one edition of a document. */
export interface PlacedDispute {
  readonly id: string
  readonly start: number
  readonly end: number
}

/** Where the disputes that may be seen lie in an edition, in the order of its text: their own passages that stand there. */
export async function listDisputesInEdition(
  tx: Tx,
  sight: ThreadSight,
  editionId: string,
  limit: number,
): Promise<PlacedDispute[]> {
  return tx.$queryRaw<PlacedDispute[]>`
    SELECT d.id, a.start, a."end"
    FROM "Anchor" a
    JOIN "Passage" p ON p.id = a."passageId" AND p."replacedAt" IS NULL AND p."evidenceId" IS NULL
    JOIN "Dispute" d ON d."threadId" = p."threadId"
    JOIN "Thread" t ON t.id = d."threadId"
    WHERE a."editionId" = ${editionId} AND a.state <> 'orphaned' AND ${isSeen(sight)}
    ORDER BY a.start, d.id LIMIT ${limit}`
}

/** Who raised a dispute that may be seen, stated a position in one, or holds one without being covered; by name. */
export async function listInvolved(tx: Tx, sight: ThreadSight, limit: number): Promise<PersonRef[]> {
  return tx.$queryRaw<PersonRef[]>`
    WITH seen AS (
      SELECT d.id, d."raisedById", ${isBlind(sight.blindLayerIds)} AS blind
      FROM "Dispute" d JOIN "Thread" t ON t.id = d."threadId" WHERE ${isSeen(sight)})
    SELECT u.id, u.name FROM "User" u WHERE u.id IN (
      SELECT "raisedById" FROM seen
      UNION SELECT p."authorId" FROM "Position" p JOIN seen ON seen.id = p."disputeId"
      UNION SELECT s."userId" FROM "Stance" s JOIN seen ON seen.id = s."disputeId"
        WHERE s.positions <> '[]' AND (NOT seen.blind OR s."userId" = ${sight.personId}))
    ORDER BY u.name, u.id LIMIT ${limit}`
}

/** What the register is sorted by. How divided a blind layer's disputes are shows in no order either. */
function sortedBy({ sort, blindLayerIds }: DisputePageFilter): Prisma.Sql {
  const { column } = orders[sort]
  if (sort !== 'dividedness' || blindLayerIds.length === 0) return column
  return Prisma.sql`(CASE WHEN ${isBlind(blindLayerIds)} THEN 0 ELSE ${column} END)`
}

const isBlind = (layerIds: readonly string[]) => Prisma.sql`t."layerId" = ANY(${[...layerIds]}::text[])`

function passes(filter: DisputePageFilter): Prisma.Sql {
  const { status, documentId, groupId, involvedId, tag, from, before, followed, personId, blindLayerIds } =
    filter
  const conditions = [isSeen(filter)]
  if (status) conditions.push(Prisma.sql`d.status = ${status}`)
  if (documentId !== undefined) {
    conditions.push(Prisma.sql`(t."documentId" = ${documentId} OR EXISTS (SELECT 1 FROM "Passage" p
      WHERE p."threadId" = t.id AND p."documentId" = ${documentId} AND p."replacedAt" IS NULL))`)
  }
  if (groupId !== undefined) {
    conditions.push(Prisma.sql`EXISTS (SELECT 1 FROM "LayerGroup" g
      WHERE g."layerId" = t."layerId" AND g."groupId" = ${groupId})`)
  }
  if (involvedId !== undefined) {
    conditions.push(Prisma.sql`(d."raisedById" = ${involvedId}
      OR EXISTS (SELECT 1 FROM "Position" h WHERE h."disputeId" = d.id AND h."authorId" = ${involvedId})
      OR EXISTS (SELECT 1 FROM "Stance" s WHERE s."disputeId" = d.id AND s."userId" = ${involvedId}
        AND s.positions <> '[]' AND (s."userId" = ${personId} OR NOT ${isBlind(blindLayerIds)})))`)
  }
  if (tag !== undefined) conditions.push(Prisma.sql`${tag} = ANY(t.tags)`)
  if (from) conditions.push(Prisma.sql`d."createdAt" >= ${toTimestamp(from)}`)
  if (before) conditions.push(Prisma.sql`d."createdAt" < ${toTimestamp(before)}`)
  if (followed) {
    conditions.push(Prisma.sql`EXISTS (SELECT 1 FROM "DisputeFollow" f
      WHERE f."disputeId" = d.id AND f."userId" = ${personId} AND f.wanted)`)
  }
  return Prisma.join(conditions, ' AND ')
}

/** Prisma keeps instants as timestamps without a zone, in UTC. */
const toTimestamp = (instant: Date) => Prisma.sql`${instant.toISOString().slice(0, -1)}::timestamp`
