/**
 * What a Yjs update would bring to a document, told without touching the document: an update that cannot be read, that
 * brings nothing, or that builds on what is not there, never gets near it.
 */
import * as Y from 'yjs'
import { staysInText } from './stays-in-text.ts'

/** What an update brings. */
export type UpdateInspection =
  | { readonly kind: 'malformed' }
  /** Everything in it is there already. */
  | { readonly kind: 'nothing' }
  /** It builds on something that is not there. */
  | { readonly kind: 'gap' }
  /** New structs of these Yjs client ids (none: it only deletes). */
  | { readonly kind: 'new'; readonly clientIds: readonly number[]; readonly staysInText: boolean }

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** Looks at what `update` would bring to `doc`. */
export function inspectUpdate(doc: Y.Doc, update: Uint8Array): UpdateInspection {
  const decoded = decode(update)
  if (!decoded) return { kind: 'malformed' }
  const { structs, ds } = decoded
  /** Where the clocks of clients end that the update brings something of. */
  const ends = new Map<number, number>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    const end = endOf(doc, ends, client)
    if (struct instanceof Y.Skip || clock > end) return { kind: 'gap' }
    if (clock + struct.length > end) ends.set(client, clock + struct.length)
  }
  for (const struct of structs) if (isMissing(doc, ends, struct)) return { kind: 'gap' }
  let isNew = ends.size > 0
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (clock + len > endOf(doc, ends, client)) return { kind: 'gap' }
      isNew ||= !isDeleted(doc, client, clock, len)
    }
  }
  return isNew
    ? { kind: 'new', clientIds: [...ends.keys()], staysInText: staysInText(doc, decoded) }
    : { kind: 'nothing' }
}

const endOf = (doc: Y.Doc, ends: ReadonlyMap<number, number>, client: number) =>
  ends.get(client) ?? Y.getState(doc.store, client)

/** Whether something that the struct builds on is neither there nor comes with it. */
function isMissing(doc: Y.Doc, ends: ReadonlyMap<number, number>, struct: Y.AbstractStruct): boolean {
  if (!(struct instanceof Y.Item)) return false
  const { origin, rightOrigin, parent } = struct
  return (
    (origin !== null && origin.clock >= endOf(doc, ends, origin.client)) ||
    (rightOrigin !== null && rightOrigin.clock >= endOf(doc, ends, rightOrigin.client)) ||
    (parent instanceof Y.ID && parent.clock >= endOf(doc, ends, parent.client))
  )
}

/** Null for bytes that are no update, or have something after it. */
function decode(update: Uint8Array): Decoded | null {
  try {
    return Y.decodeUpdate(update)
  } catch {
    return null
  }
}

/** Whether the whole range is deleted in the document already. */
function isDeleted(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  const structs = doc.store.clients.get(client)
  const state = Y.getState(doc.store, client)
  if (!structs || clock >= state) return false
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= clock + length) return true
    if (!struct.deleted) return false
  }
  return clock + length <= state
}
