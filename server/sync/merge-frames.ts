/** What one client has not been sent yet, with nothing in it that a later frame makes needless. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { awarenessFrame, readKind, savedFrame, updateFrame } from './frames.ts'
import { mergeUpdates } from './merge-updates.ts'

/**
 * Frames of one room that say the same as `frames` in fewer bytes: all updates as one, of each awareness the latest,
 * of the counts of what is saved the last. Every other frame stays, in its order.
 */
export function mergeFrames(frames: readonly Uint8Array[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  const awareness: Uint8Array[] = []
  let saved = 0
  const others = frames.filter((frame) => {
    const read = readKind(frame)
    if (read.kind === 'update') updates.push(read.update)
    else if (read.kind === 'awareness') awareness.push(read.update)
    else if (read.kind === 'saved') saved = Math.max(saved, read.count)
    else return true
    return false
  })
  if (updates.length > 0) others.push(updateFrame(mergeUpdates(updates)))
  if (awareness.length > 0) others.push(awarenessFrame(latestOf(awareness)))
  if (saved > 0) others.push(savedFrame(saved))
  return others
}

/** One awareness update with the newest state of each client. */
function latestOf(updates: readonly Uint8Array[]): Uint8Array {
  const states = new Map<number, { clock: number; json: string }>()
  for (const update of updates) {
    const decoder = decoding.createDecoder(update)
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const json = decoding.readVarString(decoder)
      if ((states.get(clientId)?.clock ?? -1) <= clock) states.set(clientId, { clock, json })
    }
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.size)
  for (const [clientId, { clock, json }] of states) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return encoding.toUint8Array(encoder)
}
