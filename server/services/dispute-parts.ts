/** What people put into a dispute: positions, evidence, stances, and the steps of its status. */
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import type { Happening } from '#domain/disputes/happening.ts'
import { toShares } from '#domain/disputes/stances.ts'
import { hasEnded, refuseStep, type StepFacts, type StepRefusal } from '#domain/disputes/status-machine.ts'
import { emptyNote } from '#domain/note/note-json.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { NewDisputeStatus, NewPosition, NewStance } from '#domain/wire/dispute.ts'
import { insertPosition, upsertStance } from '../db/disputes.ts'
import { isTaken } from '../db/is-taken.ts'
import { insertNote } from '../db/notes.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import {
  changeDispute,
  requirePart,
  requirePosition,
  type SeenDispute,
  toDisputeFacts,
} from './dispute-access.ts'
import { toThreadFacts } from './present-thread.ts'
import { requireVersion } from './thread-access.ts'

/** Adds a position with an empty note. Sent again with the same id it adds nothing. */
export async function addPosition(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  { id = context.newId(), statement }: NewPosition,
): Promise<void> {
  try {
    await changeDispute(context, feed, actor, disputeId, async ({ tx, at, dispute, thread }, { userId }) => {
      requirePart(actor, thread, at.getTime())
      const same = dispute.positions.find((position) => position.id === id)
      if (same?.statement === statement && same.author.id === userId) return { happenings: [] }
      if (hasEnded(dispute.status)) {
        throw new AppError('conflict', 'This dispute has ended: reopen it to add a position.')
      }
      const number = dispute.positions.length + 1
      await insertPosition(tx, { id, disputeId, number, statement, authorId: userId, createdAt: at })
      await insertNote(tx, {
        id,
        threadId: thread.id,
        text: '',
        json: emptyNote,
        founding: null,
        createdAt: at,
      })
      return { happenings: [{ kind: 'position', positionId: id, statement }] }
    })
  } catch (error) {
    if (isTaken(error)) throw new AppError('conflict', 'This id is taken by something else.')
    throw error
  }
}

/**
 * Makes this the actor's stance. Who no longer holds a position may read its note and no longer write in it: the
 * rooms of the dispute's notes ask again.
 */
export async function takeStance(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  { positions: weighted, reason }: NewStance,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async (held, { userId }) => {
    const { tx, at, dispute, thread, recorder } = held
    requirePart(actor, thread, at.getTime())
    for (const { id } of weighted) requirePosition(dispute, id)
    const positions = [...toShares(weighted)]
    const before = dispute.stances.find(({ person }) => person.id === userId)
    if (
      before &&
      before.reason === reason &&
      JSON.stringify(before.positions) === JSON.stringify(positions)
    ) {
      return { happenings: [] }
    }
    await upsertStance(tx, { disputeId, userId, positions, reason, takenAt: at })
    recorder.rightsChanged(thread.id)
    return { happenings: [{ kind: 'stance', positions, reason }] }
  })
}

/** Takes one step of the status machine. Throws `stale` when the dispute has changed since `ifMatch`. */
export async function setDisputeStatus(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  { status, outcome: said, positionId, rationale }: NewDisputeStatus,
  ifMatch: IfMatch,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async (held) => {
    const { dispute, at } = held
    requireVersion(dispute.version, ifMatch)
    const followed = positionId === undefined ? null : requirePosition(dispute, positionId)
    const outcome = status === 'settled' ? said || (followed?.statement ?? '') : ''
    const refusal = refuseStep(toStepFacts(held, actor, at.getTime()), status, { outcome, rationale })
    if (refusal) throw new AppError(codes[refusal.kind], refusal.message)
    const step: Happening = {
      kind: 'status',
      from: dispute.status,
      to: status,
      outcome,
      positionId: status === 'settled' ? (followed?.id ?? null) : null,
      rationale,
    }
    return { happenings: [step], columns: { status, outcome: status === 'settled' ? outcome : null } }
  })
}

const codes: Readonly<Record<StepRefusal['kind'], ErrorCode>> = {
  'no-such-step': 'conflict',
  'not-allowed': 'forbidden',
  lacking: 'unprocessable',
}

/** The facts that the status machine decides a step of this actor on. */
export function toStepFacts(seen: SeenDispute, actor: Actor, now: number): StepFacts {
  const { status, positions, history } = seen.dispute
  const lastStep = history.findLast(({ what }) => what.kind === 'status')
  return {
    status,
    positionCount: positions.length,
    hasNewEvidence: history.some(
      ({ number, what }) => what.kind === 'evidence' && number > (lastStep?.number ?? 0),
    ),
    takesPart: can(actor, 'dispute.take-part', toThreadFacts(seen.thread), now),
    isArbiter: can(actor, 'dispute.arbitrate', toDisputeFacts(seen), now),
  }
}
