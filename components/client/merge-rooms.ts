import type { TextRange } from '#domain/text/edition-text.ts'
import type { AnchorState, ThreadWithReplies } from '#domain/wire/thread.ts'
import type { RoomThreads } from './room-threads.ts'

/** Where a passage stands in the edition on view; of an orphaned one the place where it was, usually an empty range. */
export interface PlacedRange extends TextRange {
  readonly state: AnchorState
}

/** A thread as the margin shows it, with the rooms it stands in: a layer over several groups has one room for each. */
export interface PlacedThread {
  readonly thread: ThreadWithReplies
  readonly rooms: readonly string[]
  /** Its words in this document, in order; empty when it is about the whole document. */
  readonly ranges: readonly PlacedRange[]
}

/**
 * All threads of the rooms in the order of the text: by their first words, then the wider passage, then age. A
 * thread that stands in several rooms comes once, with the replies of each.
 */
export function mergeRooms(rooms: ReadonlyMap<string, RoomThreads>, documentId: string): PlacedThread[] {
  const placed = new Map<string, PlacedThread>()
  for (const [name, room] of rooms) {
    for (const thread of room.threads.values()) {
      const other = placed.get(thread.id)
      placed.set(
        thread.id,
        other
          ? { ...other, rooms: [...other.rooms, name], thread: withRepliesOf(other.thread, thread) }
          : { thread, rooms: [name], ranges: rangesIn(thread, documentId) },
      )
    }
  }
  return [...placed.values()].sort(inReadingOrder)
}

/** Whether two say the same: what was merged anew after another thread changed. */
export function isSamePlaced(one: PlacedThread, other: PlacedThread): boolean {
  return (
    one.thread === other.thread &&
    one.rooms.length === other.rooms.length &&
    one.rooms.every((name, at) => name === other.rooms[at])
  )
}

function withRepliesOf(one: ThreadWithReplies, other: ThreadWithReplies): ThreadWithReplies {
  const newest = other.version > one.version ? other : one
  const replies = new Map([...one.replies, ...other.replies].map((reply) => [reply.id, reply]))
  const inOrder = [...replies.values()].sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  return { ...newest, replies: inOrder, replyCount: inOrder.filter((reply) => !reply.deletedAt).length }
}

function rangesIn(thread: ThreadWithReplies, documentId: string): PlacedRange[] {
  return thread.passages
    .flatMap((passage) =>
      'hidden' in passage || passage.documentId !== documentId
        ? []
        : [{ start: passage.start, end: passage.end, state: passage.anchor.state }],
    )
    .sort((a, b) => a.start - b.start || b.end - a.end)
}

function inReadingOrder(one: PlacedThread, other: PlacedThread): number {
  return (
    (one.ranges[0]?.start ?? -1) - (other.ranges[0]?.start ?? -1) ||
    (other.ranges[0]?.end ?? 0) - (one.ranges[0]?.end ?? 0) ||
    one.thread.createdAt.localeCompare(other.thread.createdAt) ||
    one.thread.id.localeCompare(other.thread.id)
  )
}
