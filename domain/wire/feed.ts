/**
 * What happens in a margin room, as its readers hear of it (message 4 of the sync protocol).
 *
 * Each recipient gets only what they may read: a thread they may not see is never named. `appear` and `vanish`
 * stand for what becomes visible or invisible to this recipient for another reason than being written or deleted.
 */
import type { EditionRef } from './shared.ts'
import type { Reply, ThreadWithReplies } from './thread.ts'

/** The room of one document, layer and group; `-` stands for no group, in a private layer. */
export interface MarginRoomRef {
  readonly documentId: string
  readonly layerId: string
  readonly groupId: string
}

/** The name of a margin room, as it stands in `/sync/<room>`. */
export const marginRoomName = (room: MarginRoomRef) =>
  `margin/${room.documentId}/${room.layerId}/${room.groupId}`

/** The group id in the room of a private layer. */
export const noGroup = '-'

/** `seq` counts the room's events; `epoch` changes when a restore made the count begin anew. */
export type FeedEvent = { readonly seq: number; readonly epoch: string } & (
  | { readonly kind: 'thread.posted' | 'thread.changed' | 'appear'; readonly thread: ThreadWithReplies }
  | { readonly kind: 'thread.deleted' | 'vanish'; readonly threadId: string }
  | { readonly kind: 'reply.posted' | 'reply.changed'; readonly threadId: string; readonly reply: Reply }
  | { readonly kind: 'reply.deleted'; readonly threadId: string; readonly replyId: string }
  /** Another edition of the document is the current one from now on, by publishing or by going back. */
  | { readonly kind: 'edition.published'; readonly edition: EditionRef }
  /** Fetch everything again. */
  | { readonly kind: 'reset' }
)

export type FeedEventKind = FeedEvent['kind']

/** Awareness of a margin room. `user` is stamped by the server; the rest is what the client says. */
export interface Presence {
  readonly user: { readonly id: string; readonly name: string; readonly color: string }
  /** Offset of the first line in view, or null when not reading. */
  readonly at: number | null
  /** The thread in whose note they write at this moment, or null. */
  readonly writingIn: string | null
}
