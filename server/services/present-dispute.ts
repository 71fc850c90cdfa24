/**
 * A dispute as one person sees it. Everything that leaves the server about a dispute passes here: which passages
 * and evidence with their words, whose stances, and what they may do. Evidence from what they may not open is there
 * and nothing more, in the columns, in the history and in what is exported.
 */
import { hasEnded, possibleSteps } from '#domain/disputes/status-machine.ts'
import { wordsTaken } from '#domain/disputes/words-taken.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { Dispute, Evidence, EvidenceSource } from '#domain/wire/dispute.ts'
import { noGroup } from '#domain/wire/feed.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import { isFollowing } from '../db/dispute-follows.ts'
import { findMembers } from '../db/dispute-surroundings.ts'
import type { EvidenceRecord } from '../db/disputes.ts'
import { findDocumentSubject } from '../db/subjects.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { findSeenDispute, isEvidenceSeen, type SeenDispute, toDisputeFacts } from './dispute-access.ts'
import { presentHistory } from './dispute-history.ts'
import { toStepFacts } from './dispute-parts.ts'
import { presentDisputePassages } from './dispute-passages.ts'
import { findEvidenceSources } from './evidence-sources.ts'
import { mayEnterRoom } from './margin-access.ts'
import {
  groupsToReplyTo,
  presentReply,
  toThreadFacts,
  type Viewpoint,
  visibleReplies,
} from './present-thread.ts'

/** The dispute as the actor sees it now. Throws what `refuseUnread` says when they do not see it. */
export async function getDispute(context: ServiceContext, actor: Actor, id: string): Promise<Dispute> {
  const seen = await findSeenDispute(context.database.db, actor, id, context.now())
  return presentDispute(context, actor, seen)
}

