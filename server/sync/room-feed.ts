/**
 * The feed of one margin room, in order and without a gap, whichever server an event happened on: they are numbered in
 * the database without gaps, so that a number that is missing shows that something was not heard, and is read there.
 */
import type { Logger } from 'pino'
import type { RoomState } from '../db/events.ts'
import type { RoomEvent } from '../services/contracts/feed.ts'

interface RoomFeedOptions {
  readonly roomName: string
  /** Up to here everyone who comes in knows what happened, because they ask after they have come in. */
  readonly begin: RoomState
  /** What happened after number `seq`, in order. */
  readonly read: (seq: number) => Promise<readonly RoomEvent[]>
  readonly deliver: (event: RoomEvent) => void
  readonly log: Pick<Logger, 'warn'>
}

/** The feed of one room. */
export class RoomFeed {
  #seq: number
  #epoch: string
  /** Events whose turn has not come. */
  readonly #ahead = new Map<number, RoomEvent>()
  #reading = false

  constructor(private readonly options: RoomFeedOptions) {
    this.#seq = options.begin.seq
    this.#epoch = options.begin.epoch
  }

  /** Takes an event, from wherever and in whatever order. */
  take(event: RoomEvent): void {
    if (event.epoch !== this.#epoch) this.#beginAnew(event)
    else if (event.seq > this.#seq) this.#ahead.set(event.seq, event)
    this.#deliverInOrder()
    if (this.#ahead.size > 0) void this.#readMissing()
  }

  /** Takes note of how far the room has come in the database. */
  noticeState({ seq, epoch }: RoomState): void {
    if (epoch === this.#epoch && seq > this.#seq) void this.#readMissing()
  }

  #beginAnew(event: RoomEvent): void {
    this.#epoch = event.epoch
    this.#seq = event.seq
    this.#ahead.clear()
    this.options.deliver({ ...event, kind: 'reset' })
  }

  #deliverInOrder(): void {
    for (let next = this.#ahead.get(this.#seq + 1); next; next = this.#ahead.get(this.#seq + 1)) {
      this.#seq = next.seq
      this.#ahead.delete(next.seq)
      this.options.deliver(next)
    }
  }

  async #readMissing(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      for (const event of await this.options.read(this.#seq)) {
        if (event.seq > this.#seq) this.#ahead.set(event.seq, event)
      }
      this.#deliverInOrder()
    } catch (error) {
      // The next event, or the next look at the database, tries again.
      const { log, roomName } = this.options
      log.warn({ err: error, room: roomName }, 'events of other servers could not be read')
    } finally {
      this.#reading = false
    }
  }
}
