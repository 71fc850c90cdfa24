/**
 * Many rooms over one socket: what goes over `/sync` without a room in its address.
 *
 * Every frame begins with a varUint, its channel. On channel 0 the two sides speak about channels: UTF-8 JSON, one of
 * the values below. On any other channel the rest of the frame is what would be a frame of a connection to that room
 * alone. The client numbers its channels from 1 upwards and uses no number twice.
 */

/** What a client says on channel 0. */
export type ClientControl =
  /** Enter a room; `room` is what would stand after `/sync/`, query included. */
  | { readonly kind: 'open'; readonly channel: number; readonly room: string }
  | { readonly kind: 'close'; readonly channel: number }
  /** Answered with the same. */
  | { readonly kind: 'ping' }

/** What a server says on channel 0. */
export type ServerControl =
  | { readonly kind: 'opened'; readonly channel: number }
  /** `status` is the HTTP status with which an upgrade request for that room would be refused. */
  | { readonly kind: 'refused'; readonly channel: number; readonly status: number; readonly detail: string }
  /** The channel ended with what would be the close code of a connection. */
  | { readonly kind: 'closed'; readonly channel: number; readonly code: number; readonly reason: string }
  | { readonly kind: 'ping' }

/** A frame taken apart. `payload` is a view of the frame's bytes. */
export interface ChannelFrame {
  readonly channel: number
  readonly payload: Uint8Array
}

const controlChannel = 0
/** Four bytes of seven bits: more channels than a connection can open in its life. */
const maxChannel = 2 ** 28 - 1

/** The bytes with which every frame of a channel begins. */
export function channelPrefix(channel: number): readonly number[] {
  const prefix: number[] = []
  let rest = channel
  for (; rest > 0x7f; rest >>>= 7) prefix.push((rest & 0x7f) | 0x80)
  prefix.push(rest)
  return prefix
}

/** Puts a room's frame on its channel. Read back by `readChannelFrame`. */
export function onChannel(channel: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix = channelPrefix(channel)
  const frame = new Uint8Array(prefix.length + payload.length)
  frame.set(prefix)
  frame.set(payload, prefix.length)
  return frame
}

/** Takes a frame apart; null for bytes that are none. */
export function readChannelFrame(frame: Uint8Array): ChannelFrame | null {
  let channel = 0
  for (let at = 0; at < 4; at += 1) {
    const byte = frame[at]
    if (byte === undefined) return null
    channel |= (byte & 0x7f) << (7 * at)
    if (byte <= 0x7f) return { channel, payload: frame.subarray(at + 1) }
  }
  return null
}

/** Writes what is said about channels. */
export function writeControl(control: ClientControl | ServerControl): Uint8Array<ArrayBuffer> {
  return onChannel(controlChannel, new TextEncoder().encode(JSON.stringify(control)))
}

export const isControl = ({ channel }: ChannelFrame): boolean => channel === controlChannel

/** Reads what a client says about channels; null for what is nothing of it. */
export function readClientControl(payload: Uint8Array): ClientControl | null {
  const { kind, channel, room } = readFields(payload)
  if (kind === 'ping') return { kind }
  if (!isChannel(channel)) return null
  if (kind === 'close') return { kind, channel }
  return kind === 'open' && typeof room === 'string' ? { kind, channel, room } : null
}

/** Reads what a server says about channels; null for what is nothing of it, such as a word that a later version added. */
export function readServerControl(payload: Uint8Array): ServerControl | null {
  const { kind, channel, status, detail, code, reason } = readFields(payload)
  if (kind === 'ping') return { kind }
  if (!isChannel(channel)) return null
  if (kind === 'opened') return { kind, channel }
  if (kind === 'refused' && typeof status === 'number' && typeof detail === 'string')
    return { kind, channel, status, detail }
  if (kind === 'closed' && typeof code === 'number' && typeof reason === 'string')
    return { kind, channel, code, reason }
  return null
}

const isChannel = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > controlChannel && value <= maxChannel

function readFields(payload: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
