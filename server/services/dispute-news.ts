/** Following disputes, and what is new in them to whoever follows. */
import type { Actor } from '#domain/policy/actor.ts'
import type { DisputeNews } from '#domain/wire/dispute.ts'
import { countAllNews, listNews, markSeen, setFollowing } from '../db/dispute-follows.ts'
import type { ServiceContext } from './context.ts'
import { findSeenDispute } from './dispute-access.ts'
import { sightOf } from './edition-anchors.ts'
import { getDispute } from './present-dispute.ts'
import { requirePerson } from './thread-access.ts'

/** So much of what is new is listed. */
const listedAtMost = 100

/** From now on the actor hears of the dispute, or does not. */
export async function followDispute(
  { database, now }: ServiceContext,
  actor: Actor,
  disputeId: string,
  wanted: boolean,
): Promise<void> {
  requirePerson(actor)
  const { dispute } = await findSeenDispute(database.db, actor, disputeId, now())
  const seen = dispute.history.length
  await setFollowing(database.db, { disputeId, userId: actor.userId, wanted, seen })
}

/** What the actor has not seen yet of the disputes they follow, the newest first; without what they may not see. */
export async function listDisputeNews(context: ServiceContext, actor: Actor): Promise<DisputeNews[]> {
  requirePerson(actor)
  const rows = await listNews(context.database.db, actor.userId, listedAtMost)
  const disputes = new Map(
    await Promise.all(
      [...new Set(rows.map(({ disputeId }) => disputeId))].map(
        // Who has left the group follows it still, and hears nothing.
        async (id) => [id, await getDispute(context, actor, id).catch(() => null)] as const,
      ),
    ),
  )
  return rows.flatMap(({ disputeId, number }) => {
    const dispute = disputes.get(disputeId)
    const event = dispute?.history.find((each) => each.number === number)
    if (!dispute || !event) return []
    const { id, question, status } = dispute
    return [{ dispute: { id, question, status }, event }]
  })
}

/** How much of it there is; cheap enough for every page. */
export async function countDisputeNews(context: ServiceContext, actor: Actor): Promise<number> {
  requirePerson(actor)
  return countAllNews(context.database.db, actor.userId, await sightOf(context, actor))
}

/** The actor has seen the dispute's events up to this number. */
export async function markDisputeSeen(
  { database, now }: ServiceContext,
  actor: Actor,
  disputeId: string,
  number: number,
): Promise<void> {
  requirePerson(actor)
  const { dispute } = await findSeenDispute(database.db, actor, disputeId, now())
  await markSeen(database.db, disputeId, actor.userId, Math.min(number, dispute.history.length))
}
