/**
 * What each recipient in a margin room hears of an event. The thread is shown as it is when the event is presented,
 * which may be later than the event: what happened in between has events of its own, that change nothing then.
 */
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { ThreadFacts } from '#domain/policy/subjects.ts'
import type { FeedEvent, MarginRoomRef } from '#domain/wire/feed.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { findBlindness } from '../db/blind-layers.ts'
import type { Tx } from '../db/database.ts'
import { findLayerSubject, type LayerSubject } from '../db/subjects.ts'
import { findThread, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { RoomEvent } from './contracts/feed.ts'
import { presentThread, toReplyFacts, toThreadFacts, type Viewpoint, viewOfGroup } from './present-thread.ts'

/**
 * Makes the function that presents events. It loads the thread of an event once, however many recipients ask with
 * that same event. Null: the event is not for this one.
 */
export function createEventPresenter({ database, now }: ServiceContext) {
  const loaded = new WeakMap<RoomEvent, Promise<LoadedThread | null>>()

  function load(event: RoomEvent, threadId: string): Promise<LoadedThread | null> {
    const known = loaded.get(event)
    if (known) return known
    const loading = loadThread(database.db, threadId, event.room)
    loaded.set(event, loading)
    // A failure is not remembered: the next recipient tries anew.
    loading.catch(() => loaded.delete(event))
    return loading
  }

  return async (actor: Actor, event: RoomEvent): Promise<FeedEvent | null> => {
    const { seq, epoch, room, kind, threadId, recipientId } = event
    if (recipientId !== null && !(actor.kind === 'person' && actor.userId === recipientId)) return null
    if (kind === 'reset') return { seq, epoch, kind }
    // Whoever is in a margin room may read its document, and so know which edition of it is the current one.
    if (kind === 'edition.published')
      return event.edition ? { seq, epoch, kind, edition: event.edition } : null
    const found = threadId === null ? null : await load(event, threadId)
    if (!found) return null
    const { thread, there } = found
    const view: Viewpoint = { actor, now: now(), ...viewOfGroup(room.groupId) }
    const shown = standsIn(thread, room) ? presentThread(thread, view) : null
    if (shown) return toShown(event, shown, () => couldReadReply(thread, event.replyId, view))
    if (!isGone(thread, there, room, [kind], view)) return null
    return { seq, epoch, kind: kind === 'thread.deleted' ? kind : 'vanish', threadId: thread.id }
  }
}

interface LoadedThread {
  readonly thread: ThreadRecord
  /** As it would stand in the room's layer, if it has left it. */
  readonly there: ThreadFacts
}

async function loadThread(tx: Tx, threadId: string, room: MarginRoomRef): Promise<LoadedThread | null> {
  const thread = await findThread(tx, threadId)
  if (!thread) return null
  if (thread.layerId === room.layerId) return { thread, there: toThreadFacts(thread) }
  const layer = await findLayerSubject(tx, room.layerId)
  return layer && { thread, there: await factsInLayer(tx, thread, layer) }
}

/** What the policy would decide about a thread on, if it stood in this layer, which it may have left. */
export async function factsInLayer(tx: Tx, thread: ThreadRecord, layer: LayerSubject): Promise<ThreadFacts> {
  if (thread.layerId === layer.id) return toThreadFacts(thread)
  const stood = { layerId: layer.id, documentId: thread.documentId, layer }
  const blindness = await findBlindness(tx, [stood])
  return {
    ...toThreadFacts(thread),
    layer,
    byInstructor: blindness.isInstructor(stood, thread.author.id),
    seenBy: blindness.seenBy(stood),
  }
}

/** Whether the actor would read a reply if no moderator had hidden it. */
function couldReadReply(thread: ThreadRecord, replyId: string | null, { actor, now }: Viewpoint): boolean {
  const reply = thread.replies.find(({ id }) => id === replyId)
  return (
    reply !== undefined && can(actor, 'reply.read', { ...toReplyFacts(thread, reply), hidden: false }, now)
  )
}

function toShown(
  { seq, epoch, kind, replyId }: RoomEvent,
  thread: ThreadWithReplies,
  couldReadReply: () => boolean,
): FeedEvent | null {
  const place = { seq, epoch }
  // A tombstone comes and goes with the replies under it, so it is always told whole.
  if (thread.state === 'deleted') return { ...place, kind: 'thread.changed', thread }
  switch (kind) {
    case 'thread.posted':
    case 'thread.changed':
    case 'appear':
      return { ...place, kind, thread }
    case 'reply.posted':
    case 'reply.changed':
    case 'reply.deleted': {
      const reply = thread.replies.find(({ id }) => id === replyId)
      if (!reply || replyId === null) {
        if (kind === 'reply.deleted' && replyId !== null && couldReadReply())
          return { ...place, kind, threadId: thread.id, replyId }
        // What is said of a piece of evidence is shown with the dispute, which has changed by it.
        return thread.dispute ? { ...place, kind: 'thread.changed', thread } : null
      }
      if (reply.deletedAt !== null) {
        return { ...place, kind: 'reply.deleted', threadId: thread.id, replyId: reply.id }
      }
      const shownKind = kind === 'reply.deleted' ? 'reply.changed' : kind
      return { ...place, kind: shownKind, threadId: thread.id, reply }
    }
    default:
      return { ...place, kind: 'thread.changed', thread }
  }
}

/**
 * Whether such events took from the actor a thread that they may have seen, so that they are told of its id. A
 * thread that was never theirs to see is not named: one that is hidden is, only by the event that hid it. `there` is
 * the thread as it would stand in the room's layer.
 */
export function isGone(
  thread: ThreadRecord,
  there: ThreadFacts,
  room: MarginRoomRef,
  kinds: readonly string[],
  { actor, now }: Viewpoint,
): boolean {
  if (kinds.includes('vanish'))
    return can(actor, 'thread.read', { ...there, state: 'posted', hidden: false }, now)
  if (!can(actor, 'thread.read', { ...toThreadFacts(thread), state: 'posted' }, now)) return false
  return !standsIn(thread, room) || kinds.includes('thread.deleted') || kinds.includes('reply.deleted')
}

function standsIn(thread: ThreadRecord, room: MarginRoomRef): boolean {
  return (
    thread.layerId === room.layerId &&
    (thread.documentId === room.documentId ||
      thread.passages.some((passage) => passage.documentId === room.documentId))
  )
}
