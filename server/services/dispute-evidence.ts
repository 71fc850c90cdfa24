/** Evidence in a dispute: bringing it, moving it between positions and sides, taking it away. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { QuotedParallel } from '#domain/wire/dispute.ts'
import type { EvidenceChange, NewEvidence } from '#domain/wire/dispute-requests.ts'
import type { Tx } from '../db/database.ts'
import { findEvidenceRequest, insertEvidence, updateEvidence } from '../db/dispute-parts.ts'
import type { EvidenceRecord } from '../db/disputes.ts'
import { isTaken } from '../db/is-taken.ts'
import { insertPassages, type PlacedPassage } from '../db/passages.ts'
import { findThread } from '../db/threads.ts'
import { bodyHash } from './body-hash.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import {
  changeDispute,
  findSeenDispute,
  isEvidenceSeen,
  requirePart,
  requirePosition,
  type SeenDispute,
  toDisputeFacts,
} from './dispute-access.ts'
import { keepPlaces, placeAndWrite } from './place-and-write.ts'
import { placePassage } from './place-passages.ts'
import { quoteParallel } from './quote-parallel.ts'
import { findSeenThread, requirePerson } from './thread-access.ts'

/** Brings evidence. Sent again with the same id and body it brings nothing more. */
export async function addEvidence(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  wanted: NewEvidence,
): Promise<void> {
  requirePerson(actor)
  const hash = bodyHash({ ...wanted, disputeId })
  if (await isSentAgain(context, actor, wanted.id, hash)) return
  const now = context.now()
  const { thread } = await findSeenDispute(context.database.db, actor, disputeId, now)
  requirePart(actor, thread, now)
  const { passage, parallelId, threadId } = wanted
  if (threadId === thread.id)
    throw new AppError('unprocessable', 'A thread is no evidence in its own dispute.')
  if (threadId !== undefined) await findSeenThread(context.database.db, actor, threadId, now)
  const { documentId } = thread
  const parallel =
    parallelId === undefined ? null : await quoteParallel(context, actor, parallelId, documentId)
  const quoted = passage ? [passage] : (parallel?.passages ?? [])
  const passages = await Promise.all(quoted.map((each) => placePassage(context, actor, documentId, each)))
  const id = wanted.id ?? context.newId()
  try {
    await placeAndWrite(context, passages, (placed) =>
      insert(context, feed, actor, disputeId, {
        ...wanted,
        id,
        hash,
        passages: placed,
        parallel: parallel?.quoted ?? null,
      }),
    )
  } catch (error) {
    if (!isTaken(error) || !(await isSentAgain(context, actor, wanted.id, hash))) throw error
  }
}

type EvidenceToInsert = NewEvidence & {
  readonly id: string
  readonly hash: string
  readonly passages: readonly PlacedPassage[]
  readonly parallel: QuotedParallel | null
}

async function insert(
  context: ServiceContext,
  feed: FeedBus,
  actor: Person,
  disputeId: string,
  evidence: EvidenceToInsert,
): Promise<void> {
  const { id, positionId, side, note, threadId, citation, hash, passages, parallel } = evidence
  await changeDispute(context, feed, actor, disputeId, async ({ tx, at, dispute, thread }) => {
    requirePart(actor, thread, at.getTime())
    requirePosition(dispute, positionId, { offered: true })
    await keepPlaces(tx, passages)
    await insertEvidence(tx, {
      id,
      disputeId,
      positionId,
      side,
      note,
      citedId: threadId ?? null,
      citation: citation ?? null,
      parallel,
      authorId: actor.userId,
      bodyHash: hash,
      createdAt: at,
    })
    const quoted = passages.map((each, position) => ({ ...each, position, evidenceId: id }))
    await insertPassages(tx, thread.id, quoted, at)
    return { happenings: [{ kind: 'evidence', evidenceId: id, positionId, side }] }
  })
}

/** Whether this very request was answered before. Throws `conflict` when the id is that of something else. */
async function isSentAgain(
  { database }: ServiceContext,
  actor: Person,
  id: string | undefined,
  hash: string,
): Promise<boolean> {
  const before = id === undefined ? null : await findEvidenceRequest(database.db, id)
  if (!before) return false
  if (before.authorId === actor.userId && before.bodyHash === hash) return true
  throw new AppError('conflict', 'This id is taken by something else.')
}

/** Moves evidence, or changes what is said of it. */
export async function changeEvidence(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  evidenceId: string,
  change: EvidenceChange,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async ({ tx, at, dispute, thread }, { userId }) => {
    const evidence = await requireOwnEvidence(tx, actor, { dispute, thread }, evidenceId, at.getTime())
    const from = { positionId: evidence.positionId, side: evidence.side }
    const to = { positionId: change.positionId ?? from.positionId, side: change.side ?? from.side }
    requirePosition(dispute, to.positionId, { offered: to.positionId !== from.positionId })
    if (change.note !== undefined && evidence.author.id !== userId) {
      throw refuseAction(actor, 'Only who brought the evidence changes what they say of it.')
    }
    await updateEvidence(tx, evidenceId, { ...to, note: change.note })
    const isMoved = from.positionId !== to.positionId || from.side !== to.side
    const isReworded = change.note !== undefined && change.note !== evidence.note
    return {
      happenings: [
        ...(isMoved ? [{ kind: 'evidence-moved', evidenceId, from, to } as const] : []),
        ...(isReworded ? [{ kind: 'evidence-reworded', evidenceId } as const] : []),
      ],
    }
  })
}

/** Takes evidence out of the dispute; the history still says that it was there. */
export async function removeEvidence(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  disputeId: string,
  evidenceId: string,
): Promise<void> {
  await changeDispute(context, feed, actor, disputeId, async ({ tx, at, dispute, thread }) => {
    await requireOwnEvidence(tx, actor, { dispute, thread }, evidenceId, at.getTime())
    await updateEvidence(tx, evidenceId, { removedAt: at })
    return { happenings: [{ kind: 'evidence-removed', evidenceId }] }
  })
}

/** Evidence that the actor sees and may change. */
async function requireOwnEvidence(
  tx: Tx,
  actor: Actor,
  seen: SeenDispute,
  evidenceId: string,
  now: number,
): Promise<EvidenceRecord> {
  const evidence = seen.dispute.evidence.find(({ id, removedAt }) => id === evidenceId && removedAt === null)
  const cited = evidence?.citedId ? await findThread(tx, evidence.citedId) : null
  if (!evidence || !isEvidenceSeen(evidence, cited, { actor, now })) throw refuseUnread(actor)
  const facts = { ...toDisputeFacts(seen), authorId: evidence.author.id }
  if (!can(actor, 'evidence.change', facts, now)) throw refuseAction(actor)
  return evidence
}
