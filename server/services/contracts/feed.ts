/** What happened, as it is carried to whoever is shown it. */
import type { FeedEvent, MarginRoomRef } from '#domain/wire/feed.ts'
import type { EditionRef } from '#domain/wire/shared.ts'

/** How far the feed of a margin room has come. */
export interface FeedState {
  readonly seq: number
  readonly epoch: string
}

/** An event with its place in one margin room, as it was committed. */
export interface RoomEvent extends FeedState {
  readonly room: MarginRoomRef
  readonly kind: FeedEvent['kind']
  readonly threadId: string | null
  readonly replyId: string | null
  readonly actorId: string | null
  /** The one person whom it concerns; null: everybody in the room. */
  readonly recipientId: string | null
  /** With `edition.published`: what is current from now on. */
  readonly edition?: EditionRef
}

/** Where something changed: on this server, or on another that said so. */
export type Origin = 'here' | 'elsewhere'

/** Carries what was committed to whoever serves it, in this process. */
export interface FeedBus {
  /** Called by services while their transaction holds the rooms' locks, so that the order is right whenever the commit is heard of. */
  hold(events: readonly RoomEvent[]): HeldEvents
  /** Called by services after the commit, in order of `seq` within a room. */
  announce(events: readonly RoomEvent[]): void
  subscribe(listener: (events: readonly RoomEvent[]) => void): () => void
  /** A thread whose rights or state changed, on this server or another: note rooms of it ask again who may be in them. */
  announceThread(threadId: string, origin?: Origin): void
  subscribeThreads(listener: (threadId: string, origin: Origin) => void): () => void
}

/** Events with their place in the order of their rooms, whose transaction is not committed yet. */
export interface HeldEvents {
  /** They happened: they are carried once all before them in their rooms are settled. */
  commit(): void
  /** They did not happen. */
  drop(): void
}
