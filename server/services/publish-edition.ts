/**
 * Which edition is read: publishing one, going back to the one before, and discarding a preview.
 *
 * Nothing may ever stand without a place in the current edition. So the passages are anchored first, which takes time
 * and holds nobody up; then one short transaction holds the document, looks whether something was written since, and
 * if so lets go and anchors again.
 */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { hasUnanchored } from '../db/anchors.ts'
import { findEditionBefore, holdDocument, publishEdition, rollBackEdition } from '../db/current-edition.ts'
import type { Tx } from '../db/database.ts'
import type { EditionRecord } from '../db/edition-records.ts'
import { insertAuditEvent } from '../db/events.ts'
import { unfinishEdition } from '../db/unpublished-editions.ts'
import { anchorPassages } from './anchor-passages.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import { getReadableDocument } from './readable-documents.ts'
import { writeRecorded } from './record-event.ts'
import { getChangeableEdition, type SeenEdition, stateOf } from './seen-editions.ts'
import { removeUnfinished } from './unfinished-imports.ts'

/** How often something may be written in between before it is given up. */
const attempts = 10

/** Makes an edition the current one: see `EditionService.publish`. */
export async function publish(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<Document> {
  const find = (tx: Tx) => getChangeableEdition(tx, actor, idOrSlug, number, context.now())
  return changeCurrent(context, feed, actor, find, async (_, seen) => {
    const state = stateOf(seen.edition)
    // Whoever publishes again, since the answer was lost, finds it published; going back is another deed.
    if (state === 'current' || state === 'earlier') return null
    return {
      next: seen.edition,
      write: (tx, now) =>
        publishEdition(tx, { documentId: seen.edition.documentId, editionId: seen.edition.id }, now),
    }
  })
}

/** Makes the edition before the current one current again: see `EditionService.rollBack`. */
export async function rollBack(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<Document> {
  const find = (tx: Tx) => getChangeableEdition(tx, actor, idOrSlug, number, context.now())
  return changeCurrent(context, feed, actor, find, async (tx, { edition }) => {
    if (stateOf(edition) === 'rolled-back') return null
    if (!edition.isCurrent || !edition.publishedAt) {
      throw new AppError('conflict', 'Only the current edition can be rolled back.')
    }
    const { id: editionId, documentId, publishedAt } = edition
    const before = await findEditionBefore(tx, { documentId, publishedAt })
    if (!before) throw new AppError('conflict', 'There is no edition before this one.')
    return {
      next: before,
      write: async (writing, now) => {
        await rollBackEdition(writing, { documentId, editionId, toEditionId: before.id }, now)
        await insertAuditEvent(writing, {
          id: context.newId(),
          kind: 'edition.rolled-back',
          actorId: toUserId(actor),
          documentId,
          data: { editionId },
          at: now,
        })
      },
    }
  })
}

/** Throws away a preview: see `EditionService.discard`. */
export async function discard(
  context: ServiceContext,
  actor: Actor,
  idOrSlug: string,
  number: number,
): Promise<void> {
  const { database, now, newId } = context
  const editionId = await database.transaction(async (tx) => {
    const { stored, edition } = await getChangeableEdition(tx, actor, idOrSlug, number, now())
    const documentId = stored.document.id
    await holdDocument(tx, documentId)
    const at = new Date(now())
    if (!(await unfinishEdition(tx, edition.id, at))) {
      throw new AppError('conflict', 'Only a preview that was never published can be discarded.')
    }
    await insertAuditEvent(tx, {
      id: newId(),
      kind: 'edition.discarded',
      actorId: toUserId(actor),
      documentId,
      data: { editionId: edition.id, number: edition.number },
      at,
    })
    return edition.id
  })
  await removeUnfinished(context, editionId)
}

/** The edition that becomes current, and the writing of it; null when all is so already. */
type Change = {
  readonly next: Pick<EditionRecord, 'id' | 'number'>
  readonly write: (tx: Tx, now: Date) => Promise<void>
} | null

async function changeCurrent(
  context: ServiceContext,
  feed: FeedBus,
  actor: Actor,
  find: (tx: Tx) => Promise<SeenEdition>,
  plan: (tx: Tx, seen: SeenEdition) => Promise<Change>,
): Promise<Document> {
  const { database, now } = context
  const { db } = database
  const seen = await find(db)
  const { id: documentId } = seen.stored.document
  const first = await plan(db, seen)
  for (let attempt = 1; first !== null; attempt++) {
    await anchorPassages(context, { documentId, editionId: first.next.id })
    const isDone = await writeRecorded(context, feed, async (tx, { recordCurrentEdition }) => {
      await holdDocument(tx, documentId)
      const change = await plan(tx, await find(tx))
      if (!change) return true
      const { next, write } = change
      if (next.id !== first.next.id || (await hasUnanchored(tx, { documentId, editionId: next.id })))
        return false
      await write(tx, new Date(now()))
      const edition = { id: next.id, number: next.number }
      await recordCurrentEdition({ actorId: toUserId(actor), documentId, edition })
      return true
    })
    if (isDone) break
    if (attempt === attempts) throw new AppError('conflict', 'Much is being written here: try again.')
  }
  const { document } = await getReadableDocument(db, actor, documentId, now())
  return document
}

const toUserId = (actor: Actor) => (actor.kind === 'person' ? actor.userId : null)
