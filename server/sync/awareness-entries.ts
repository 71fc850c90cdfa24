/** Awareness updates as y-protocols writes them: entries of a Yjs client id, a clock that counts up, and a state. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** One entry. */
export interface Entry {
  readonly clientId: number
  readonly clock: number
  /** JSON; null when there is nothing (any more). */
  readonly json: string | null
}

/** Writes an awareness update. */
export function writeEntries(entries: readonly Entry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { clientId, clock, json } of entries) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json ?? 'null')
  }
  return encoding.toUint8Array(encoder)
}

/** The inverse of `writeEntries`. Throws for bytes that are none. */
export function readEntries(update: Uint8Array): Entry[] {
  const decoder = decoding.createDecoder(update)
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const json = decoding.readVarString(decoder)
    return { clientId, clock, json: json === 'null' ? null : json }
  })
}
