/**
 * Frames written to sockets as WebSocket messages (RFC 6455, 5.2), each made once for everyone it goes to: in a room of
 * a hundred the same bytes go out a hundred times, and what a socket costs is the one system call.
 *
 * They are written past the WebSocket library, to the stream below it. That is sound because the library writes each
 * message of its own whole, and because nothing here is compressed or in fragments.
 */
import type { Writable } from 'node:stream'
import { channelPrefix } from '#domain/wire/channels.ts'

/** What messages are written to: the stream below a socket. `taken` is called once it has passed a chunk on. */
export interface OutgoingStream extends Pick<Writable, 'cork' | 'uncork'> {
  write(chunk: Uint8Array, taken?: () => void): boolean
}

/** Messages of each frame, by channel, for as long as the frame is kept. */
const made = new WeakMap<Uint8Array, Map<number, Uint8Array>>()

const finalBinary = 0x82
const lengthIn16Bits = 126
const lengthIn64Bits = 127
/** Above it a frame is not copied behind its head: two writes cost less than the bytes. */
const maxCopiedBytes = 16 * 1024

/** Writes `frame` on `channel`; on 0 as it is. `taken` is called once the stream has passed it on. */
export function writeMessage(
  stream: OutgoingStream,
  frame: Uint8Array,
  channel: number,
  taken?: () => void,
): void {
  if (frame.length <= maxCopiedBytes) {
    stream.write(messageOf(frame, channel), taken)
    return
  }
  stream.cork()
  stream.write(headOf(frame, channel))
  stream.write(frame, taken)
  stream.uncork()
}

function messageOf(frame: Uint8Array, channel: number): Uint8Array {
  const messages = made.get(frame) ?? new Map<number, Uint8Array>()
  made.set(frame, messages)
  const known = messages.get(channel)
  if (known) return known
  const message = Buffer.concat([headOf(frame, channel), frame])
  messages.set(channel, message)
  return message
}

/** What stands before the frame: the head of the message, and the channel. */
function headOf(frame: Uint8Array, channel: number): Buffer {
  const prefix = channel === 0 ? [] : channelPrefix(channel)
  const length = prefix.length + frame.length
  if (length < lengthIn16Bits) return Buffer.from([finalBinary, length, ...prefix])
  if (length < 2 ** 16)
    return Buffer.from([finalBinary, lengthIn16Bits, length >>> 8, length & 0xff, ...prefix])
  const head = Buffer.alloc(10)
  head.writeUInt8(finalBinary, 0)
  head.writeUInt8(lengthIn64Bits, 1)
  head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, Buffer.from(prefix)])
}
