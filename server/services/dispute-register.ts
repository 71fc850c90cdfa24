/** The register: all disputes that somebody may see, page by page; and where they lie along a document. */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import { dividednessByWeek, stanceTimeline } from '#domain/disputes/stance-timeline.ts'
import { tally } from '#domain/disputes/stances.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { DisputeMap, DisputeSummary } from '#domain/wire/dispute.ts'
import type { DisputeFilter, DisputeQuery, DisputeSort } from '#domain/wire/dispute-requests.ts'
import type { Page, PersonRef } from '#domain/wire/shared.ts'
import { countNews } from '../db/dispute-follows.ts'
import { type DisputeOutline, listStanceEvents, loadDisputeOutlines } from '../db/dispute-outlines.ts'
import {
  type DisputePageFilter,
  type DisputePosition,
  findDisputePage,
  listDisputesInEdition,
  listInvolved,
} from '../db/dispute-pages.ts'
import { findCitedDocuments, findLayerNames } from '../db/dispute-surroundings.ts'
import { loadThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { sightOf } from './edition-anchors.ts'
import { isVisible, presentPassage, toThreadFacts, type Viewpoint } from './present-thread.ts'
import { getReadableDocument } from './readable-documents.ts'

/** So many people are offered to filter by. */
const peopleAtMost = 500
/** So many disputes are drawn on the map of one document. */
const mappedAtMost = 1_000

/** One page of the register. Throws what `refuseUnread` says for a document or group that the actor may not read. */
export async function listDisputes(
  context: ServiceContext,
  actor: Actor,
  { limit, cursor, ...filter }: DisputeQuery,
): Promise<Page<DisputeSummary>> {
  const after = cursor === undefined ? null : readCursor(cursor, filter.sort)
  const { ids, next } = await findPage(context, actor, filter, after, limit)
  const seen = await loadSeen(context, actor, ids)
  return { items: await summarize(context, actor, seen), next: next && writeCursor(next, filter.sort) }
}

/** Who can be asked for in the register: see `DisputeService.people`. */
export async function listDisputePeople(context: ServiceContext, actor: Actor): Promise<PersonRef[]> {
  return listInvolved(context.database.db, await sightOf(context, actor), peopleAtMost)
}

/** The ids of one page's disputes, with where the next begins; null on the last. */
export async function findPage(
  context: ServiceContext,
  actor: Actor,
  filter: DisputeFilter,
  after: DisputePosition | null,
  limit: number,
): Promise<{ ids: string[]; next: DisputePosition | null }> {
  const { db } = context.database
  const rows = await findDisputePage(db, await toPageFilter(context, actor, filter), after, limit + 1)
  const page = rows.slice(0, limit)
  return { ids: page.map(({ id }) => id), next: rows.length > limit ? (page.at(-1) ?? null) : null }
}

/** The outline of a dispute with its thread. */
interface SeenOutline {
  readonly dispute: DisputeOutline
  readonly thread: ThreadRecord
}

async function loadSeen(
  context: ServiceContext,
  actor: Actor,
  ids: readonly string[],
): Promise<SeenOutline[]> {
  const { db } = context.database
  const disputes = await loadDisputeOutlines(db, ids)
  const threadIds = disputes.map(({ threadId }) => threadId)
  const loaded = await loadThreads(db, threadIds, { replyGroupIds: [] })
  const threads = new Map(loaded.map((thread) => [thread.id, thread]))
  const view = { actor, now: context.now() }
  return disputes.flatMap((dispute) => {
    const thread = threads.get(dispute.threadId)
    return thread && thread.state !== 'deleted' && isVisible(thread, view) ? [{ dispute, thread }] : []
  })
}

async function toPageFilter(
  context: ServiceContext,
  actor: Actor,
  filter: DisputeFilter,
): Promise<DisputePageFilter> {
  const { database, now } = context
  const { status, document, group, person, tag, from, before, following, sort } = filter
  if (group !== undefined && !can(actor, 'group.read', { id: group, archived: false }, now())) {
    throw refuseUnread(actor)
  }
  const documentId =
    document === undefined
      ? undefined
      : (await getReadableDocument(database.db, actor, document, now())).document.id
  return {
    ...(await sightOf(context, actor)),
    sort,
    ...(status && { status }),
    ...(documentId !== undefined && { documentId }),
    ...(group !== undefined && { groupId: group }),
    ...(person !== undefined && { involvedId: person }),
    ...(tag !== undefined && { tag }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(before !== undefined && { before: new Date(before) }),
    followed: following === 'true',
  }
}

async function summarize(
  { database, now }: ServiceContext,
  actor: Actor,
  seen: readonly SeenOutline[],
): Promise<DisputeSummary[]> {
  const { db } = database
  const view = { actor, now: now() }
  const threads = seen.map(({ thread }) => thread)
  const documents = await findCitedDocuments(
    db,
    threads.flatMap(({ passages }) => passages.map(({ documentId }) => documentId)),
  )
  const layers = await findLayerNames(
    db,
    threads.map(({ layerId }) => layerId),
  )
  const ids = seen.map(({ dispute }) => dispute.id)
  const news = actor.kind === 'person' ? await countNews(db, ids, actor.userId) : new Map<string, number>()
  return seen.map(({ dispute, thread }) => {
    const stances = seenStances(dispute, thread, view)
    const held = tally(stances)
    const passages = thread.passages.flatMap((record) => {
      const passage = presentPassage(record, view)
      const document = 'hidden' in passage ? undefined : documents.get(passage.documentId)
      if ('hidden' in passage || !document) return []
      const { documentId, exact, start } = passage
      return [{ documentId, slug: document.slug, title: document.title, exact, start }]
    })
    return {
      id: dispute.id,
      threadId: thread.id,
      question: dispute.question,
      status: dispute.status,
      outcome: dispute.outcome,
      raisedBy: dispute.raisedBy,
      tags: [...thread.tags],
      layer: { id: thread.layerId, name: layers.get(thread.layerId) ?? '' },
      passages,
      hidden: thread.passages.length - passages.length,
      positions: dispute.positions.map(({ id, statement }) => ({ id, statement, held: held.get(id) ?? 0 })),
      undecided: stances.filter((positions) => positions.length === 0).length,
      evidenceCount: dispute.evidenceCount,
      dividedness: seesAll(thread, view) ? dispute.dividedness : null,
      following: news.has(dispute.id),
      news: news.get(dispute.id) ?? 0,
      createdAt: dispute.createdAt.toISOString(),
      activeAt: dispute.activeAt.toISOString(),
      version: dispute.version,
    }
  })
}

const seenStances = (dispute: DisputeOutline, thread: ThreadRecord, { actor, now }: Viewpoint) =>
  dispute.stances
    .filter(({ userId }) => can(actor, 'stance.read', { ...toThreadFacts(thread), holderId: userId }, now))
    .map(({ positions }) => positions)

/** Whether they see what just anybody holds. */
const seesAll = (thread: ThreadRecord, { actor, now }: Viewpoint) =>
  can(actor, 'stance.read', { ...toThreadFacts(thread), holderId: '' }, now)

/** Where the disputes that the actor sees lie in the current edition of a document, and how their dividedness moved. */
export async function mapDisputes(
  context: ServiceContext,
  actor: Actor,
  documentIdOrSlug: string,
): Promise<DisputeMap> {
  const { db } = context.database
  const view = { actor, now: context.now() }
  const { document } = await getReadableDocument(db, actor, documentIdOrSlug, view.now)
  const sight = await sightOf(context, actor)
  const placed = await listDisputesInEdition(db, sight, document.edition.id, mappedAtMost)
  const seen = await loadSeen(context, actor, [...new Set(placed.map(({ id }) => id))])
  const byId = new Map(seen.map((each) => [each.dispute.id, each]))
  const told = seen.filter(({ thread }) => seesAll(thread, view)).map(({ dispute }) => dispute.id)
  const stances = await listStanceEvents(db, told)
  return {
    documentId: document.id,
    length: document.edition.length,
    items: placed.flatMap(({ id, start, end }) => {
      const each = byId.get(id)
      if (!each) return []
      const { dispute, thread } = each
      const { points } = stanceTimeline(stances.get(id) ?? [])
      return [
        {
          id,
          threadId: thread.id,
          question: dispute.question,
          status: dispute.status,
          start,
          end,
          dividedness: told.includes(id) ? dispute.dividedness : null,
          weeks: dividednessByWeek(points, view.now),
        },
      ]
    }),
  }
}

const cursorShape = z.tuple([
  z.enum(['activity', 'dividedness', 'age']),
  z.string().regex(/^[-\d :.eT]{1,40}$/),
  z.string().max(64),
])

const writeCursor = ({ key, id }: DisputePosition, sort: DisputeSort) =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')

function readCursor(cursor: string, sort: DisputeSort): DisputePosition {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [sortedBy, key, id] = cursorShape.parse(json)
    const isKey = sort === 'dividedness' ? Number.isFinite(Number(key)) : !Number.isNaN(Date.parse(key))
    if (sortedBy === sort && isKey) return { key, id }
  } catch {
    // Whatever it is, it is no cursor.
  }
  throw new AppError('unprocessable', 'This cursor was not made by this server for this order.')
}
