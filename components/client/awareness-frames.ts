/**
 * The frames of a margin room, read and written by hand: awareness (1), query-awareness (3) and feed (4) of the
 * y-websocket protocol. A margin room's document is empty, so the reader page needs neither Yjs nor a provider for
 * it, which keeps both out of what every visit downloads.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const messageAwareness = 1
const messageQueryAwareness = 3
const messageFeed = 4

/** What one client says of itself; a null state means it left. */
export interface AwarenessEntry {
  readonly clientId: number
  readonly clock: number
  readonly state: unknown
}

/** A frame that matters in a margin room; everything else is `other`. */
export type MarginFrame =
  | { readonly kind: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'feed'; readonly event: unknown }
  | { readonly kind: 'other' }

/** Writes what clients say of themselves. Read back by `readFrame`. */
export function writeAwareness(entries: readonly AwarenessEntry[]): Uint8Array<ArrayBuffer> {
  const update = encoding.createEncoder()
  encoding.writeVarUint(update, entries.length)
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(update, clientId)
    encoding.writeVarUint(update, clock)
    encoding.writeVarString(update, JSON.stringify(state))
  }
  const frame = encoding.createEncoder()
  encoding.writeVarUint(frame, messageAwareness)
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(update))
  return encoding.toUint8Array(frame)
}

/** Asks everybody in the room for their awareness. */
export function writeAwarenessQuery(): Uint8Array<ArrayBuffer> {
  return new Uint8Array([messageQueryAwareness])
}

/** Reads one frame. Throws when it is cut short or holds no JSON where it should. */
export function readFrame(bytes: Uint8Array): MarginFrame {
  const decoder = decoding.createDecoder(bytes)
  switch (decoding.readVarUint(decoder)) {
    case messageAwareness:
      return { kind: 'awareness', entries: readEntries(decoding.readVarUint8Array(decoder)) }
    case messageQueryAwareness:
      return { kind: 'query-awareness' }
    case messageFeed:
      return { kind: 'feed', event: JSON.parse(decoding.readVarString(decoder)) }
    default:
      return { kind: 'other' }
  }
}

function readEntries(update: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(update)
  const entries: AwarenessEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.push({ clientId, clock, state: JSON.parse(decoding.readVarString(decoder)) })
  }
  return entries
}
