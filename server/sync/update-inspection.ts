/**
 * What a Yjs update would bring to a document, told without touching the document: an update that cannot be read, that
 * brings nothing, or that builds on what is not there, never gets near it.
 */
import * as Y from 'yjs'

/** What an update brings. */
export type UpdateInspection =
  | { readonly kind: 'malformed' }
  /** Everything in it is there already. */
  | { readonly kind: 'nothing' }
  /** It builds on something that is not there. */
  | { readonly kind: 'gap' }
  /** New structs of these Yjs client ids (none: it only deletes). */
  | { readonly kind: 'new'; readonly clientIds: readonly number[] }

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** Looks at what `update` would bring to `doc`. */
export function inspectUpdate(doc: Y.Doc, update: Uint8Array): UpdateInspection {
  const decoded = decode(update)
  if (!decoded) return { kind: 'malformed' }
  const { structs, ds } = decoded
  const ends = new Map<number, number>()
  const clientIds = new Set<number>()
  const endOf = (client: number) => ends.get(client) ?? Y.getState(doc.store, client)
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct instanceof Y.Skip || clock > endOf(client)) return { kind: 'gap' }
    if (clock + struct.length <= endOf(client)) continue
    ends.set(client, clock + struct.length)
    clientIds.add(client)
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    const { origin, rightOrigin, parent } = struct
    const needs = [origin, rightOrigin, parent instanceof Y.ID ? parent : null]
    if (needs.some((id) => id !== null && id.clock >= endOf(id.client))) return { kind: 'gap' }
  }
  let deletes = false
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (clock + len > endOf(client)) return { kind: 'gap' }
      deletes ||= !isDeleted(doc, client, clock, len)
    }
  }
  return clientIds.size > 0 || deletes ? { kind: 'new', clientIds: [...clientIds] } : { kind: 'nothing' }
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
