/** What the sync socket tells of itself to whoever watches the server. Nothing here says who did what. */
import type { Closing } from './close-codes.ts'

/** Read when somebody looks. */
export interface SyncGauges {
  readonly rooms: { readonly note: number; readonly margin: number }
  /** Notes that are held as documents, and not only as bytes. */
  readonly documents: number
  readonly sockets: number
  readonly seats: number
  readonly unsaved: { readonly updates: number; readonly bytes: number }
  /** Bytes that sockets have not passed on. */
  readonly outgoingBytes: number
}

/** Where things are counted when they happen. */
export interface SyncMetrics {
  /** A change to a note arrived. */
  received(): void
  /** A group of changes was committed, in so many seconds. */
  saved(updates: number, seconds: number): void
  saveFailed(): void
  /** The server ended a connection or a channel. */
  closed(cause: Closing): void
  /** Somebody was not let in, with this HTTP status. */
  refused(status: number): void
  /** A frame was not taken because its sender may not write. */
  denied(): void
  feedEvents(events: number): void
  /** Says where the gauges are read. */
  watch(read: () => SyncGauges): void
}
