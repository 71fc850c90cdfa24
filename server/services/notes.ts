/** What the socket asks about margin notes and margin rooms, and where it leaves what it derived. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { MarginRoomRef } from '#domain/wire/feed.ts'
import {
  type DerivedNote,
  findThreadOfNote,
  listNoteVersions,
  touchThread,
  updateDerivedNote,
} from '../db/notes.ts'
import { findLayerSubject } from '../db/subjects.ts'
import { findThread, lockThreads, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import { mayEnterRoom } from './margin-access.ts'
import { readableDocument } from './place-passages.ts'
import { isVisible, toThreadFacts } from './present-thread.ts'
import { roomsOf, writeRecorded } from './record-event.ts'
import type { FeedBus, NoteService } from './services.ts'

/** The service of margin notes. */
export function createNoteService(context: ServiceContext, feed: FeedBus): NoteService {
  const { database, now } = context
  return {
    async access(actor, noteId) {
      const threadId = await findThreadOfNote(database.db, noteId)
      const thread = await readNote(context, actor, threadId)
      return { threadId: thread.id, mayWrite: can(actor, 'note.write', toThreadFacts(thread), now()) }
    },

    async enterMargin(actor, room) {
      await requireMargin(context, actor, room)
    },

    async saveDerived(noteId, derived) {
      await saveDerived(context, feed, noteId, derived)
    },

    async versions(actor, threadId) {
      const thread = await readNote(context, actor, threadId)
      const versions = await listNoteVersions(database.db, threadId)
      const isOwn = actor.kind === 'person' && actor.userId === thread.author.id
      return versions
        .filter(({ createdAt }) => isOwn || (thread.postedAt !== null && createdAt >= thread.postedAt))
        .map(({ createdAt, ...version }) => ({ ...version, createdAt: createdAt.toISOString() }))
    },
  }
}

/** The thread whose note the actor may read; under a tombstone nobody reads it. */
async function readNote(
  { database, now }: ServiceContext,
  actor: Actor,
  threadId: string | null,
): Promise<ThreadRecord> {
  const thread = threadId === null ? null : await findThread(database.db, threadId)
  if (!thread || thread.state === 'deleted' || !isVisible(thread, { actor, now: now() })) {
    throw refuseUnread(actor)
  }
  return thread
}

async function requireMargin(context: ServiceContext, actor: Actor, room: MarginRoomRef): Promise<void> {
  await readableDocument(context, actor, room.documentId)
  const layer = await findLayerSubject(context.database.db, room.layerId)
  if (!layer || !mayEnterRoom(actor, layer, room.groupId, context.now())) throw refuseUnread(actor)
}

async function saveDerived(
  context: ServiceContext,
  feed: FeedBus,
  noteId: string,
  derived: DerivedNote,
): Promise<void> {
  const threadId = await findThreadOfNote(context.database.db, noteId)
  if (threadId === null) return
  await writeRecorded(context, feed, async (tx, { record }) => {
    await lockThreads(tx, [threadId])
    const now = new Date(context.now())
    const saysOtherwise = await updateDerivedNote(tx, noteId, derived, now)
    if (!saysOtherwise) return
    await touchThread(tx, threadId, now)
    const thread = await findThread(tx, threadId)
    if (thread?.state !== 'posted') return
    const { documentId, layerId } = thread
    await record(
      { kind: 'thread.changed', actorId: null, documentId, layerId, threadId, data: { note: true } },
      roomsOf(thread),
    )
  })
}
