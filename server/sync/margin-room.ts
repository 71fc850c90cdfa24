/**
 * A margin room: who is reading one document in one layer and group, and what happens there. It has a shared document
 * only because the stock client wants one; it stays empty.
 */
import type { Logger } from 'pino'
import { type FeedEvent, type MarginRoomRef, marginRoomName } from '#domain/wire/feed.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { RoomLine } from '../cluster/room-line.ts'
import type { Limits } from '../config.ts'
import type { RoomState } from '../db/events.ts'
import type { RoomEvent } from '../services/contracts/feed.ts'
import type { Services } from '../services/services.ts'
import { AwarenessRelay } from './awareness-relay.ts'
import { type ClientFrame, feedFrame, step1Frame, step2Frame } from './frames.ts'
import { maxWaitingEvents } from './limits.ts'
import { stampPresence } from './presence-stamp.ts'
import type { Room } from './room.ts'
import { RoomFeed } from './room-feed.ts'
import type { Seat } from './seat.ts'
import { Seats } from './seats.ts'

/** What a margin room is made with. */
export interface MarginRoomContext {
  readonly services: Services
  readonly limits: Limits
  readonly log: Pick<Logger, 'warn'>
  readonly cluster: Cluster
  /** What happened in a margin after a number, in order. */
  readonly readEvents: (ref: MarginRoomRef, after: number) => Promise<readonly RoomEvent[]>
  /** Called when the last has left. */
  readonly onEmpty: (room: Room) => void
}

/** The update of a document without anything in it; the state vector of one is its first byte. */
const emptyUpdate = new Uint8Array([0, 0])
const emptyStateVector = new Uint8Array([0])

/** One margin. */
export class MarginRoom implements Room {
  readonly name: string
  readonly #seats = new Seats()
  readonly #awareness: AwarenessRelay
  readonly #line: RoomLine
  readonly #feed: RoomFeed
  /** What each seat is still to be told, one event after the other. */
  readonly #told = new WeakMap<Seat, { last: Promise<void>; waiting: number }>()

  constructor(
    readonly ref: MarginRoomRef,
    begin: RoomState,
    private readonly context: MarginRoomContext,
  ) {
    this.name = marginRoomName(ref)
    this.#awareness = new AwarenessRelay({
      seats: () => this.#seats,
      stamp: stampPresence(context.services, ref),
      maxStateBytes: context.limits.awarenessBytes,
      tellServers: (update) => this.#line.awareness(update),
    })
    this.#line = new RoomLine(context.cluster, this.name, {
      awareness: (update, server) => this.#awareness.takeRemote(update, server),
      asked: () => this.#awareness.tellAll(),
      happened: (event) => this.#feed.take(event),
    })
    this.#feed = new RoomFeed({
      roomName: this.name,
      begin,
      read: (seq) => context.readEvents(ref, seq),
      deliver: (event) => this.#deliver(event),
      log: context.log,
    })
    void this.#line.ready.then(() => this.#line.ask())
  }

  get seatCount(): number {
    return this.#seats.size
  }

  join(seat: Seat): void {
    this.#seats.add(seat)
    this.#awareness.welcome(seat)
  }

  leave(seat: Seat): void {
    if (!this.#seats.remove(seat)) return
    this.#awareness.leave(seat)
    if (this.#seats.size > 0) return
    this.#line.end()
    this.context.onEmpty(this)
  }

  receive(seat: Seat, frame: ClientFrame): void {
    switch (frame.kind) {
      case 'step1':
        seat.send(step2Frame(emptyUpdate))
        seat.send(step1Frame(emptyStateVector))
        return
      case 'update':
        if (isEmpty(frame.update)) seat.confirm(1)
        else seat.deny('nothing is written in a margin room')
        return
      case 'awareness': {
        const verdict = this.#awareness.receive(seat, frame.update)
        if (verdict !== 'taken') seat.close(verdict)
        return
      }
      case 'queryAwareness':
        this.#awareness.welcome(seat)
    }
  }

  askAgain(concerns: (seat: Seat) => boolean): Promise<void> {
    const { notes } = this.context.services
    return this.#seats.askAgain(
      concerns,
      async (seat) => void (await notes.enterMargin(seat.actor, this.ref)),
    )
  }

  /** Takes what happened here, which everyone is told in order. */
  take(event: RoomEvent): void {
    this.#feed.take(event)
  }

  /** Called now and then: how far the room has come in the database. */
  noticeState(state: RoomState): void {
    this.#feed.noticeState(state)
  }

  forgetServer(server: string): void {
    this.#awareness.forgetServer(server)
  }

  meetServers(): void {
    this.#line.ask()
    this.#awareness.tellAll()
  }

  sendAway(): void {
    this.#seats.closeAll('restarting')
  }

  async close(): Promise<void> {
    this.#awareness.close()
    this.#line.end()
  }

  /** Tells everyone here, each what they may know of it. */
  #deliver(event: RoomEvent): void {
    // People with several windows open are asked about once.
    const presented = new Map<string, Promise<FeedEvent | null>>()
    const present = (seat: Seat): Promise<FeedEvent | null> => {
      const person = seat.userId ?? ''
      const known = presented.get(person)
      if (known) return known
      const asked = this.context.services.threads.presentEvent(seat.actor, event)
      presented.set(person, asked)
      return asked
    }
    for (const seat of this.#seats) if (seat.options.hearsFeed) this.#tell(seat, event, () => present(seat))
  }

  #tell(seat: Seat, event: RoomEvent, present: () => Promise<FeedEvent | null>): void {
    const queue = this.#told.get(seat) ?? { last: Promise.resolve(), waiting: 0 }
    this.#told.set(seat, queue)
    queue.waiting += 1
    const reset: FeedEvent = { kind: 'reset', seq: event.seq, epoch: event.epoch }
    const isFlooded = queue.waiting > maxWaitingEvents
    queue.last = queue.last.then(async () => {
      try {
        const told = isFlooded ? reset : seat.isOpen ? await present() : null
        if (told) seat.send(feedFrame(told))
      } catch (error) {
        this.context.log.warn({ err: error, room: this.name }, 'an event could not be presented')
        seat.send(feedFrame(reset))
      } finally {
        queue.waiting -= 1
      }
    })
  }
}

const isEmpty = (update: Uint8Array) =>
  update.length === emptyUpdate.length && update.every((byte) => byte === 0)
