import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { refuseUnread } from '#domain/policy/can.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { loadThreads, lockThreads, type ThreadRecord, updateThread } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { isVisible, presentThread } from './present-thread.ts'
import { writeRecorded } from './record-event.ts'
import { happeningTo } from './record-thread.ts'
import { requirePerson, requireThreadAction } from './thread-access.ts'
import { uncoverByPosting } from './uncover-notes.ts'

/** Releases drafts together, all or none. What is posted already stays as it is, so that the request can be sent again. */
export async function postDrafts(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadIds: readonly string[],
): Promise<ThreadWithReplies[]> {
  requirePerson(actor)
  const ids = [...new Set(threadIds)]
  const now = context.now()
  await writeRecorded(context, feed, async (tx, { recordAll, rightsChanged }) => {
    const drafts = await holdDrafts(tx, actor, ids, now)
    const postedAt = new Date(now)
    for (const draft of drafts) {
      await updateThread(tx, draft.id, { state: 'posted', postedAt }, postedAt)
      rightsChanged(draft.id)
    }
    const uncovered = await uncoverByPosting(tx, actor, drafts, postedAt)
    await recordAll([...drafts.map((draft) => happeningTo(draft, 'thread.posted', actor)), ...uncovered])
  })
  const posted = await loadThreads(context.database.db, ids)
  return posted.flatMap((thread) => presentThread(thread, { actor, now: context.now() }) ?? [])
}

async function holdDrafts(
  tx: Tx,
  actor: Person,
  ids: readonly string[],
  now: number,
): Promise<ThreadRecord[]> {
  await lockThreads(tx, ids)
  const threads = await loadThreads(tx, ids)
  if (threads.length < ids.length || !threads.every((thread) => isVisible(thread, { actor, now }))) {
    throw refuseUnread(actor)
  }
  for (const thread of threads) {
    requireThreadAction(actor, 'thread.change', thread, now)
    if (thread.state === 'deleted') throw new AppError('conflict', 'One of these threads has been deleted.')
  }
  return threads.filter((thread) => thread.state === 'draft')
}
