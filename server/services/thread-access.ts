/** Reaching one thread: to show it, or to change it inside a transaction. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { findThreadSubject, type PartOfThread } from '../db/thread-facts.ts'
import { findThread, lockThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { isVisible, presentThread, toThreadFacts } from './present-thread.ts'

/** The thread as the actor sees it now. Throws what `refuseUnread` says when they do not see it. */
export async function getThread(
  { database, now }: ServiceContext,
  actor: Actor,
  threadId: string,
): Promise<ThreadWithReplies> {
  await requireThreadRead(database.db, actor, { threadId }, now())
  const thread = await findThread(database.db, threadId)
  const shown = thread && presentThread(thread, { actor, now: now() })
  if (!shown) throw refuseUnread(actor)
  return shown
}

/**
 * The id of the thread, or of the thread that this is a part of, if the policy lets the actor read it. Asked before
 * anything else is looked up or held, so that what they may not read takes no longer than what is not there. Throws
 * what `refuseUnread` says otherwise.
 */
export async function requireThreadRead(
  tx: Tx,
  actor: Actor,
  part: PartOfThread,
  now: number,
): Promise<string> {
  const facts = await findThreadSubject(tx, part)
  if (!facts || !can(actor, 'thread.read', facts, now)) throw refuseUnread(actor)
  return facts.id
}

/** The record of a thread that the actor sees. Throws what `refuseUnread` says when they do not. */
export async function findSeenThread(
  tx: Tx,
  actor: Actor,
  threadId: string,
  now: number,
): Promise<ThreadRecord> {
  await requireThreadRead(tx, actor, { threadId }, now)
  return findVisibleThread(tx, actor, threadId, now)
}

async function findVisibleThread(tx: Tx, actor: Actor, threadId: string, now: number): Promise<ThreadRecord> {
  const thread = await findThread(tx, threadId)
  if (!thread || !isVisible(thread, { actor, now })) throw refuseUnread(actor)
  return thread
}

/** The thread, held until the transaction ends, if the actor sees it. Throws what `refuseUnread` says otherwise. */
export async function holdThread(tx: Tx, actor: Actor, threadId: string, now: number): Promise<ThreadRecord> {
  await requireThreadRead(tx, actor, { threadId }, now)
  await lockThreads(tx, [threadId])
  return findVisibleThread(tx, actor, threadId, now)
}

type ThreadAction = 'thread.change' | 'thread.organize' | 'thread.moderate'

/** Throws unless the policy lets the actor do this to a thread that they see. */
export function requireThreadAction(
  actor: Actor,
  action: ThreadAction,
  thread: ThreadRecord,
  now: number,
): void {
  if (!can(actor, action, toThreadFacts(thread), now)) throw refuseAction(actor)
}

/** Only people write; the command line and strangers do not. */
export function requirePerson(actor: Actor): asserts actor is Person {
  if (actor.kind !== 'person') throw refuseAction(actor, 'Only a person can do this.')
}

/** Throws `stale` when the thing has changed since the version that the client saw. */
export function requireVersion(version: number, ifMatch: IfMatch): void {
  if (ifMatch === null || ifMatch === version) return
  throw new AppError('stale', 'This has been changed since you last saw it.', { version })
}

/** Throws `conflict` for a tombstone. */
export function requireNotDeleted(thread: ThreadRecord): void {
  if (thread.state === 'deleted') throw new AppError('conflict', 'This thread has been deleted.')
}
