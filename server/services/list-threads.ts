/**
 * The threads of a document, page by page, with where the room's feed stood before they were read: whoever asks
 * later for what changed since then misses nothing, and at worst hears of something twice.
 */
import { z } from 'zod'
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { MarginRoomRef } from '#domain/wire/feed.ts'
import type { ThreadList, ThreadQuery } from '#domain/wire/thread.ts'
import { listChangedThreads, type RoomState, readRoom, type ThreadHappenings } from '../db/events.ts'
import { findLayersWithinReach, type LayerSubject } from '../db/subjects.ts'
import { filterThreads, findThreadPage, type ThreadFilter, type ThreadPosition } from '../db/thread-pages.ts'
import { loadThreads } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { whenAnchored } from './keep-anchored.ts'
import { findRoomGroup, mayEnterRoom, toSight } from './margin-access.ts'
import { readableDocument } from './place-passages.ts'
import { factsInLayer, isGone } from './present-event.ts'
import { presentThread, type Viewpoint, viewOfGroup } from './present-thread.ts'
import { isSeenEditionOf } from './seen-editions.ts'

/** Lists what the actor sees. Throws what `refuseUnread` says for a document, layer or group they may not read. */
export async function listThreads(
  context: ServiceContext,
  actor: Actor,
  documentId: string,
  query: ThreadQuery,
): Promise<ThreadList> {
  const { db } = context.database
  const document = await readableDocument(context, actor, documentId)
  const editionId = query.edition ?? document.currentEditionId
  if (editionId !== document.currentEditionId) {
    const facts = { ...document, id: documentId }
    if (!(await isSeenEditionOf(db, actor, editionId, facts, context.now()))) {
      throw new AppError('unprocessable', 'This is not an edition of this document.')
    }
    // Whoever still reads this edition sees where in it stands what is written now in another.
    await whenAnchored(context, documentId)
  }
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor)
  const layers = await readLayers(context, actor, query)
  const room = findRoom(actor, documentId, query, layers, context.now())
  const state = cursor ? cursor.state : room && (await readRoom(db, room, context.newId()))
  const happenings = await findHappenings(context, actor, room, query.since, cursor === null ? state : null)

  const view: Viewpoint = {
    actor,
    now: context.now(),
    edition: { id: editionId, documentId },
    ...viewOfGroup(query.group ?? room?.groupId),
  }
  const filter = toFilter(query, view, { documentId, editionId, layers, room, state })
  const positions = await findThreadPage(db, filter, cursor?.after ?? null, query.limit + 1)
  const page = positions.slice(0, query.limit)
  const threads = await loadThreads(
    db,
    page.map(({ id }) => id),
    { editionId, replyGroupIds: filter.groupIds },
  )
  const last = positions.length > query.limit ? page.at(-1) : undefined
  return {
    items: threads.flatMap((thread) => presentThread(thread, view) ?? []),
    gone: room ? await findGone(context, filter, { room, layer: layers[0] }, view, happenings) : [],
    next: last ? writeCursor({ after: last, state }) : null,
    seq: state?.seq ?? null,
    epoch: state?.epoch ?? null,
    edition: { id: document.currentEditionId, number: document.currentEditionNumber },
  }
}

async function readLayers(
  { database, now }: ServiceContext,
  actor: Actor,
  { layer, group }: ThreadQuery,
): Promise<LayerSubject[]> {
  const userId = actor.kind === 'person' ? actor.userId : null
  const within = await findLayersWithinReach(database.db, userId, groupsOf(actor))
  const layers = within.filter(
    (each) =>
      (layer === undefined || each.id === layer) &&
      (group === undefined || mayEnterRoom(actor, each, group, now())) &&
      can(actor, 'layer.read', each, now()),
  )
  if (layers.length === 0 && (layer !== undefined || group !== undefined)) throw refuseUnread(actor)
  return layers
}

