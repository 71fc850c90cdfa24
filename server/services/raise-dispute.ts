/** Raising a thread to a dispute, and opening one on passages. */
import { AppError } from '#domain/app-error.ts'
import { toCitableId } from '#domain/disputes/citable-id.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { NewDispute, NewDisputeOnPassage } from '#domain/wire/dispute-requests.ts'
import { followUnlessUnwanted } from '../db/dispute-follows.ts'
import { insertDispute, recordHappenings } from '../db/disputes.ts'
import { isTaken } from '../db/is-taken.ts'
import { updateThread } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { createThread } from './create-thread.ts'
import { getDispute } from './present-dispute.ts'
import { toThreadFacts } from './present-thread.ts'
import { writeRecorded } from './record-event.ts'
import { recordThread } from './record-thread.ts'
import { holdThread, requireNotDeleted, requirePerson } from './thread-access.ts'

/** Two short ids are rarely the same; more often in a row something else is wrong. */
const attempts = 5

/** Makes a dispute of a thread. Asked again with the same question it answers the dispute that the thread is. */
export async function raiseDispute(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  { question }: NewDispute,
): Promise<Dispute> {
  requirePerson(actor)
  for (let attempt = 1; ; attempt++) {
    try {
      const id = await raise(context, feed, actor, { threadId, question })
      return await getDispute(context, actor, id)
    } catch (error) {
      if (!isTaken(error) || attempt === attempts) throw error
    }
  }
}

/** Opens a thread and raises it. Sent again with the same id it answers the dispute made the first time. */
export async function openDispute(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  { question, ...wanted }: NewDisputeOnPassage,
): Promise<Dispute> {
  const thread = await createThread(context, feed, actor, { ...wanted, kind: 'question', draft: false })
  return raiseDispute(context, feed, actor, thread.id, { question })
}

async function raise(
  context: ServiceContext,
  feed: FeedBus,
  actor: Person,
  { threadId, question }: { readonly threadId: string; readonly question: string },
): Promise<string> {
  const id = toCitableId(context.newId())
  return writeRecorded(context, feed, async (tx, { record }) => {
    const now = context.now()
    const thread = await holdThread(tx, actor, threadId, now)
    requireNotDeleted(thread)
    if (!can(actor, 'dispute.raise', toThreadFacts(thread), now)) {
      throw refuseAction(actor, 'You may not raise this to a dispute.')
    }
    if (thread.dispute) {
      if (thread.dispute.question === question) return thread.dispute.id
      throw new AppError('conflict', 'This thread is a dispute already.', { disputeId: thread.dispute.id })
    }
    const at = new Date(now)
    await insertDispute(tx, { id, threadId, question, raisedById: actor.userId, createdAt: at })
    await recordHappenings(tx, id, {
      after: 0,
      actorId: actor.userId,
      at,
      happenings: [{ kind: 'raised', question }],
    })
    await followUnlessUnwanted(tx, { disputeId: id, userId: actor.userId, seen: 1 })
    await updateThread(tx, threadId, { kind: 'dispute', status: 'open' }, at)
    await recordThread(record, 'thread.changed', actor, thread, { data: { dispute: 'raised' } })
    return id
  })
}
