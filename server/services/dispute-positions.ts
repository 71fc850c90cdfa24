/** The positions of a dispute: stating one, wording it otherwise, withdrawing it; and what its note said before. */
import { AppError } from '#domain/app-error.ts'
import type { Happening } from '#domain/disputes/happening.ts'
import { emptyNote } from '#domain/note/note-json.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { NewPosition, PositionChange } from '#domain/wire/dispute-requests.ts'
import { insertPosition, updatePosition } from '../db/dispute-parts.ts'
import { isTaken } from '../db/is-taken.ts'
import { insertNote } from '../db/notes.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { changeDispute, requireGoingOn, requirePart, toDisputeFacts } from './dispute-access.ts'

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
      requireGoingOn(dispute)
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

/** Words a position otherwise, withdraws it, or takes it up again. Stances stay with it as they are. */
export async function changePosition(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  positionId: string,
  { statement, withdrawn }: PositionChange,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async ({ tx, at, dispute, thread }) => {
    const position = dispute.positions.find(({ id }) => id === positionId)
    if (!position) throw refuseUnread(actor)
    const facts = { ...toDisputeFacts({ dispute, thread }), authorId: position.author.id }
    if (!can(actor, 'position.change', facts, at.getTime())) {
      throw refuseAction(actor, 'Only who stated a position and who may end the dispute may change it.')
    }
    requireGoingOn(dispute)
    const happenings: Happening[] = []
    if (statement !== undefined && statement !== position.statement) {
      happenings.push({ kind: 'position-reworded', positionId, from: position.statement, to: statement })
    }
    const isWithdrawn = position.withdrawnAt !== null
    if (withdrawn !== undefined && withdrawn !== isWithdrawn) {
      happenings.push({ kind: withdrawn ? 'position-withdrawn' : 'position-restored', positionId })
    }
    if (happenings.length === 0) return { happenings }
    const withdrawnAt = withdrawn === undefined ? undefined : withdrawn ? (position.withdrawnAt ?? at) : null
    await updatePosition(tx, positionId, { statement, withdrawnAt })
    return { happenings }
  })
}