/** The margin room that the query speaks of: of one layer and one group. Null when it speaks of none, or not of one. */
function findRoom(
  actor: Actor,
  documentId: string,
  query: ThreadQuery,
  layers: readonly LayerSubject[],
  now: number,
): MarginRoomRef | null {
  const layer = query.layer === undefined ? undefined : layers[0]
  if (!layer) {
    if (query.since !== undefined) throw new AppError('unprocessable', '`since` needs `layer`.')
    return null
  }
  const groupId = findRoomGroup(actor, layer, query.group, now)
  if (groupId === null && query.since !== undefined) {
    throw new AppError('unprocessable', 'This layer has several groups; `since` needs `group`.')
  }
  return groupId === null ? null : { documentId, layerId: layer.id, groupId }
}

/** What happened since the client last asked. A count that is ahead of the room's comes from before a restore, and counts as none. */
async function findHappenings(
  { database }: ServiceContext,
  actor: Actor,
  room: MarginRoomRef | null,
  since: number | undefined,
  state: RoomState | null,
): Promise<ThreadHappenings[]> {
  if (!room || !state || since === undefined || since >= state.seq) return []
  const personId = actor.kind === 'person' ? actor.userId : null
  return listChangedThreads(database.db, room, { after: since, upTo: state.seq, personId })
}

function toFilter(
  { kind, status, since, start, end }: ThreadQuery,
  { actor, groupId }: Viewpoint,
  at: {
    documentId: string
    editionId: string
    layers: readonly LayerSubject[]
    room: MarginRoomRef | null
    state: RoomState | null
  },
): ThreadFilter {
  const { documentId, editionId, layers, room, state } = at
  const isSince = room && state && since !== undefined && since <= state.seq
  return {
    documentId,
    editionId,
    ...toSight(actor, layers),
    groupIds: groupId === undefined ? groupsOf(actor) : [groupId],
    ...(kind && { kind }),
    ...(status && { status }),
    ...((start !== undefined || end !== undefined) && {
      range: { start: Math.min(start ?? 0, maxOffset), end: Math.min(end ?? maxOffset, maxOffset) },
    }),
    ...(isSince && { changed: { room, after: since, upTo: state.seq } }),
  }
}

/** Of the threads that something happened to, those that the client should drop: it sees them no more, or they no longer answer the query. */
async function findGone(
  { database }: ServiceContext,
  filter: ThreadFilter,
  { room, layer }: { readonly room: MarginRoomRef; readonly layer: LayerSubject | undefined },
  view: Viewpoint,
  happenings: readonly ThreadHappenings[],
): Promise<string[]> {
  if (happenings.length === 0 || !layer) return []
  const ids = happenings.map(({ threadId }) => threadId)
  const kept = await filterThreads(database.db, filter, ids)
  const kinds = new Map(happenings.map(({ threadId, kinds }) => [threadId, kinds]))
  const others = await loadThreads(
    database.db,
    ids.filter((id) => !kept.has(id)),
  )
  const gone = await Promise.all(
    others.map(async (thread) => {
      if (presentThread(thread, view)) return true
      const there = await factsInLayer(database.db, thread, layer)
      return isGone(thread, there, room, kinds.get(thread.id) ?? [], view)
    }),
  )
  return others.filter((_, index) => gone[index]).map(({ id }) => id)
}

/** What the database's integers hold; no text is as long. */
const maxOffset = 2_147_483_647

const groupsOf = (actor: Actor) => (actor.kind === 'person' ? Object.keys(actor.memberships) : [])

const lastInstant = Date.UTC(9999, 11, 31)
const cursorShape = z.tuple([
  z.int().min(-1).max(maxOffset),
  z.int().min(0).max(lastInstant),
  z
    .string()
    .max(64)
    .refine((id) => !id.includes('\0')),
  z.union([z.null(), z.tuple([z.int().max(maxOffset), z.string()])]),
])

interface Cursor {
  readonly after: ThreadPosition
  readonly state: RoomState | null
}

function writeCursor({ after, state }: Cursor): string {
  const parts = [after.start, after.createdAt, after.id, state && [state.seq, state.epoch]]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function readCursor(cursor: string): Cursor {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [start, createdAt, id, state] = cursorShape.parse(json)
    return { after: { start, createdAt, id }, state: state && { seq: state[0], epoch: state[1] } }
  } catch {
    throw new AppError('unprocessable', 'This cursor was not made by this server.')
  }
}
