/**
 * One client in one room. A seat knows who sits there and how to reach them; it does not know what carries the frames,
 * so that one socket may carry many seats.
 */
import type { Actor } from '#domain/policy/actor.ts'
import type { Closing } from './close-codes.ts'
import { deniedFrame, savedFrame, unsavedFrame } from './frames.ts'

/** What carries the frames of one seat. */
export interface Wire {
  send(frame: Uint8Array): void
  close(closing: Closing): void
}

/** How a client said that it wants to be served. */
export interface SeatOptions {
  /** Whether it understands messages 4 to 6 (`?v=1`). */
  readonly hearsFeed: boolean
  /** The note schema it has, or null when it did not say. */
  readonly schema: number | null
}

/** A place in a room. */
export class Seat {
  /** Why what this client writes is not taken, in a sentence for people; null while it is. Asked anew whenever rights change. */
  whyNot: string | null = 'Nobody writes here.'
  /** When something was last sent, in milliseconds of `performance.now`: a stock client drops a connection that is silent. */
  lastSentAt = 0
  #saved = 0
  #isOpen = true

  constructor(
    readonly options: SeatOptions,
    /** Who sits here, as last looked up. */
    public actor: Actor,
    /** Looks up who it is now. */
    readonly identify: () => Promise<Actor>,
    private readonly wire: Wire,
  ) {}

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether what this client writes is taken. */
  get mayWrite(): boolean {
    return this.whyNot === null
  }

  /** The person, or null without a sign-in. */
  get userId(): string | null {
    return this.actor.kind === 'person' ? this.actor.userId : null
  }

  /** Sends a frame. */
  send(frame: Uint8Array): void {
    if (!this.#isOpen) return
    this.lastSentAt = performance.now()
    this.wire.send(frame)
  }

  /** Says that what they write is not taken. */
  deny(reason: string): void {
    this.send(deniedFrame(reason))
  }

  /** Says that `count` more of their updates are committed. */
  confirm(count: number): void {
    this.#saved += count
    if (this.options.hearsFeed) this.send(savedFrame(this.#saved))
  }

  /** Says that their updates are not committed yet, and why. */
  warn(reason: string): void {
    if (this.options.hearsFeed) this.send(unsavedFrame(reason))
  }

  /** Ends it from this side. */
  close(closing: Closing): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.wire.close(closing)
  }

  /** Called when the client has left. */
  left(): void {
    this.#isOpen = false
  }
}
