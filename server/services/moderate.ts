/** What moderators do: hide and show, lock and unlock. What was hidden stays, and the audit says who hid it. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import {
  type Moderation,
  moderation,
  type Reply,
  type ReplyModeration,
  replyModeration,
  type ThreadWithReplies,
} from '#domain/wire/thread.ts'
import { settleFlags } from '../db/flags.ts'
import { setReplyHidden } from '../db/replies.ts'
import { lockThreads, updateThread } from '../db/threads.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { presentReply, toReplyFacts } from './present-thread.ts'
import { writeRecorded } from './record-event.ts'
import { recordReply } from './record-reply.ts'
import { recordThread } from './record-thread.ts'
import { findSeenReply } from './reply-access.ts'
import { getThread, holdThread, requirePerson, requireThreadAction } from './thread-access.ts'

/** Hides or shows a thread, locks or unlocks it. What is hidden vanishes for everyone but its author and moderators. */
export async function moderateThread(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  body: Moderation,
): Promise<ThreadWithReplies> {
  requirePerson(actor)
  const { hidden, locked, reason } = checkInput(moderation, body)
  await writeRecorded(context, feed, async (tx, { record, rightsChanged }) => {
    const now = context.now()
    const thread = await holdThread(tx, actor, threadId, now)
    requireThreadAction(actor, 'thread.moderate', thread, now)
    const hides = hidden !== undefined && hidden !== thread.hidden
    const locks = locked !== undefined && locked !== thread.locked
    if (!hides && !locks) return
    const at = new Date(now)
    await updateThread(
      tx,
      threadId,
      { ...(hides && { hidden, hiddenReason: hidden ? reason : null }), ...(locks && { locked }) },
      at,
    )
    if (hidden) await settleFlags(tx, { threadId, replyId: null }, { by: actor.userId, at })
    const data = { ...(hides && { hidden }), ...(locks && { locked }), reason }
    const kind = hides ? (hidden ? 'vanish' : 'appear') : 'thread.changed'
    await recordThread(record, kind, actor, thread, { data })
    rightsChanged(threadId)
  })
  return getThread(context, actor, threadId)
}

/** Hides or shows one reply. */
export async function moderateReply(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  replyId: string,
  body: ReplyModeration,
): Promise<Reply> {
  requirePerson(actor)
  const { hidden, reason } = checkInput(replyModeration, body)
  const { now } = context
  await writeRecorded(context, feed, async (tx, { record }) => {
    const found = await findSeenReply(tx, actor, replyId, now())
    await lockThreads(tx, [found.thread.id])
    const { reply, thread } = await findSeenReply(tx, actor, replyId, now())
    if (!can(actor, 'reply.moderate', toReplyFacts(thread, reply), now())) {
      throw refuseAction(actor, 'Only who moderates its group hides a reply.')
    }
    if (reply.hidden === hidden) return
    await setReplyHidden(tx, replyId, hidden ? reason : null)
    if (hidden)
      await settleFlags(tx, { threadId: thread.id, replyId }, { by: actor.userId, at: new Date(now()) })
    await recordReply(record, hidden ? 'reply.deleted' : 'reply.changed', actor, thread, reply, {
      hidden,
      reason,
    })
  })
  return presentReply((await findSeenReply(context.database.db, actor, replyId, now())).reply)
}
