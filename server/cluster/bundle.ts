/**
 * What a server says to the others in one turn, as one message: a save tells of a hundred notes, and a message costs
 * more than what is in it.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Something said on a topic. */
export interface Saying {
  readonly topic: string
  readonly message: Uint8Array
}

/** What comes in one message: that its server is there, that it leaves, or what it says. */
export type Bundle =
  | { readonly kind: 'beat' | 'goodbye' }
  | { readonly kind: 'sayings'; readonly sayings: Iterable<Saying> }

const kinds = ['sayings', 'beat', 'goodbye'] as const

/** How long a server's name is: hexadecimal digits. */
export const serverNameLength = 12

/** A message of `server`. */
export function writeBundle(server: string, bundle: Bundle): Buffer {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, Buffer.from(server, 'latin1'))
  encoding.writeUint8(encoder, kinds.indexOf(bundle.kind))
  if (bundle.kind === 'sayings') {
    for (const { topic, message } of bundle.sayings) {
      encoding.writeVarString(encoder, topic)
      encoding.writeVarUint8Array(encoder, message)
    }
  }
  return Buffer.from(encoding.toUint8Array(encoder).buffer)
}

/** The inverse of `writeBundle`. Sayings are read as they are asked for, and throw where they cannot be. */
export function readBundle(bytes: Buffer): { readonly server: string; readonly bundle: Bundle } {
  const server = bytes.toString('latin1', 0, serverNameLength)
  const kind = kinds[bytes[serverNameLength] ?? -1]
  if (!kind) throw new Error('a message of another release')
  const bundle = kind === 'sayings' ? { kind, sayings: readSayings(bytes) } : { kind }
  return { server, bundle }
}

function* readSayings(bytes: Buffer): Iterable<Saying> {
  const decoder = decoding.createDecoder(bytes.subarray(serverNameLength + 1))
  while (decoding.hasContent(decoder)) {
    yield { topic: decoding.readVarString(decoder), message: decoding.readVarUint8Array(decoder) }
  }
}
