/** Deleting a thread, and bringing it back. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { findThread, lockThreads, type ThreadRecord, updateThread } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { writeRecorded } from './record-event.ts'
import { recordThread } from './record-thread.ts'
import { getThread, holdThread, requirePerson, requireThreadAction, requireVersion } from './thread-access.ts'

/** Deletes a thread; whoever reads a reply under it still sees a tombstone. */
export async function deleteThread(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  ifMatch: IfMatch,
): Promise<void> {
  requirePerson(actor)
  await writeRecorded(context, feed, async (tx, { record, rightsChanged }) => {
    const now = context.now()
    const thread = await holdThread(tx, actor, threadId, now)
    requireThreadAction(actor, 'thread.change', thread, now)
    if (thread.state === 'deleted') return
    // Others' positions and evidence are in it.
    if (thread.dispute) throw new AppError('conflict', 'A dispute is not deleted: set it aside.')
    requireVersion(thread.version, ifMatch)
    const at = new Date(now)
    await updateThread(tx, threadId, { state: 'deleted', deletedAt: at }, at)
    await recordThread(record, 'thread.deleted', actor, thread)
    rightsChanged(threadId)
  })
}

/** Brings back what its author deleted, with everything in it; a draft comes back as a draft. */
export async function restoreThread(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
): Promise<ThreadWithReplies> {
  requirePerson(actor)
  const { now } = context
  await writeRecorded(context, feed, async (tx, { record, rightsChanged }) => {
    const thread = await holdDeleted(tx, actor, threadId, now())
    if (!thread) return
    const state = thread.postedAt === null ? 'draft' : 'posted'
    await updateThread(tx, threadId, { state, deletedAt: null }, new Date(now()))
    await recordThread(record, 'appear', actor, { ...thread, state }, { data: { restored: true } })
    rightsChanged(threadId)
  })
  return getThread(context, actor, threadId)
}

/** The deleted thread, held; null when it is not deleted. Its author finds it even where no tombstone is left. */
async function holdDeleted(
  tx: Tx,
  actor: Person,
  threadId: string,
  now: number,
): Promise<ThreadRecord | null> {
  await lockThreads(tx, [threadId])
  const own = await findThread(tx, threadId)
  const thread = own?.author.id === actor.userId ? own : await holdThread(tx, actor, threadId, now)
  requireThreadAction(actor, 'thread.change', thread, now)
  return thread.state === 'deleted' ? thread : null
}
