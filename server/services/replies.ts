/** Replies: what people answer in a thread, each in one of their groups. */
import { AppError } from '#domain/app-error.ts'
import { noteToText, parseWrittenText } from '#domain/note/written-text.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { whyNotWrite } from '#domain/policy/why-not-write.ts'
import type { WrittenText } from '#domain/wire/shared.ts'
import type { NewReply, Reply, ReplyChange } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { isTaken } from '../db/is-taken.ts'
import {
  findReply,
  insertReply,
  listReplyRevisions,
  type ReplyWords,
  rewordReply,
  setReplyDeleted,
} from '../db/replies.ts'
import { findThread, lockThreads, type ThreadRecord } from '../db/threads.ts'
import { bodyHash } from './body-hash.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import type { ReplyService } from './contracts/replies.ts'
import { requireSeenEvidence } from './dispute-access.ts'
import { moderateReply } from './moderate.ts'
import { groupsToReplyTo, isVisible, presentReply, toReplyFacts } from './present-thread.ts'
import { writeRecorded } from './record-event.ts'
import { recordReply } from './record-reply.ts'
import { findSeenReply, requireReplyRead, type SeenReply } from './reply-access.ts'
import {
  holdThread,
  requireNotDeleted,
  requirePerson,
  requireThreadRead,
  requireVersion,
} from './thread-access.ts'

/** The service of replies. */
export function createReplyService(context: ServiceContext, feed: FeedBus): ReplyService {
  return {
    create: (actor, threadId, reply) => createReply(context, feed, actor, threadId, reply),
    change: (actor, replyId, change, ifMatch) => changeReply(context, feed, actor, replyId, change, ifMatch),
    delete: (actor, replyId, ifMatch) => deleteReply(context, feed, actor, replyId, ifMatch),
    restore: (actor, replyId) => restoreReply(context, feed, actor, replyId),
    moderate: (actor, replyId, deed) => moderateReply(context, feed, actor, replyId, deed),
    history: (actor, replyId) => readHistory(context, actor, replyId),
  }
}

/** Sent again with the same id and body it answers the reply made the first time. */
async function createReply(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  threadId: string,
  wanted: NewReply,
): Promise<Reply> {
  requirePerson(actor)
  const hash = bodyHash({ ...wanted, threadId })
  const before = await findOriginal(context, actor, wanted.id, hash)
  if (before) return before
  const words = toWords(wanted.body)
  const id = wanted.id ?? context.newId()
  try {
    await writeRecorded(context, feed, async (tx, { record }) => {
      const now = context.now()
      const thread = await holdThread(tx, actor, threadId, now)
      requireNotDeleted(thread)
      const groupId = chooseGroup(actor, thread, wanted.groupId, now)
      const evidenceId = wanted.evidenceId ?? null
      if (evidenceId !== null) await requireSeenEvidence(tx, actor, thread, evidenceId, now)
      const at = new Date(now)
      const row = { id, threadId, evidenceId, groupId, authorId: actor.userId, bodyHash: hash, createdAt: at }
      await insertReply(tx, { ...row, ...words })
      await recordReply(record, 'reply.posted', actor, thread, { id, groupId })
    })
  } catch (error) {
    const original = isTaken(error) ? await findOriginal(context, actor, wanted.id, hash) : null
    if (!original) throw error
    return original
  }
  return getReply(context, actor, id)
}

async function changeReply(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  replyId: string,
  { body }: ReplyChange,
  ifMatch: IfMatch,
): Promise<Reply> {
  requirePerson(actor)
  const words = toWords(body)
  await writeRecorded(context, feed, async (tx, { record }) => {
    const { reply, thread } = await holdOwnReply(tx, actor, 'reply.change', replyId, context.now())
    if (reply.deletedAt !== null) throw new AppError('conflict', 'This reply has been deleted.')
    requireVersion(reply.version, ifMatch)
    await rewordReply(tx, reply, words, new Date(context.now()))
    await recordReply(record, 'reply.changed', actor, thread, reply)
  })
  return getReply(context, actor, replyId)
}

