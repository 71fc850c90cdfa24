/** What a dispute asks, and of which passages: changed by its arbiters while it goes on, and kept in its history. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { DisputeChange, NewDisputePassage } from '#domain/wire/dispute-requests.ts'
import { appendPassage, type PlacedPassage, retirePassage } from '../db/passages.ts'
import type { PassageRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import {
  changeDispute,
  findSeenDispute,
  requireGoingOn,
  type SeenDispute,
  toDisputeFacts,
} from './dispute-access.ts'
import { keepPlaces, placeAndWrite } from './place-and-write.ts'
import { placePassage } from './place-passages.ts'
import { requirePerson } from './thread-access.ts'

/** As many as a thread may have. */
const passagesAtMost = 50

/** Puts the question otherwise. */
export async function retitleDispute(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  { question }: DisputeChange,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async (held) => {
    requireReshaping(actor, held, context.now())
    const from = held.dispute.question
    if (question === from) return { happenings: [] }
    return { happenings: [{ kind: 'retitled', from, to: question }], columns: { question } }
  })
}

/** Makes the dispute be about one more passage, in any document that the actor may read. */
export async function addDisputePassage(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  { passage: wanted }: NewDisputePassage,
): Promise<void> {
  requirePerson(actor)
  const seen = await findSeenDispute(context.database.db, actor, disputeId, context.now())
  requireReshaping(actor, seen, context.now())
  const passages = [await placePassage(context, actor, seen.thread.documentId, wanted)]
  await placeAndWrite(context, passages, (placed) =>
    changeDispute(context, feed, actor, disputeId, async (held) => {
      requireReshaping(actor, held, context.now())
      const { tx, at, thread } = held
      const added = placed.filter((passage) => !thread.passages.some(standsThere(passage)))
      const [first] = added
      if (!first) return { happenings: [] }
      if (thread.passages.length === passagesAtMost) {
        throw new AppError('conflict', `A dispute is about ${passagesAtMost} passages at most.`)
      }
      await keepPlaces(tx, added)
      await appendPassage(tx, thread.id, first, at)
      return { happenings: [{ kind: 'passage-added', passageId: first.id }], alsoIn: added }
    }),
  )
}

/** Whether a passage of the thread stands where this one does. */
const standsThere =
  ({ documentId, anchors }: PlacedPassage) =>
  (other: PassageRecord) =>
    other.documentId === documentId &&
    other.anchors.some((theirs) =>
      anchors.some(
        ({ editionId, start, end, state }) =>
          state !== 'orphaned' &&
          theirs.state !== 'orphaned' &&
          theirs.editionId === editionId &&
          theirs.start === start &&
          theirs.end === end,
      ),
    )

/** Takes a passage out of what the dispute is about; the history still says that it was there. */
export async function removeDisputePassage(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  passageId: string,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async (held) => {
    requireReshaping(actor, held, context.now())
    const { tx, at, thread } = held
    if (!thread.passages.some(({ id }) => id === passageId)) return { happenings: [] }
    if (thread.passages.length === 1) {
      throw new AppError('conflict', 'This is the only passage: add another one first.')
    }
    await retirePassage(tx, thread.id, passageId, at)
    return { happenings: [{ kind: 'passage-removed', passageId }] }
  })
}

function requireReshaping(actor: Actor, seen: SeenDispute, now: number): void {
  if (!can(actor, 'dispute.arbitrate', toDisputeFacts(seen), now)) {
    throw refuseAction(actor, 'Only who raised a dispute and who moderates its layer may put it otherwise.')
  }
  requireGoingOn(seen.dispute)
}
