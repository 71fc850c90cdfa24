/** Threads on passages. */
import type { Actor } from '#domain/policy/actor.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'
import type {
  Moderation,
  NewStatus,
  NewThread,
  ThreadChange,
  ThreadList,
  ThreadQuery,
  ThreadsToMove,
  ThreadWithReplies,
} from '#domain/wire/thread.ts'
import type { RoomEvent } from './feed.ts'
import type { IfMatch } from './if-match.ts'

export interface ThreadService {
  create(actor: Actor, thread: NewThread): Promise<ThreadWithReplies>
  list(actor: Actor, documentId: string, query: ThreadQuery): Promise<ThreadList>
  get(actor: Actor, threadId: string): Promise<ThreadWithReplies>
  change(actor: Actor, threadId: string, change: ThreadChange, ifMatch: IfMatch): Promise<ThreadWithReplies>
  /** Leaves a tombstone while there are replies. */
  delete(actor: Actor, threadId: string, ifMatch: IfMatch): Promise<void>
  restore(actor: Actor, threadId: string): Promise<ThreadWithReplies>
  setStatus(actor: Actor, threadId: string, status: NewStatus): Promise<ThreadWithReplies>
  /** Releases drafts together: all or none. */
  post(actor: Actor, threadIds: readonly string[]): Promise<readonly ThreadWithReplies[]>
  /** Moves threads to another layer, or copies their opening notes there: all or none. */
  move(actor: Actor, wanted: ThreadsToMove): Promise<readonly ThreadWithReplies[]>
  /** Hides a thread for a reason or shows it again, locks it or unlocks it. */
  moderate(actor: Actor, threadId: string, deed: Moderation): Promise<ThreadWithReplies>
  /** What one recipient hears of an event in a margin room, or null when it is not for them. */
  presentEvent(actor: Actor, event: RoomEvent): Promise<FeedEvent | null>
}