async function deleteReply(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  replyId: string,
  ifMatch: IfMatch,
): Promise<void> {
  requirePerson(actor)
  await writeRecorded(context, feed, async (tx, { record }) => {
    const { reply, thread } = await holdOwnReply(tx, actor, 'reply.delete', replyId, context.now())
    if (reply.deletedAt !== null) return
    requireVersion(reply.version, ifMatch)
    await setReplyDeleted(tx, replyId, new Date(context.now()))
    await recordReply(record, 'reply.deleted', actor, thread, reply)
  })
}

async function restoreReply(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  replyId: string,
): Promise<Reply> {
  requirePerson(actor)
  await writeRecorded(context, feed, async (tx, { record }) => {
    const { reply, thread } = await holdOwnReply(tx, actor, 'reply.delete', replyId, context.now())
    if (reply.deletedAt === null) return
    await setReplyDeleted(tx, replyId, null)
    await recordReply(record, 'reply.changed', actor, thread, reply)
  })
  return getReply(context, actor, replyId)
}

/** The wordings before the present one, oldest first; of a deleted reply only its author reads them. */
async function readHistory(context: ServiceContext, actor: Actor, replyId: string) {
  const { reply } = await findSeenReply(context.database.db, actor, replyId, context.now())
  const isOwn = actor.kind === 'person' && actor.userId === reply.author.id
  if (reply.deletedAt !== null && !isOwn) return []
  const revisions = await listReplyRevisions(context.database.db, replyId)
  return revisions.map(({ body, text, writtenAt }) => ({
    body: parseWrittenText(body),
    text,
    writtenAt: writtenAt.toISOString(),
  }))
}

async function findOriginal(
  context: ServiceContext,
  actor: Person,
  id: string | undefined,
  hash: string,
): Promise<Reply | null> {
  const reply = id === undefined ? null : await findReply(context.database.db, id)
  if (!reply) return null
  if (reply.author.id !== actor.userId || reply.bodyHash !== hash) {
    throw new AppError('conflict', 'This id is taken by something else.')
  }
  return getReply(context, actor, reply.id)
}

function toWords(written: WrittenText): ReplyWords {
  const body = parseWrittenText(written)
  const text = noteToText(body)
  if (text === '') throw new AppError('unprocessable', 'A reply needs words.')
  return { body, text }
}

/** The group the reply goes to: the one that is named, or the only one in which the actor may answer. */
function chooseGroup(
  actor: Person,
  thread: ThreadRecord,
  named: string | undefined,
  now: number,
): string | null {
  const open = groupsToReplyTo(thread, { actor, now })
  if (named !== undefined && thread.layer.kind === 'private') {
    throw new AppError('unprocessable', 'A private layer has no groups.')
  }
  if (named !== undefined && !thread.layer.groupIds.includes(named)) {
    throw new AppError('unprocessable', 'This group does not use this layer.')
  }
  const possible = open.filter((groupId) => named === undefined || groupId === named)
  const [group] = possible
  if (group === undefined)
    throw refuseAction(actor, whyNotWrite(actor, thread, now, 'You may not reply here.'))
  if (possible.length > 1) {
    throw new AppError('unprocessable', 'Say in which of your groups this is a reply: `groupId`.', {
      groupIds: possible,
    })
  }
  return group
}

async function getReply(context: ServiceContext, actor: Actor, replyId: string): Promise<Reply> {
  const { reply } = await findSeenReply(context.database.db, actor, replyId, context.now())
  return presentReply(reply)
}

/** The actor's own reply and its thread, both held until the transaction ends. */
async function holdOwnReply(
  tx: Tx,
  actor: Person,
  action: 'reply.change' | 'reply.delete',
  replyId: string,
  now: number,
): Promise<SeenReply> {
  const threadId = await requireThreadRead(tx, actor, { replyId }, now)
  await lockThreads(tx, [threadId])
  const thread = await findThread(tx, threadId)
  if (!thread) throw refuseUnread(actor)
  // Whoever deleted the last reply under a tombstone sees the thread no more, and may still bring their own back.
  const isOwn = thread.replies.some(({ id, author }) => id === replyId && author.id === actor.userId)
  if (!isOwn && !isVisible(thread, { actor, now })) throw refuseUnread(actor)
  // Whoever changes a reply holds its thread first, so what was read with it stays as it is.
  const seen = requireReplyRead(actor, thread, replyId, now)
  if (!can(actor, action, toReplyFacts(seen.thread, seen.reply), now)) throw refuseAction(actor)
  return seen
}
