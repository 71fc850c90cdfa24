/** Reaching one dispute: to show it, or to change it inside a transaction. */
import { AppError } from '#domain/app-error.ts'
import type { Happening } from '#domain/disputes/happening.ts'
import { dividedness } from '#domain/disputes/stances.ts'
import { hasEnded } from '#domain/disputes/status-machine.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { DisputeFacts } from '#domain/policy/subjects.ts'
import type { DisputeStatus, ThreadStatus } from '#domain/wire/thread.ts'
import type { Tx } from '../db/database.ts'
import { followUnlessUnwanted } from '../db/dispute-follows.ts'
import {
  type DisputeRecord,
  type EvidenceRecord,
  findDispute,
  findDisputeOf,
  type PositionRecord,
  recordHappenings,
} from '../db/disputes.ts'
import { findThread, lockThreads, type ThreadRecord, updateThread } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { isVisible, presentPassage, toThreadFacts } from './present-thread.ts'
import { type Recorder, writeRecorded } from './record-event.ts'
import { recordThread } from './record-thread.ts'
import { requirePerson, requireThreadRead } from './thread-access.ts'

/** A dispute with the thread that was raised to it. */
export interface SeenDispute {
  readonly dispute: DisputeRecord
  readonly thread: ThreadRecord
}

/** The dispute, if the actor sees its thread. Throws what `refuseUnread` says otherwise. */
export async function findSeenDispute(tx: Tx, actor: Actor, id: string, now: number): Promise<SeenDispute> {
  const threadId = await requireThreadRead(tx, actor, { disputeId: id }, now)
  const [dispute, thread] = [await findDispute(tx, id), await findThread(tx, threadId)]
  if (!dispute || !thread || thread.state === 'deleted' || !isVisible(thread, { actor, now }))
    throw refuseUnread(actor)
  return { dispute, thread }
}

/** The facts that the policy decides on. */
export const toDisputeFacts = ({ dispute, thread }: SeenDispute): DisputeFacts => ({
  thread: toThreadFacts(thread),
  raisedById: dispute.raisedBy.id,
})

/** Throws unless the actor may add positions and bring evidence, or with `stance.take` say what they hold. */
export function requirePart(
  actor: Actor,
  thread: ThreadRecord,
  now: number,
  action: 'dispute.take-part' | 'stance.take' = 'dispute.take-part',
): void {
  if (can(actor, action, toThreadFacts(thread), now)) return
  const isCovered = action !== 'stance.take' && can(actor, 'stance.take', toThreadFacts(thread), now)
  throw refuseAction(
    actor,
    isCovered
      ? 'While its layer is blind, only instructors and who opened it say more in a dispute.'
      : 'You may not take part in this dispute.',
  )
}

/** What a change of a dispute amounts to; without happenings nothing has changed. */
export interface DisputeChange {
  readonly happenings: readonly Happening[]
  readonly columns?:
    | { readonly status: DisputeStatus; readonly outcome: string | null }
    | { readonly question: string }
  /** Whose margins hear of it besides those of its passages so far. */
  readonly alsoIn?: readonly { readonly documentId: string }[]
}

/** What a change is made with. */
export interface HeldDispute extends SeenDispute {
  readonly tx: Tx
  readonly at: Date
  readonly recorder: Recorder
}

/**
 * Changes a dispute in one transaction: its thread is held, so that changes come one after the other; what `change`
 * says happened goes into the history, and the margin rooms of the thread hear that there is something new.
 */
export async function changeDispute(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  change: (held: HeldDispute, actor: Person) => Promise<DisputeChange>,
): Promise<void> {
  requirePerson(actor)
  await writeRecorded(context, feed, async (tx, recorder) => {
    const now = context.now()
    const threadId = await requireThreadRead(tx, actor, { disputeId }, now)
    await lockThreads(tx, [threadId])
    const seen = await findSeenDispute(tx, actor, disputeId, now)
    const at = new Date(now)
    const changed = await change({ ...seen, tx, at, recorder }, actor)
    if (changed.happenings.length > 0) await record({ ...seen, tx, at, recorder }, actor, changed)
  })
}

async function record(
  { tx, at, recorder, dispute, thread }: HeldDispute,
  actor: Person,
  { happenings, columns, alsoIn }: DisputeChange,
): Promise<void> {
  const after = dispute.history.length
  const held = new Map(dispute.stances.map(({ person, positions }) => [person.id, positions]))
  for (const what of happenings) if (what.kind === 'stance') held.set(actor.userId, what.positions)
  await recordHappenings(tx, dispute.id, {
    after,
    actorId: actor.userId,
    at,
    happenings,
    columns: { ...columns, dividedness: dividedness([...held.values()]) },
  })
  const seen = after + happenings.length
  await followUnlessUnwanted(tx, { disputeId: dispute.id, userId: actor.userId, seen })
  if (columns && 'status' in columns) {
    await updateThread(tx, thread.id, { status: threadStatusOf[columns.status] }, at)
  }
  const data = { dispute: happenings.map(({ kind }) => kind).join(' ') }
  await recordThread(recorder.record, 'thread.changed', actor, thread, { data, alsoIn })
}

/** How the thread of a dispute stands among the other threads of a margin. */
const threadStatusOf: Readonly<Record<DisputeStatus, ThreadStatus>> = {
  open: 'open',
  contested: 'open',
  settled: 'resolved',
  'set-aside': 'resolved',
}

/**
 * The position of the dispute with this id. Throws `unprocessable` when it has none, and `conflict` when only one that
 * is `offered` will do, and this one was withdrawn.
 */
export function requirePosition(
  { positions }: DisputeRecord,
  positionId: string,
  { offered }: { readonly offered: boolean },
): PositionRecord {
  const position = positions.find(({ id }) => id === positionId)
  if (!position) throw new AppError('unprocessable', 'This is not a position of this dispute.')
  if (offered && position.withdrawnAt !== null) {
    throw new AppError('conflict', 'This position has been withdrawn.')
  }
  return position
}

/** Throws `conflict` for a dispute that has ended. */
export function requireGoingOn({ status }: DisputeRecord): void {
  if (hasEnded(status)) throw new AppError('conflict', 'This dispute has ended: reopen it first.')
}

/**
 * Whether the actor sees what the evidence is: its passages' documents, or the thread it points at (`cited`). A
 * passage or thread that is gone for good shows as evidence that nobody may open.
 */
export function isEvidenceSeen(
  evidence: EvidenceRecord,
  cited: ThreadRecord | null,
  { actor, now }: { readonly actor: Actor; readonly now: number },
): boolean {
  if (evidence.passages.length > 0) {
    return evidence.passages.every((passage) => !('hidden' in presentPassage(passage, { actor, now })))
  }
  if (evidence.citation !== null) return true
  return cited !== null && isVisible(cited, { actor, now })
}

/** Throws `unprocessable` unless this is evidence of the thread's dispute that the actor sees. */
export async function requireSeenEvidence(
  tx: Tx,
  actor: Actor,
  thread: ThreadRecord,
  evidenceId: string,
  now: number,
): Promise<void> {
  const dispute = await findDisputeOf(tx, { evidenceId })
  const evidence = dispute?.evidence.find(({ id }) => id === evidenceId)
  const cited = evidence?.citedId ? await findThread(tx, evidence.citedId) : null
  const isOwn = dispute?.threadId === thread.id && evidence && evidence.removedAt === null
  if (!isOwn || !isEvidenceSeen(evidence, cited, { actor, now })) {
    throw new AppError('unprocessable', 'This is no evidence of this thread’s dispute.')
  }
}
