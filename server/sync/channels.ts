/**
 * Many rooms over one socket, each on a channel of its own (`domain/wire/channels.ts`). A channel is a connection like
 * one that has a socket to itself: admitted, seated and ended the same way; that one ends touches no other.
 *
 * Rooms are opened one after the other, and only while the client takes what it is sent: a page that comes back with
 * forty rooms neither floods the database nor itself.
 */
import { AppError } from '#domain/app-error.ts'
import {
  isControl,
  readChannelFrame,
  readClientControl,
  type ServerControl,
  writeControl,
} from '#domain/wire/channels.ts'
import type { Admission } from './admission.ts'
import { type Closing, closings } from './close-codes.ts'
import type { Connection, ConnectionContext } from './connection.ts'
import { isOver } from './limits.ts'
import { toRefusal } from './refuse-upgrade.ts'
import type { Wire } from './seat.ts'
import type { SyncMetrics } from './sync-metrics.ts'
import type { SocketListener, SyncSocket } from './sync-socket.ts'

/** What channels are made with. */
export interface ChannelsContext extends ConnectionContext {
  readonly metrics: Pick<SyncMetrics, 'closed' | 'refused'>
  /** Lets the person of this socket into a room, or throws what they are refused with. */
  readonly admit: (room: string) => Promise<Admission>
  readonly enter: (admission: Admission, wire: Wire) => Connection
}

/** A channel between its being asked for and its end; null while it is decided on. */
type Channel = Connection | null

/** The channels of one socket. */
export class Channels implements SocketListener {
  readonly #channels = new Map<number, Channel>()
  #lastChannel = 0
  #opening: Promise<void> = Promise.resolve()

  constructor(
    private readonly socket: SyncSocket,
    private readonly context: ChannelsContext,
  ) {}

  receive(bytes: Uint8Array): void {
    const frame = readChannelFrame(bytes)
    if (!frame) this.refused('malformed')
    else if (isControl(frame)) this.#takeControl(frame.payload)
    // What was under way when a channel ended is passed over; no number is used twice.
    else if (frame.channel <= this.#lastChannel) this.#channels.get(frame.channel)?.receive(frame.payload)
    else this.refused('malformed')
  }

  refused(closing: Closing): void {
    this.socket.close(closing)
    this.closed()
  }

  closed(): void {
    for (const connection of this.#channels.values()) connection?.left()
    this.#channels.clear()
  }

  #takeControl(payload: Uint8Array): void {
    const control = readClientControl(payload)
    if (!control) this.refused('malformed')
    else if (control.kind === 'ping') this.#say({ kind: 'ping' })
    else if (control.kind === 'close') this.#leave(control.channel)
    else if (control.channel <= this.#lastChannel) this.refused('malformed')
    else this.#ask(control.channel, control.room)
  }

  #ask(channel: number, room: string): void {
    this.#lastChannel = channel
    if (isOver(this.#channels.size + 1, this.context.limits.roomsPerConnection)) {
      this.#sayClosed(channel, 'too-many-rooms')
      return
    }
    this.#channels.set(channel, null)
    this.#opening = this.#opening.then(() => this.#open(channel, room))
  }

  async #open(channel: number, room: string): Promise<void> {
    try {
      await this.socket.outflow.flowing()
      const admission = this.#channels.has(channel) ? await this.context.admit(room) : null
      if (!admission || !this.#channels.has(channel)) return
      this.#say({ kind: 'opened', channel })
      const connection = this.context.enter(admission, this.#toWire(channel))
      // The room may have ended it on the way in.
      if (connection.isOpen) this.#channels.set(channel, connection)
      else connection.left()
    } catch (error) {
      if (!this.#channels.delete(channel)) return
      const { log, metrics, requestId } = this.context
      if (!(error instanceof AppError)) log.error({ err: error, requestId }, 'a room could not be opened')
      const { status, detail } = toRefusal(error)
      metrics.refused(status)
      this.#say({ kind: 'refused', channel, status, detail: detail ?? '' })
    }
  }

  #leave(channel: number): void {
    this.#channels.get(channel)?.left()
    this.#forget(channel)
  }

  #forget(channel: number): void {
    this.#channels.delete(channel)
    this.socket.outflow.drop(channel)
  }

  #toWire(channel: number): Wire {
    return {
      send: (frame) => this.socket.outflow.send(frame, channel),
      close: (closing) => {
        const connection = this.#channels.get(channel)
        // The room may be going through its seats at this moment.
        queueMicrotask(() => connection?.left())
        this.#forget(channel)
        this.#sayClosed(channel, closing)
      },
    }
  }

  #sayClosed(channel: number, closing: Closing): void {
    this.context.metrics.closed(closing)
    this.#say({ kind: 'closed', channel, ...closings[closing] })
  }

  #say(control: ServerControl): void {
    this.socket.outflow.send(writeControl(control))
  }
}
