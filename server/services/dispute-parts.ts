/** What people hold in a dispute, and the steps of its status. */
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import type { Happening } from '#domain/disputes/happening.ts'
import { toShares } from '#domain/disputes/stances.ts'
import { refuseStep, type StepFacts, type StepRefusal } from '#domain/disputes/status-machine.ts'
import { wordsTaken } from '#domain/disputes/words-taken.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { NewDisputeStatus, NewStance } from '#domain/wire/dispute-requests.ts'
import { upsertStance } from '../db/dispute-parts.ts'
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
    requirePart(actor, thread, at.getTime(), 'stance.take')
    const before = dispute.stances.find(({ person }) => person.id === userId)
    for (const { id } of weighted) {
      // What was withdrawn is held on by whoever held it, and taken up by nobody.
      const isHeld = before?.positions.some((held) => held.id === id) ?? false
      requirePosition(dispute, id, { offered: !isHeld })
    }
    const positions = [...toShares(weighted)]
    const takenAs = wordsTaken(dispute.history)
    const isSame = before?.reason === reason && JSON.stringify(before.positions) === JSON.stringify(positions)
    // The same stance is another one where a position reads otherwise since: now it is held as it reads.
    if (isSame && positions.every(({ id }) => takenAs(userId, id) === null)) return { happenings: [] }
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
    const followed = positionId === undefined ? null : requirePosition(dispute, positionId, { offered: true })
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
    positionCount: positions.filter(({ withdrawnAt }) => withdrawnAt === null).length,
    hasNewEvidence: history.some(
      ({ number, what }) => what.kind === 'evidence' && number > (lastStep?.number ?? 0),
    ),
    takesPart: can(actor, 'dispute.take-part', toThreadFacts(seen.thread), now),
    isArbiter: can(actor, 'dispute.arbitrate', toDisputeFacts(seen), now),
  }
}
