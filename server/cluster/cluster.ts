/**
 * The other servers on the same database, as far as this one can reach them. What they are told may be lost: whoever
 * follows something over the cluster looks in the database for what it did not hear (`sync/watch-database.ts`).
 */

/** Takes what another server said; `server` is its name for as long as its process lives. */
export type ClusterListener = (message: Uint8Array, server: string) => void

/** Listening on one topic. */
export interface Hearing {
  /** Resolves once nothing that is said from then on is missed, as long as the connection stands. */
  readonly ready: Promise<void>
  end(): void
}

/** What a server knows of the others. */
export interface Cluster {
  /** Whether there may be others at all. */
  readonly isShared: boolean
  /** Whether what is said arrives at this moment, as far as this server knows. */
  readonly isConnected: boolean
  /** Says something to whoever hears the topic; it is lost while there is no connection. */
  say(topic: string, message: Uint8Array): void
  /** Hears what other servers say on a topic, not what this one says itself. */
  hear(topic: string, listener: ClusterListener): Hearing
  /** Called when a server has stopped or cannot be heard any more; returns the function that ends it. */
  onGone(listener: (server: string) => void): () => void
  /** Called when there is a connection (again): what was said meanwhile was not heard. */
  onConnected(listener: () => void): () => void
  close(): Promise<void>
}

const nothingToEnd = () => {}

/** A server that has its database to itself. */
export const alone: Cluster = {
  isShared: false,
  isConnected: false,
  say: () => {},
  hear: () => ({ ready: Promise.resolve(), end: nothingToEnd }),
  onGone: () => nothingToEnd,
  onConnected: () => nothingToEnd,
  close: async () => {},
}
