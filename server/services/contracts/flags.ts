/** What readers ask the instructors of their group to look at. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Flag, NewFlag } from '#domain/wire/thread.ts'

export interface FlagService {
  /** Flags a thread or one of its replies. Flagging again what still waits changes nothing. */
  flag(actor: Actor, threadId: string, flag: NewFlag): Promise<void>
  /** The queue of a group, for who moderates it: what waits, or what was settled, the newest first. */
  list(actor: Actor, groupIdOrSlug: string, which: { readonly settled: boolean }): Promise<readonly Flag[]>
  /** Takes a flag, and every other on the same thing, out of the queue. */
  settle(actor: Actor, flagId: string): Promise<void>
}
