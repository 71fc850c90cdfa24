/** A WebSocket of a client: its frames within the limits that hold for the socket as a whole, and the way out to it. */
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import { type Closing, closings } from './close-codes.ts'
import { createRateLimit } from './limits.ts'
import { Outflow } from './outflow.ts'
import type { SyncMetrics } from './sync-metrics.ts'
import { writeByTurns } from './write-by-turns.ts'

/** What a socket hands on. */
export interface SocketListener {
  receive(bytes: Uint8Array): void
  /** Called when nothing of what comes is taken any more; the socket closes. */
  refused(closing: Closing): void
  closed(): void
}

/** One client's socket. */
export class SyncSocket {
  readonly outflow: Outflow

  constructor(
    private readonly socket: WebSocket,
    /** What the socket reads from and writes to. */
    stream: Duplex,
    private readonly metrics: Pick<SyncMetrics, 'closed'>,
  ) {
    this.outflow = new Outflow(socket, writeByTurns(stream), () => metrics.closed('too-slow'))
  }

  /** Begins to hand on what the client sends. */
  listen(
    listener: SocketListener,
    {
      messagesPerSecond,
      log,
      requestId,
    }: { messagesPerSecond: number; log: Pick<Logger, 'info'>; requestId: string },
  ): void {
    const mayGoOn = createRateLimit(messagesPerSecond)
    this.socket.on('message', (data, isBinary) => {
      if (this.socket.readyState !== this.socket.OPEN) return
      if (!mayGoOn(performance.now())) listener.refused('too-many-messages')
      else if (!isBinary) listener.refused('malformed')
      else listener.receive(toBytes(data))
    })
    this.socket.on('close', () => {
      this.outflow.end()
      listener.closed()
    })
    // A frame that is no WebSocket frame, or far too long: `ws` closes the connection with the code for it.
    this.socket.on('error', (error) => log.info({ requestId, message: error.message }, 'a connection failed'))
  }

  close(closing: Closing): void {
    const { code, reason } = closings[closing]
    this.metrics.closed(closing)
    this.socket.close(code, reason)
  }
}

/** `ws` hands out a Buffer unless it is told otherwise; the other shapes are for completeness. */
function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data))
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
