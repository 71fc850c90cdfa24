/**
 * The answer to a client that asks for what it does not have. Somebody who has nothing gets the committed updates as
 * they are kept, without anything being encoded for them: so a class that opens a long note stalls nobody.
 */
import { step2Frame, updateFrame } from './frames.ts'
import type { OpenNote } from './open-note.ts'

/** Frames of committed updates, for as long as those are kept. */
const framed = new WeakMap<Uint8Array, { step2?: Uint8Array; update?: Uint8Array }>()

/** The frames to be sent in this order, of which the last is step 2. Throws for bytes that are no state vector. */
export function answerFrames(note: OpenNote, stateVector: Uint8Array): readonly Uint8Array[] {
  if (!isEmpty(stateVector)) return [step2Frame(note.since(stateVector))]
  const updates = note.committedUpdates
  return updates.map((update, index) => {
    const frames = framed.get(update) ?? {}
    framed.set(update, frames)
    if (index < updates.length - 1) {
      frames.update ??= updateFrame(update)
      return frames.update
    }
    frames.step2 ??= step2Frame(update)
    return frames.step2
  })
}

/** A state vector that counts no clients. */
const isEmpty = (stateVector: Uint8Array) => stateVector.length === 1 && stateVector[0] === 0
