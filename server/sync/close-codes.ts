/**
 * Why the server ends a connection. The stock client gives up for good on 4400 to 4499, and tries again, later and
 * later, on everything else; so the first digit pair says which of the two is right. `docs/sync-protocol.md` says of
 * each what the client does next, and a test holds the two together.
 */

/** Every way in which the server ends a connection, with its code and a reason short enough for a close frame. */
export const closings = {
  malformed: { code: 4400, reason: 'a message could not be read' },
  'signed-out': { code: 4401, reason: 'please sign in again' },
  forbidden: { code: 4403, reason: 'you may not be here' },
  gone: { code: 4404, reason: 'there is nothing here that you may read' },
  'foreign-client-id': { code: 4409, reason: 'this Yjs client id belongs to another person' },
  'message-too-large': { code: 4413, reason: 'a message was too large' },
  'note-too-large': { code: 4414, reason: 'the note would become too large' },
  'awareness-too-large': { code: 4415, reason: 'an awareness state was too large' },
  'not-a-note': { code: 4422, reason: 'this change leaves the note schema; discard your copy' },
  failed: { code: 4500, reason: 'something went wrong here' },
  unavailable: { code: 4503, reason: 'notes cannot be loaded or saved at the moment' },
  'too-slow': { code: 4508, reason: 'you receive more slowly than is written' },
  'too-many-messages': { code: 4529, reason: 'too many messages' },
  'too-many-connections': { code: 4530, reason: 'too many connections of one person' },
  'too-many-rooms': { code: 4531, reason: 'too many rooms on one connection' },
  'rights-changed': { code: 4533, reason: 'you may only read here now; come in again' },
  restarting: { code: 4512, reason: 'the server restarts' },
} as const satisfies Record<string, { readonly code: number; readonly reason: string }>

/** A way in which the server ends a connection. */
export type Closing = keyof typeof closings
