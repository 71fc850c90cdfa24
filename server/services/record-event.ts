/**
 * Writing with a record of what happened: one transaction holds what was written, its event, and the event's number
 * in each margin room; after the commit the rooms hear of it.
 */
import { type FeedEventKind, type MarginRoomRef, noGroup } from '#domain/wire/feed.ts'
import type { EditionRef } from '#domain/wire/shared.ts'
import type { Tx } from '../db/database.ts'
import { insertDocumentEvent, insertEvents, restartRooms } from '../db/events.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus, HeldEvents } from './contracts/feed.ts'

/** Something that happened to a thread, or to one of its replies. */
export interface Happening {
  readonly kind: FeedEventKind
  readonly actorId: string | null
  readonly documentId: string
  readonly layerId: string
  readonly threadId: string
  readonly replyId?: string | null
  /** The group a reply was said in. */
  readonly groupId?: string | null
  /** The one person whom it concerns; left out: everybody in its rooms. */
  readonly recipientId?: string | null
  /** What the audit should know besides; never the words themselves. */
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** Something that happened, and the rooms that hear of it. */
export interface HeardHappening {
  readonly happening: Happening
  readonly rooms: readonly MarginRoomRef[]
}

/** What a transaction reports of itself. */
export interface Recorder {
  /** Stores the event in the transaction, with its place in each of `rooms`. Threads are locked before rooms. */
  record(happening: Happening, rooms: readonly MarginRoomRef[]): Promise<void>
  /** The same for several events, in their order; the locks of all their rooms are taken at once. */
  recordAll(heard: readonly HeardHappening[]): Promise<void>
  /** Makes everybody who is in a room of the layer fetch everything again. */
  recordReset(layerId: string, actorId: string | null): Promise<void>
  /** Stores that another edition is current, with a place in every margin room of the document. */
  recordCurrentEdition(happening: {
    readonly actorId: string | null
    readonly documentId: string
    readonly edition: EditionRef
  }): Promise<void>
  /** Once committed, note rooms of the thread ask again who may be in them. */
  rightsChanged(threadId: string): void
}

/** Runs `work` in one transaction, and tells the feed what it recorded once that is committed. */
export async function writeRecorded<T>(
  context: ServiceContext,
  feed: FeedBus,
  work: (tx: Tx, recorder: Recorder) => Promise<T>,
): Promise<T> {
  let held: HeldEvents[] = []
  let changedThreads = new Set<string>()
  const startOver = () => {
    for (const events of held) events.drop()
    held = []
    changedThreads = new Set()
  }
  try {
    const result = await context.database.transaction(async (tx) => {
      startOver()
      return work(tx, {
        record: async (happening, rooms) =>
          void held.push(await recordAll(context, feed, tx, [{ happening, rooms }])),
        recordAll: async (heard) => void held.push(await recordAll(context, feed, tx, heard)),
        recordReset: async (layerId, actorId) => {
          const reset = { id: context.newId(), layerId, actorId, at: new Date(context.now()) }
          const places = await restartRooms(tx, reset, context.newId())
          const about = {
            kind: 'reset',
            threadId: null,
            replyId: null,
            actorId: null,
            recipientId: null,
          } as const
          held.push(feed.hold(places.map((place) => ({ ...place, ...about }))))
        },
        recordCurrentEdition: async (happening) =>
          void held.push(await recordCurrentEdition(context, feed, tx, happening)),
        rightsChanged: (threadId) => void changedThreads.add(threadId),
      })
    })
    for (const events of held) events.commit()
    for (const threadId of changedThreads) feed.announceThread(threadId)
    return result
  } catch (error) {
    startOver()
    throw error
  }
}

async function recordAll(
  { now, newId }: ServiceContext,
  feed: FeedBus,
  tx: Tx,
  happenings: readonly HeardHappening[],
): Promise<HeldEvents> {
  const heard = happenings.map(({ happening, rooms }) => {
    const { replyId = null, groupId = null, recipientId = null, data = {}, ...rest } = happening
    return {
      event: { ...rest, id: newId(), replyId, groupId, recipientId, data, at: new Date(now()) },
      rooms,
    }
  })
  const places = await insertEvents(tx, heard, newId())
  return feed.hold(
    heard.flatMap(({ event: { kind, threadId, replyId, actorId, recipientId } }, index) =>
      (places[index] ?? []).map((place) => ({ ...place, kind, threadId, replyId, actorId, recipientId })),
    ),
  )
}

async function recordCurrentEdition(
  { now, newId }: ServiceContext,
  feed: FeedBus,
  tx: Tx,
  { actorId, documentId, edition }: Parameters<Recorder['recordCurrentEdition']>[0],
): Promise<HeldEvents> {
  const kind = 'edition.published'
  const places = await insertDocumentEvent(tx, {
    id: newId(),
    kind,
    actorId,
    documentId,
    data: { editionId: edition.id },
    at: new Date(now()),
  })
  return feed.hold(
    places.map((place) => ({
      ...place,
      kind,
      threadId: null,
      replyId: null,
      actorId,
      recipientId: null,
      edition,
    })),
  )
}

/**
 * The rooms that hear of a thread: each document it is in, for each group of its layer. With `groupId`, that group's
 * rooms alone (null is the room of a private layer).
 */
export function roomsOf(
  thread: {
    readonly layerId: string
    readonly documentId: string
    readonly layer: { readonly kind: string; readonly groupIds: readonly string[] }
    readonly passages: readonly { readonly documentId: string }[]
  },
  groupId?: string | null,
): MarginRoomRef[] {
  const all = thread.layer.kind === 'private' ? [noGroup] : thread.layer.groupIds
  const groupIds = groupId === undefined ? all : [groupId ?? noGroup]
  const documentIds = new Set([thread.documentId, ...thread.passages.map((passage) => passage.documentId)])
  return [...documentIds].flatMap((documentId) =>
    groupIds.map((group) => ({ documentId, layerId: thread.layerId, groupId: group })),
  )
}
