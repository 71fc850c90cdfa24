/** What a person decides of a passage in an edition: where it stands, or that it is gone. */
import { foldQuote } from '#domain/anchoring/fold-text.ts'
import { describePassage } from '#domain/anchoring/passage.ts'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { AnchorDecision, AnchorRow } from '#domain/wire/edition.ts'
import type { AnchorState } from '#domain/wire/thread.ts'
import { type AnchorDetail, decideAnchor, findAnchor } from '../db/anchors.ts'
import { keepCurrentEditions } from '../db/current-edition.ts'
import type { Tx } from '../db/database.ts'
import { type EditionRecord, findEditionRecordById } from '../db/edition-records.ts'
import { insertAuditEvent } from '../db/events.ts'
import { findThread, lockThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { presentAnchors } from './edition-anchors.ts'
import { getEditionText } from './edition-cache.ts'
import { keepAnchored } from './keep-anchored.ts'
import { isVisible, toThreadFacts } from './present-thread.ts'
import { getReadableDocument } from './readable-documents.ts'
import { writeRecorded } from './record-event.ts'
import { recordThread } from './record-thread.ts'
import { maySeeEdition, stateOf } from './seen-editions.ts'
import { requirePerson, requireThreadRead, requireVersion } from './thread-access.ts'

/** A passage in an edition as it stands now: see `EditionService.anchor`. */
export async function readAnchor(
  context: ServiceContext,
  actor: Actor,
  anchorId: string,
): Promise<AnchorRow> {
  const { anchor } = await findSeen(context, context.database.db, actor, anchorId)
  const [row] = await presentAnchors(context, actor, [anchor])
  if (!row) throw refuseUnread(actor)
  return row
}

/**
 * Decides where a passage stands: see `EditionService.decide`. Throws `conflict` in an edition that is neither the
 * current one nor a preview: there the notes stay as they stood.
 */
export async function decide(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  anchorId: string,
  decision: AnchorDecision,
  ifMatch: IfMatch,
): Promise<AnchorRow> {
  const { database, now } = context
  requirePerson(actor)
  const seen = await findDecidable(context, database.db, actor, anchorId)
  requireVersion(seen.anchor.version, ifMatch)
  const place = await toDecidedPlace(context, seen.anchor, decision)
  await writeRecorded(context, feed, async (tx, { record }) => {
    await lockThreads(tx, [seen.thread.id])
    await keepCurrentEditions(tx, [seen.anchor.documentId])
    const { anchor, thread, edition } = await findDecidable(context, tx, actor, anchorId)
    requireVersion(anchor.version, ifMatch)
    // What was accepted is what stood there when it was looked at.
    requireVersion(anchor.version, seen.anchor.version)
    const decidedAt = new Date(now())
    const isWritten = await decideAnchor(tx, anchorId, anchor.version, {
      ...place,
      decidedById: actor.userId,
      decidedAt,
    })
    if (!isWritten) throw new AppError('stale', 'Somebody else has decided this just now.')
    const data = { anchorId, editionId: anchor.editionId, state: place.state }
    await insertAuditEvent(tx, {
      id: context.newId(),
      kind: 'passage.decided',
      actorId: actor.userId,
      documentId: anchor.documentId,
      data,
      at: decidedAt,
    })
    if (edition.isCurrent) await recordThread(record, 'thread.changed', actor, thread, { data })
  })
  keepAnchored(context, [seen.anchor.documentId])
  return readAnchor(context, actor, anchorId)
}

interface SeenAnchor {
  readonly anchor: AnchorDetail
  readonly thread: ThreadRecord
  readonly edition: EditionRecord
}

/** Throws what `refuseUnread` says for what the actor does not see. */
async function findSeen(
  { now }: ServiceContext,
  tx: Tx,
  actor: Actor,
  anchorId: string,
): Promise<SeenAnchor> {
  await requireThreadRead(tx, actor, { anchorId }, now())
  const anchor = await findAnchor(tx, anchorId)
  if (!anchor) throw refuseUnread(actor)
  const { facts } = await getReadableDocument(tx, actor, anchor.documentId, now())
  const [edition, thread] = await Promise.all([
    findEditionRecordById(tx, anchor.editionId),
    findThread(tx, anchor.threadId),
  ])
  if (!edition || !maySeeEdition(actor, facts, edition, now())) throw refuseUnread(actor)
  if (!thread || thread.state === 'deleted' || !isVisible(thread, { actor, now: now() })) {
    throw refuseUnread(actor)
  }
  return { anchor, thread, edition }
}

/** The same for whoever may place it. Throws `forbidden` for what is not theirs to place. */
async function findDecidable(
  context: ServiceContext,
  tx: Tx,
  actor: Actor,
  anchorId: string,
): Promise<SeenAnchor> {
  const seen = await findSeen(context, tx, actor, anchorId)
  const { thread, edition } = seen
  if (!can(actor, 'passage.place', toThreadFacts(thread), context.now())) {
    throw refuseAction(actor, 'Only its author and the instructors of its layer place a passage.')
  }
  const state = stateOf(edition)
  if (state !== 'current' && state !== 'preview') {
    throw new AppError('conflict', 'In an edition that is no longer read, the notes stay as they stood.')
  }
  return seen
}

async function toDecidedPlace(
  { database }: ServiceContext,
  anchor: AnchorDetail,
  decision: AnchorDecision,
): Promise<TextRange & { readonly state: AnchorState }> {
  const { start, end, confirmed } = anchor
  if ('state' in decision) return { state: 'orphaned', start, end: anchor.state === 'orphaned' ? end : start }
  const isAccepted = 'accept' in decision
  if (isAccepted && anchor.state === 'orphaned') return { state: 'orphaned', start, end }
  const [then, here] = await Promise.all([
    getEditionText(database, confirmed.editionId),
    getEditionText(database, anchor.editionId),
  ])
  const place = isAccepted ? { start, end } : { start: decision.start, end: decision.end }
  const { exact } = describePassage(here.text, place)
  const isSame = foldQuote(then.text.slice(confirmed.start, confirmed.end)) === foldQuote(exact)
  if (!isSame) return { state: 'changed', ...place }
  return { state: isAccepted && anchor.state === 'moved' ? 'moved' : 'exact', ...place }
}