/** Shows a dispute that the actor sees. Reads texts, so never inside a transaction. */
async function presentDispute(context: ServiceContext, actor: Actor, seen: SeenDispute): Promise<Dispute> {
  const { db } = context.database
  const { dispute, thread } = seen
  const view: Viewpoint = { actor, now: context.now() }
  const present = dispute.evidence.filter(({ removedAt }) => removedAt === null)
  const citedIds = dispute.evidence.flatMap(({ citedId }) => citedId ?? [])
  const cited = new Map(
    (await loadThreads(db, citedIds, { replyGroupIds: [] })).map((each) => [each.id, each]),
  )
  const passages = await presentDisputePassages(
    context,
    [...thread.passages, ...present.flatMap((each) => each.passages)],
    view,
  )
  const sources = await findEvidenceSources(context, present, { cited, passages, view })
  const hiddenIds = new Set(
    dispute.evidence
      .filter((each) => !isEvidenceSeen(each, cited.get(each.citedId ?? '') ?? null, view))
      .map(({ id }) => id),
  )
  const facts = toThreadFacts(thread)
  const isShown = ({ id }: PersonRef) => can(actor, 'stance.read', { ...facts, holderId: id }, view.now)
  const stances = dispute.stances.filter(({ person }) => isShown(person))
  // Whether any is hidden must not depend on whether there is one.
  const stancesHidden = !isShown({ id: '', name: '' })
  const members =
    thread.layer.kind === 'private'
      ? new Set(thread.layer.ownerId === null ? [] : [thread.layer.ownerId])
      : await findMembers(
          db,
          thread.layer.groupIds,
          stances.map(({ person }) => person.id),
        )
  const userId = actor.kind === 'person' ? actor.userId : null
  const mine = stances.find(({ person }) => person.id === userId)
  const isArbiter = can(actor, 'dispute.arbitrate', toDisputeFacts(seen), view.now)
  const isGoingOn = !hasEnded(dispute.status)
  const takenAs = wordsTaken(dispute.history)
  const history = presentHistory(dispute.history, { hiddenIds, isShown })
  return {
    id: dispute.id,
    threadId: thread.id,
    documentId: thread.documentId,
    layerId: thread.layerId,
    question: dispute.question,
    status: dispute.status,
    outcome: toOutcome(seen),
    raisedBy: dispute.raisedBy,
    tags: [...thread.tags],
    note: thread.note && { author: thread.author, ...thread.note },
    passages: thread.passages.map(({ id }) => passages.get(id) ?? { id, hidden: true }),
    positions: dispute.positions.map((position) => ({
      id: position.id,
      number: position.number,
      statement: position.statement,
      author: position.author,
      note: position.note,
      withdrawn: position.withdrawnAt !== null,
      mayChange:
        isGoingOn &&
        can(actor, 'position.change', { ...toDisputeFacts(seen), authorId: position.author.id }, view.now),
      mayWrite: can(
        actor,
        'position.write',
        { ...facts, holds: mine?.positions.some(({ id }) => id === position.id) ?? false },
        view.now,
      ),
      holders: stances.flatMap(({ person, positions }) =>
        positions
          .filter(({ id }) => id === position.id)
          .map(({ id, share }) => ({
            person,
            share,
            takenAs: takenAs(person.id, id),
            left: !members.has(person.id),
          })),
      ),
      evidence: present
        .filter(({ positionId }) => positionId === position.id)
        .map((each) => toEvidence(each, sources.get(each.id) ?? null, seen, view)),
    })),
    undecided: stances
      .filter(({ positions }) => positions.length === 0)
      .map(({ person }) => ({ person, left: !members.has(person.id) })),
    stancesHidden,
    dividedness: stancesHidden ? null : dispute.dividedness,
    mine: mine
      ? {
          positions: mine.positions.map((held) => ({ ...held, takenAs: takenAs(mine.person.id, held.id) })),
          reason: mine.reason,
        }
      : null,
    following: userId !== null && (await isFollowing(db, dispute.id, userId)),
    history,
    replies: visibleReplies(thread, view).map(presentReply),
    room: await findRoom(context, actor, thread),
    may: {
      takePart: can(actor, 'dispute.take-part', facts, view.now),
      takeStance: can(actor, 'stance.take', facts, view.now),
      replyIn: groupsToReplyTo(thread, view),
      reshape: isArbiter && isGoingOn,
      become: possibleSteps(toStepFacts(seen, actor, view.now)),
    },
    createdAt: dispute.createdAt.toISOString(),
    activeAt: dispute.activeAt.toISOString(),
    version: dispute.version,
  }
}

function toEvidence(
  record: EvidenceRecord,
  source: EvidenceSource | null,
  seen: SeenDispute,
  view: Viewpoint,
): Evidence {
  const { id, positionId, side, author, note, createdAt } = record
  if (!source) return { id, hidden: true }
  const facts = { ...toDisputeFacts(seen), authorId: author.id }
  return {
    id,
    positionId,
    side,
    author,
    note,
    source,
    replies: visibleReplies(seen.thread, view, id).map(presentReply),
    createdAt: createdAt.toISOString(),
    mayChange: can(view.actor, 'evidence.change', facts, view.now),
  }
}

function toOutcome({ dispute }: SeenDispute): Dispute['outcome'] {
  const last = dispute.history.findLast(({ what }) => what.kind === 'status')
  if (last?.what.kind !== 'status') return null
  const { to, outcome, positionId, rationale } = last.what
  if (to !== 'settled' && to !== 'set-aside') return null
  return { text: outcome, positionId, rationale, by: last.by, at: last.at.toISOString() }
}

/** A margin room that the actor may enter and that hears of the dispute, or null. */
async function findRoom(
  { database, now }: ServiceContext,
  actor: Actor,
  { documentId, layerId, layer }: ThreadRecord,
): Promise<Dispute['room']> {
  const document = await findDocumentSubject(database.db, documentId)
  if (!document || !can(actor, 'document.read', document, now())) return null
  const rooms = layer.kind === 'private' ? [noGroup] : layer.groupIds
  const groupId = rooms.find((each) => mayEnterRoom(actor, layer, each, now()))
  return groupId === undefined ? null : { documentId, layerId, groupId }
}
