/** Who asks: the actor at every door, and whose rights may have changed. */
import type { Actor } from '#domain/policy/actor.ts'
import type { Origin } from './feed.ts'

export interface AccessService {
  /** The person behind a session cookie or bearer token, looked up at every door; remembered for a second at most. */
  resolveActor(headers: Headers): Promise<Actor>
  /** The person behind an API token; anonymous when it is unknown, expired or revoked. */
  actorForToken(token: string): Promise<Actor>
  /** This person as an actor; anonymous when there is no such account, or it is disabled. */
  actorOf(userId: string): Promise<Actor>
  /** Forgets what is remembered and tells listeners whose rights may have changed, on this server or another. */
  changed(who: Affected, origin?: Origin): void
  /** Called with whose rights may have changed; returns the function that ends it. */
  onChange(listener: (who: Affected, origin: Origin) => void): () => void
}

/** Whose rights may have changed: one person's, by id, or everyone's, as when a document is withdrawn. */
export type Affected = string | 'everyone'
