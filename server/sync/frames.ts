/**
 * Frames of the sync protocol: a varUint that names the message, then its fields. 0 to 3 are those of y-protocols;
 * 4 to 6 go only to clients that connect with `?v=1`.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const messages = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, feed: 4, saved: 5, unsaved: 6 } as const
const syncSteps = { step1: 0, step2: 1, update: 2 } as const
const permissionDenied = 0

/** A frame that a client may send. */
export type ClientFrame =
  /** Asks for what the client does not have. */
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  /** What the client has and the server does not (step 2), or what was just written. */
  | { readonly kind: 'update'; readonly isAnswer: boolean; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'queryAwareness' }

/** Thrown for bytes that are no frame of a client. */
export class MalformedFrame extends Error {}

/** Reads a frame that a client sent. Throws MalformedFrame. */
export function readFrame(bytes: Uint8Array): ClientFrame {
  try {
    return read(decoding.createDecoder(bytes))
  } catch {
    throw new MalformedFrame()
  }
}

function read(decoder: decoding.Decoder): ClientFrame {
  switch (decoding.readVarUint(decoder)) {
    case messages.sync:
      return readSync(decoder)
    case messages.awareness:
      return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case messages.queryAwareness:
      return { kind: 'queryAwareness' }
    default:
      throw new MalformedFrame()
  }
}

function readSync(decoder: decoding.Decoder): ClientFrame {
  const step = decoding.readVarUint(decoder)
  // Copied: what was read is a view, which would keep the socket's whole buffer alive for as long as the update.
  const bytes = decoding.readVarUint8Array(decoder).slice()
  switch (step) {
    case syncSteps.step1:
      return { kind: 'step1', stateVector: bytes }
    case syncSteps.step2:
      return { kind: 'update', isAnswer: true, update: bytes }
    case syncSteps.update:
      return { kind: 'update', isAnswer: false, update: bytes }
    default:
      throw new MalformedFrame()
  }
}

/** What can be merged of a frame that the server sends; everything else is `other`. */
export type MergeableFrame =
  | { readonly kind: 'update' | 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'saved'; readonly count: number }
  | { readonly kind: 'other' }

/** Reads a frame of the server's own as far as merging it takes. */
export function readKind(bytes: Uint8Array): MergeableFrame {
  const decoder = decoding.createDecoder(bytes)
  const message = decoding.readVarUint(decoder)
  if (message === messages.awareness)
    return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) }
  if (message === messages.saved) return { kind: 'saved', count: decoding.readVarUint(decoder) }
  if (message !== messages.sync || decoding.readVarUint(decoder) !== syncSteps.update)
    return { kind: 'other' }
  return { kind: 'update', update: decoding.readVarUint8Array(decoder) }
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function sync(step: number, bytes: Uint8Array): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, messages.sync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/** Asks the client for what the server does not have. */
export const step1Frame = (stateVector: Uint8Array) => sync(syncSteps.step1, stateVector)
/** Answers a client's step 1. */
export const step2Frame = (update: Uint8Array) => sync(syncSteps.step2, update)
/** What others wrote. */
export const updateFrame = (update: Uint8Array) => sync(syncSteps.update, update)

/** Who is here, as y-protocols encodes it. */
export const awarenessFrame = (update: Uint8Array) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messages.awareness)
    encoding.writeVarUint8Array(encoder, update)
  })

/** Tells the client that what it sends is not taken. */
export const deniedFrame = (reason: string) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messages.auth)
    encoding.writeVarUint(encoder, permissionDenied)
    encoding.writeVarString(encoder, reason)
  })

/** An event of a margin room. */
export const feedFrame = (event: object) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messages.feed)
    encoding.writeVarString(encoder, JSON.stringify(event))
  })

/** How many of this connection's updates in this room are committed. */
export const savedFrame = (count: number) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messages.saved)
    encoding.writeVarUint(encoder, count)
  })

/** Tells a writer that saving does not succeed at the moment, and goes on being tried. */
export const unsavedFrame = (reason: string) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, messages.unsaved)
    encoding.writeVarString(encoder, reason)
  })
