/** Changing a thread's record: what it is, what it is about, and whether it is settled. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import type { NewStatus, ThreadChange, ThreadWithReplies } from '#domain/wire/thread.ts'
import { type NextPassage, replacePassages } from '../db/passages.ts'
import { insertStatusChange, type ThreadRecord, updateThread } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { requireKindOfLayer, toTagSet } from './create-thread.ts'
import { keepPlaces, placeAndWrite } from './place-and-write.ts'
import { placePassage } from './place-passages.ts'
import { writeRecorded } from './record-event.ts'
import { recordThread } from './record-thread.ts'
import {
  findSeenThread,
  getThread,
  holdThread,
  requireNotDeleted,
  requirePerson,
  requireThreadAction,
  requireVersion,
} from './thread-access.ts'

/** Changes kind, tags, co-writing, pin and passages. Whoever may not do one of what is asked does none of it. */
export async function changeThread(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  change: ThreadChange,
  ifMatch: IfMatch,
): Promise<ThreadWithReplies> {
  requirePerson(actor)
  const allow = (thread: ThreadRecord) => {
    requireNotDeleted(thread)
    requireChange(actor, thread, change, context.now())
    requireVersion(thread.version, ifMatch)
  }
  const next = change.passages && (await placeNext(context, actor, threadId, change.passages, allow))
  await placeAndWrite(context, next ?? [], (placed) =>
    writeRecorded(context, feed, async (tx, { record, rightsChanged }) => {
      const thread = await holdThread(tx, actor, threadId, context.now())
      allow(thread)
      if (Object.values(change).every((value) => value === undefined)) return
      const now = new Date(context.now())
      const { passages, tags, ...columns } = change
      await updateThread(tx, threadId, { ...columns, ...(tags && { tags: toTagSet(tags) }) }, now)
      if (passages) {
        requireOwnPassages(thread, placed)
        await keepPlaces(tx, placed)
        await replacePassages(tx, threadId, placed, now)
      }
      if (change.coWritten !== undefined) rightsChanged(threadId)
      await recordThread(record, 'thread.changed', actor, thread, {
        alsoIn: placed.flatMap((passage) => ('kept' in passage ? [] : [passage])),
      })
    }),
  )
  return getThread(context, actor, threadId)
}

/** Resolves or reopens a thread, and keeps who did and why. What is so already stays as it is. */
export async function setThreadStatus(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  { status, reason }: NewStatus,
): Promise<ThreadWithReplies> {
  requirePerson(actor)
  await writeRecorded(context, feed, async (tx, { record }) => {
    const now = context.now()
    const thread = await holdThread(tx, actor, threadId, now)
    requireNotDeleted(thread)
    requireThreadAction(actor, 'thread.organize', thread, now)
    if (thread.dispute) throw new AppError('conflict', 'A dispute is settled or reopened as a dispute.')
    if (thread.status === status) return
    const at = new Date(now)
    await updateThread(tx, threadId, { status }, at)
    await insertStatusChange(tx, { id: context.newId(), threadId, status, reason, userId: actor.userId, at })
    await recordThread(record, 'thread.changed', actor, thread, { data: { status } })
  })
  return getThread(context, actor, threadId)
}

function requireChange(actor: Person, thread: ThreadRecord, change: ThreadChange, now: number): void {
  const { kind, coWritten, passages, tags, pinned } = change
  if (kind !== undefined || coWritten !== undefined || passages !== undefined) {
    requireThreadAction(actor, 'thread.change', thread, now)
  }
  if (tags !== undefined) requireThreadAction(actor, 'thread.organize', thread, now)
  if (pinned !== undefined) requireThreadAction(actor, 'thread.moderate', thread, now)
  if (passages !== undefined && thread.dispute) {
    throw new AppError(
      'conflict',
      'The passages of a dispute are changed on the dispute, whose history says so.',
    )
  }
  if (kind === undefined) return
  if (thread.kind === 'dispute') throw new AppError('conflict', 'A dispute stays a dispute.')
  requireKindOfLayer(kind, thread.layer.kind)
}

/** Places the new passages, outside of the transaction; first makes sure that the actor may, so that no text answers to strangers. */
async function placeNext(
  context: ServiceContext,
  actor: Person,
  threadId: string,
  wanted: NonNullable<ThreadChange['passages']>,
  allow: (thread: ThreadRecord) => void,
): Promise<NextPassage[]> {
  const thread = await findSeenThread(context.database.db, actor, threadId, context.now())
  allow(thread)
  const next: NextPassage[] = []
  for (const passage of wanted) {
    const isKept = 'id' in passage
    next.push(isKept ? { kept: passage.id } : await placePassage(context, actor, thread.documentId, passage))
  }
  return next
}

function requireOwnPassages(thread: ThreadRecord, next: readonly NextPassage[]): void {
  const kept = next.flatMap((passage) => ('kept' in passage ? [passage.kept] : []))
  const areOwn = kept.every((id) => thread.passages.some((passage) => passage.id === id))
  if (areOwn && new Set(kept).size === kept.length) return
  throw new AppError('unprocessable', 'A passage to keep must be one of this thread, named once.')
}
