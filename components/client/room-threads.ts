/**
 * The threads of one margin room as this browser knows them: an immutable value, changed by lists from the REST API
 * and by events of the feed.
 *
 * Invariant: the value never goes back. An event that a list already covered (its `seq` is not above the room's)
 * changes nothing, so events may be applied again after a reconnection. Gaps in `seq` mean nothing: events that are
 * not for this reader are never sent.
 */
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { Reply, ThreadList, ThreadWithReplies } from '#domain/wire/thread.ts'

export interface RoomThreads {
  readonly threads: ReadonlyMap<string, ThreadWithReplies>
  /** The state of the feed that `threads` shows; null before the first list. */
  readonly seq: number | null
  readonly epoch: string | null
}

/** A room of which nothing is known yet. */
export const unknownRoom: RoomThreads = { threads: new Map(), seq: null, epoch: null }

/** Takes all pages of a first listing, in order. The first page's `seq` counts. */
export function fromLists(pages: readonly ThreadList[]): RoomThreads {
  const first = pages[0]
  const threads = new Map(pages.flatMap((page) => page.items).map((thread) => [thread.id, thread]))
  return { threads, seq: first?.seq ?? null, epoch: first?.epoch ?? null }
}

/** Takes what changed since the room's `seq`, or null when the count began anew and everything must be fetched. */
export function catchUp(room: RoomThreads, pages: readonly ThreadList[]): RoomThreads | null {
  const first = pages[0]
  if (!first) return room
  if (first.epoch !== null && room.epoch !== null && first.epoch !== room.epoch) return null
  const threads = new Map(room.threads)
  for (const page of pages) {
    for (const thread of page.items) threads.set(thread.id, thread)
    for (const id of page.gone) threads.delete(id)
  }
  return { threads, seq: laterOf(room.seq, first.seq), epoch: first.epoch ?? room.epoch }
}

/** Takes one event of the feed; null when everything must be fetched again. */
export function applyFeedEvent(room: RoomThreads, event: FeedEvent): RoomThreads | null {
  if (event.kind === 'reset' || (room.epoch !== null && event.epoch !== room.epoch)) return null
  if (room.seq !== null && event.seq <= room.seq) return room
  const next = { ...room, seq: event.seq, epoch: event.epoch }
  switch (event.kind) {
    case 'thread.posted':
    case 'thread.changed':
    case 'appear':
      return { ...next, threads: withThread(room.threads, event.thread) }
    case 'thread.deleted':
    case 'vanish':
      return { ...next, threads: withoutThread(room.threads, event.threadId) }
    case 'reply.posted':
    case 'reply.changed':
      return { ...next, threads: withReply(room.threads, event.threadId, event.reply) }
    case 'reply.deleted':
      return { ...next, threads: withoutReply(room.threads, event.threadId, event.replyId) }
    case 'edition.published':
      return next
  }
}

/** Puts in what this browser wrote itself, ahead of the event that tells of it. */
export function putThread(room: RoomThreads, thread: ThreadWithReplies): RoomThreads {
  return { ...room, threads: withThread(room.threads, thread) }
}

/** Takes out what this browser removed itself. */
export function dropThread(room: RoomThreads, threadId: string): RoomThreads {
  return { ...room, threads: withoutThread(room.threads, threadId) }
}

/** Puts in a reply that this browser wrote or changed itself. */
export function putReply(room: RoomThreads, threadId: string, reply: Reply): RoomThreads {
  return { ...room, threads: withReply(room.threads, threadId, reply) }
}

type Threads = RoomThreads['threads']

function withThread(threads: Threads, thread: ThreadWithReplies): Threads {
  return new Map(threads).set(thread.id, thread)
}

function withoutThread(threads: Threads, threadId: string): Threads {
  if (!threads.has(threadId)) return threads
  const rest = new Map(threads)
  rest.delete(threadId)
  return rest
}

function withReply(threads: Threads, threadId: string, reply: Reply): Threads {
  const thread = threads.get(threadId)
  if (!thread) return threads
  const at = thread.replies.findIndex((other) => other.id === reply.id)
  const replies = at < 0 ? [...thread.replies, reply] : thread.replies.with(at, reply)
  return withThread(threads, { ...thread, replies, replyCount: countReplies(replies) })
}

function withoutReply(threads: Threads, threadId: string, replyId: string): Threads {
  const thread = threads.get(threadId)
  if (!thread) return threads
  const replies = thread.replies.filter((reply) => reply.id !== replyId)
  return withThread(threads, { ...thread, replies, replyCount: countReplies(replies) })
}

function countReplies(replies: readonly Reply[]): number {
  return replies.filter((reply) => reply.deletedAt === null).length
}

function laterOf(one: number | null, other: number | null): number | null {
  return one === null || (other !== null && other > one) ? other : one
}
