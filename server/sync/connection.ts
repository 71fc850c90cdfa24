/** One client in one room, whatever carries its frames: a socket of its own, or a channel among others. */
import type { Logger } from 'pino'
import type { Limits } from '../config.ts'
import type { Closing } from './close-codes.ts'
import { MalformedFrame, readFrame } from './frames.ts'
import { isOver } from './limits.ts'
import type { Room } from './room.ts'
import type { Seat } from './seat.ts'

/** What every connection is made with. */
export interface ConnectionContext {
  readonly limits: Limits
  readonly log: Pick<Logger, 'error' | 'info' | 'debug'>
  /** Of the request that its socket came with. */
  readonly requestId: string
}

/** Hands what a client sends to its room, until either side ends it. */
export class Connection {
  constructor(
    private readonly seat: Seat,
    private readonly room: Room,
    private readonly context: ConnectionContext,
  ) {
    context.log.debug(this.#who, 'somebody came in')
    room.join(seat)
  }

  get isOpen(): boolean {
    return this.seat.isOpen
  }

  /** Takes one frame of the client. */
  receive(bytes: Uint8Array): void {
    const { seat, room } = this
    if (!seat.isOpen) return
    if (isOver(bytes.length, this.context.limits.messageBytes)) {
      this.end('message-too-large')
      return
    }
    try {
      room.receive(seat, readFrame(bytes))
    } catch (error) {
      if (error instanceof MalformedFrame) this.end('malformed')
      else {
        this.context.log.error({ err: error, ...this.#who }, 'a frame could not be handled')
        this.end('failed')
      }
    }
  }

  /** Ends it from this side. */
  end(closing: Closing): void {
    this.context.log.info({ ...this.#who, closing }, 'a connection was ended')
    this.seat.close(closing)
  }

  /** Called when the client has left. */
  left(): void {
    this.room.leave(this.seat)
  }

  /** As the log names it. */
  get #who() {
    return { requestId: this.context.requestId, room: this.room.name, userId: this.seat.userId }
  }
}
