/** What one server committed of a note in one save, as it tells the others. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** One save of a note. */
export interface SavedUpdates {
  /** Where the note's log ended before it. */
  readonly after: bigint
  /** Of its rows, ascending. */
  readonly positions: readonly bigint[]
  /** Its rows, merged. */
  readonly update: Uint8Array
  /** Yjs client ids that came up for the first time, with their person's id. */
  readonly newClients: readonly (readonly [clientId: number, userId: string])[]
}

export function writeSavedUpdates({ after, positions, update, newClients }: SavedUpdates): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeBigUint64(encoder, after)
  encoding.writeVarUint(encoder, positions.length)
  for (const position of positions) encoding.writeBigUint64(encoder, position)
  encoding.writeVarUint(encoder, newClients.length)
  for (const [clientId, userId] of newClients) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarString(encoder, userId)
  }
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** The inverse of `writeSavedUpdates`. Throws for bytes that it did not write. */
export function readSavedUpdates(bytes: Uint8Array): SavedUpdates {
  const decoder = decoding.createDecoder(bytes)
  const after = decoding.readBigUint64(decoder)
  const positions: bigint[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    positions.push(decoding.readBigUint64(decoder))
  const newClients: (readonly [number, string])[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    newClients.push([decoding.readVarUint(decoder), decoding.readVarString(decoder)])
  // Copied: what was read is a view, which would keep the whole of what Redis sent alive.
  return { after, positions, newClients, update: decoding.readVarUint8Array(decoder).slice() }
}
