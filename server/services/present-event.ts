/**
 * What each recipient in a margin room hears of an event. The thread is shown as it is when the event is presented,
 * which may be later than the event: what happened in between has events of its own, that change nothing then.
 */
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { FeedEvent, MarginRoomRef } from '#domain/wire/feed.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { findThread, type ThreadRecord } from '../db/threads.ts'
import type { ServiceContext } from './context.ts'
import type { RoomEvent } from './contracts/feed.ts'
import { presentThread, toThreadFacts, type Viewpoint, viewOfGroup } from './present-thread.ts'

/**
 * Makes the function that presents events. It loads the thread of an event once, however many recipients ask with
 * that same event. Null: the event is not for this one.
 */
export function createEventPresenter({ database, now }: ServiceContext) {
  const loaded = new WeakMap<RoomEvent, Promise<ThreadRecord | null>>()

  function load(event: RoomEvent, threadId: string): Promise<ThreadRecord | null> {
    const known = loaded.get(event)
    if (known) return known
    const loading = findThread(database.db, threadId)
    loaded.set(event, loading)
    // A failure is not remembered: the next recipient tries anew.
    loading.catch(() => loaded.delete(event))
    return loading
  }

  return async (actor: Actor, event: RoomEvent): Promise<FeedEvent | null> => {
    const { seq, epoch, room, kind, threadId } = event
    if (kind === 'reset') return { seq, epoch, kind }
    // Whoever is in a margin room may read its document, and so know which edition of it is the current one.
    if (kind === 'edition.published')
      return event.edition ? { seq, epoch, kind, edition: event.edition } : null
    const thread = threadId === null ? null : await load(event, threadId)
    if (!thread) return null
    const view: Viewpoint = { actor, now: now(), ...viewOfGroup(room.groupId) }
    const shown = standsIn(thread, room) ? presentThread(thread, view) : null
    if (shown) return toShown(event, shown)
    if (!isGone(thread, room, [kind], view)) return null
    return { seq, epoch, kind: kind === 'thread.deleted' ? kind : 'vanish', threadId: thread.id }
  }
}

function toShown({ seq, epoch, kind, replyId }: RoomEvent, thread: ThreadWithReplies): FeedEvent | null {
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
      // What is said of a piece of evidence is shown with the dispute, which has changed by it.
      if (!reply) return thread.dispute ? { ...place, kind: 'thread.changed', thread } : null
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
 * thread that was never theirs to see is not named: one that is hidden is, only by the event that hid it.
 */
export function isGone(
  thread: ThreadRecord,
  room: MarginRoomRef,
  kinds: readonly string[],
  { actor, now }: Viewpoint,
): boolean {
  if (kinds.includes('vanish')) return can(actor, 'layer.read', thread.layer, now)
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
