/** Margin notes: what the socket asks about them and their margins, where it leaves what it derived, and their history. */
import { AppError } from '#domain/app-error.ts'
import type { DerivedNote } from '#domain/note/derived-note.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { whyNotWrite } from '#domain/policy/why-not-write.ts'
import type { MarginRoomRef } from '#domain/wire/feed.ts'
import { lockThreadsOf, type ThreadSayingOtherwise, updateDerivedNotes } from '../db/derived-notes.ts'
import { holdsPosition } from '../db/dispute-parts.ts'
import { readRoom } from '../db/events.ts'
import { findNoteVersion, listNoteVersions } from '../db/notes.ts'
import { findLayerSubject } from '../db/subjects.ts'
import { findThreadSubject } from '../db/thread-facts.ts'
import type { ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { NoteDoor, NoteService } from './contracts/notes.ts'
import { mayEnterRoom } from './margin-access.ts'
import type { NoteWriter } from './note-writer.ts'
import { readableDocument } from './place-passages.ts'
import { toThreadFacts } from './present-thread.ts'
import { type HeardHappening, roomsOf, writeRecorded } from './record-event.ts'
import { findSeenThread, getThread, requirePerson } from './thread-access.ts'

/** The service of margin notes. */
export function createNoteService(context: ServiceContext, feed: FeedBus, writer: NoteWriter): NoteService {
  const { database, now } = context
  return {
    async access(actor, noteId) {
      const enter = await openDoor(context, noteId)
      return enter(actor)
    },

    door: (noteId) => openDoor(context, noteId),

    async enterMargin(actor, room) {
      await requireMargin(context, actor, room)
      return readRoom(database.db, room, context.newId())
    },

    saveDerived: (notes) => saveDerived(context, feed, notes),

    async versions(actor, threadId) {
      const thread = await readNote(context, actor, threadId)
      const versions = await listNoteVersions(database.db, threadId)
      return versions
        .filter((version) => showsVersion(actor, thread, version))
        .map(({ createdAt, ...version }) => ({ ...version, createdAt: createdAt.toISOString() }))
    },

    async restoreVersion(actor, threadId, number) {
      const thread = await readNote(context, actor, threadId)
      requirePerson(actor)
      if (!can(actor, 'note.write', toThreadFacts(thread), now())) {
        throw refuseAction(actor, whyNotWrite(actor, thread, now(), readOnly))
      }
      const version = await findNoteVersion(database.db, threadId, number)
      if (!version || !showsVersion(actor, thread, version)) {
        throw new AppError('not-found', 'This note has no such version.')
      }
      await writer.replaceContent({ noteId: threadId, threadId }, version.json, actor)
      return getThread(context, actor, threadId)
    },
  }
}

const readOnly = 'You may read this note, but not write in it.'

async function openDoor({ database, now }: ServiceContext, noteId: string): Promise<NoteDoor> {
  const thread = await findThreadSubject(database.db, { noteId })
  return async (actor) => {
    if (!thread || thread.state === 'deleted' || !can(actor, 'thread.read', thread, now())) {
      throw refuseUnread(actor)
    }
    const threadId = thread.id
    const whyNot = (mayWrite: boolean, otherwise: string) =>
      mayWrite ? null : whyNotWrite(actor, thread, now(), otherwise)
    if (noteId === threadId)
      return { threadId, whyNot: whyNot(can(actor, 'note.write', thread, now()), readOnly) }
    // Any other note of a thread is that of a position, which is written by those who hold it.
    const holds = actor.kind === 'person' && (await holdsPosition(database.db, noteId, actor.userId))
    const mayWrite = can(actor, 'position.write', { ...thread, holds }, now())
    return { threadId, whyNot: whyNot(mayWrite, 'The note of a position is written by those who hold it.') }
  }
}

/** Whether the actor sees this version of a note that they read: what was before it was posted is its author's. */
function showsVersion(actor: Actor, thread: ThreadRecord, { createdAt }: { createdAt: Date }): boolean {
  const isOwn = actor.kind === 'person' && actor.userId === thread.author.id
  return isOwn || (thread.postedAt !== null && createdAt >= thread.postedAt)
}

/** The thread whose note the actor may read; under a tombstone nobody reads it. */
async function readNote(
  { database, now }: ServiceContext,
  actor: Actor,
  threadId: string,
): Promise<ThreadRecord> {
  const thread = await findSeenThread(database.db, actor, threadId, now())
  if (thread.state === 'deleted') throw refuseUnread(actor)
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
  notes: readonly DerivedNote[],
): Promise<void> {
  await writeRecorded(context, feed, async (tx, { recordAll }) => {
    await lockThreadsOf(
      tx,
      notes.map(({ noteId }) => noteId),
    )
    const threads = await updateDerivedNotes(tx, notes, new Date(context.now()))
    const posted = threads.filter(({ isPosted }) => isPosted)
    if (posted.length > 0) await recordAll(posted.map(toWritten))
  })
}

/** That a note says something else, told wherever its thread stands. */
function toWritten(thread: ThreadSayingOtherwise): HeardHappening {
  const { id: threadId, documentId, layerId } = thread
  return {
    happening: { kind: 'thread.changed', actorId: null, documentId, layerId, threadId, data: { note: true } },
    rooms: roomsOf(thread),
  }
}
