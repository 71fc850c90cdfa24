/** Who hears of which disputes, and what of them is new to whom. */
import { newsKinds } from '#domain/disputes/happening.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { isSeen, type ThreadSight } from './thread-sight.ts'

/** Whether the person follows the dispute. */
export async function isFollowing(tx: Tx, disputeId: string, userId: string): Promise<boolean> {
  const row = await tx.disputeFollow.findUnique({ where: { disputeId_userId: { disputeId, userId } } })
  return row?.wanted ?? false
}

/** From now on they hear of it, or do not; what is there already is not new to them. */
export async function setFollowing(
  tx: Tx,
  { disputeId, userId, wanted, seen }: { disputeId: string; userId: string; wanted: boolean; seen: number },
): Promise<void> {
  await tx.disputeFollow.upsert({
    where: { disputeId_userId: { disputeId, userId } },
    create: { disputeId, userId, wanted, seen },
    update: { wanted, seen },
  })
}

/** Who takes part hears of it, unless they said before that they do not want to. */
export async function followUnlessUnwanted(
  tx: Tx,
  row: { disputeId: string; userId: string; seen: number },
): Promise<void> {
  await tx.disputeFollow.createMany({ data: [row], skipDuplicates: true })
}

/** They have seen everything up to event `seen`. What they had seen already stays seen. */
export async function markSeen(tx: Tx, disputeId: string, userId: string, seen: number): Promise<void> {
  await tx.disputeFollow.updateMany({ where: { disputeId, userId, seen: { lt: seen } }, data: { seen } })
}

/** Of these disputes, those that the person follows, with how many events of others are news to them. */
export async function countNews(
  tx: Tx,
  disputeIds: readonly string[],
  userId: string,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT f."disputeId" AS id, count(e.number)::int AS count
    FROM "DisputeFollow" f LEFT JOIN ${newsOf(userId)}
    WHERE f."userId" = ${userId} AND f.wanted AND f."disputeId" = ANY(${[...disputeIds]}::text[])
    GROUP BY 1`
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** At most `limit` events that are news to the person, the newest first. */
export async function listNews(
  tx: Tx,
  userId: string,
  limit: number,
): Promise<{ disputeId: string; number: number }[]> {
  return tx.$queryRaw<{ disputeId: string; number: number }[]>`
    SELECT e."disputeId", e.number
    FROM "DisputeFollow" f JOIN ${newsOf(userId)}
    WHERE f."userId" = ${userId} AND f.wanted
    ORDER BY e.at DESC, e."disputeId", e.number DESC LIMIT ${limit}`
}

/** How many events are news to the person in disputes that they follow and see. */
export async function countAllNews(tx: Tx, userId: string, sight: ThreadSight): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM "DisputeFollow" f JOIN ${newsOf(userId)}
    JOIN "Dispute" d ON d.id = f."disputeId" JOIN "Thread" t ON t.id = d."threadId"
    WHERE f."userId" = ${userId} AND f.wanted AND ${isSeen(sight)}`
  return row?.count ?? 0
}

const newsOf = (userId: string) => Prisma.sql`"DisputeEvent" e ON e."disputeId" = f."disputeId"
  AND e.number > f.seen AND e."actorId" <> ${userId} AND e.data ->> 'kind' = ANY(${[...newsKinds]}::text[])`
