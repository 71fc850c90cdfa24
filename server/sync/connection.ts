/** A WebSocket that carries one seat. */
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import type { Limits } from '../config.ts'
import { type Closing, closings } from './close-codes.ts'
import { MalformedFrame, readFrame } from './frames.ts'
import { createRateLimit, isOver } from './limits.ts'
import type { Room } from './room.ts'
import type { Seat, Wire } from './seat.ts'

/** The frames of one seat, over a WebSocket of its own. */
export function toWire(socket: WebSocket): Wire {
  return {
    send: (frame) => socket.send(frame),
    close(closing) {
      const { code, reason } = closings[closing]
      socket.close(code, reason)
      // Whoever is too slow to read will not read the close frame either.
      if (closing === 'too-slow') socket.terminate()
    },
    bufferedBytes: () => socket.bufferedAmount,
  }
}

/** Brings a seat into its room and carries what its client sends there, until either side ends it. */
export function connect(
  socket: WebSocket,
  seat: Seat,
  room: Room,
  { limits, log }: { limits: Limits; log: Pick<Logger, 'error' | 'info'> },
): void {
  const mayGoOn = createRateLimit(limits.messagesPerSecond)

  socket.on('message', (data, isBinary) => {
    if (!seat.isOpen) return
    const bytes = toBytes(data)
    const refusal = refuse(bytes, isBinary)
    if (refusal) end(refusal)
    else receive(bytes)
  })
  socket.on('close', () => room.leave(seat))
  // A frame that is no WebSocket frame, or far too long: `ws` closes the connection with the code for it.
  socket.on('error', (error) => log.info({ room: room.name, message: error.message }, 'a connection failed'))
  room.join(seat)

  function refuse(bytes: Uint8Array, isBinary: boolean): Closing | null {
    if (!mayGoOn(Date.now())) return 'too-many-messages'
    if (isOver(bytes.length, limits.messageBytes)) return 'message-too-large'
    return isBinary ? null : 'malformed'
  }

  function receive(bytes: Uint8Array): void {
    try {
      room.receive(seat, readFrame(bytes))
      // Others need not wait for the goodbye to be answered.
      if (!seat.isOpen) room.leave(seat)
    } catch (error) {
      if (error instanceof MalformedFrame) end('malformed')
      else {
        log.error({ err: error, room: room.name }, 'a frame could not be handled')
        end('failed')
      }
    }
  }

  function end(closing: Closing): void {
    log.info({ room: room.name, userId: seat.userId, closing }, 'a connection was ended')
    seat.close(closing)
    room.leave(seat)
  }
}

/** `ws` hands out a Buffer unless it is told otherwise; the other shapes are for completeness. */
function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data))
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
