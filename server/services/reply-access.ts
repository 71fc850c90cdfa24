/** Reaching one reply and the thread it stands in. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { Tx } from '../db/database.ts'
import type { ThreadRecord } from '../db/threads.ts'
import { toReplyFacts } from './present-thread.ts'
import { findSeenThread, requireThreadRead } from './thread-access.ts'

/** A reply that the actor reads, in its thread. */
export interface SeenReply {
  readonly reply: ThreadRecord['replies'][number]
  readonly thread: ThreadRecord
}

/** The reply with its thread, if the actor may read both. Throws what `refuseUnread` says otherwise. */
export async function findSeenReply(tx: Tx, actor: Actor, replyId: string, now: number): Promise<SeenReply> {
  const threadId = await requireThreadRead(tx, actor, { replyId }, now)
  return requireReplyRead(actor, await findSeenThread(tx, actor, threadId, now), replyId, now)
}

/** A reply of a thread that was read with all its replies. Throws what `refuseUnread` says if it is not for the actor. */
export function requireReplyRead(
  actor: Actor,
  thread: ThreadRecord,
  replyId: string,
  now: number,
): SeenReply {
  const reply = thread.replies.find(({ id }) => id === replyId)
  if (!reply || !can(actor, 'reply.read', toReplyFacts(thread, reply), now)) throw refuseUnread(actor)
  return { reply, thread }
}
