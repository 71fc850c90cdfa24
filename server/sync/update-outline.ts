/** What a Yjs update that is kept reaches and deletes, told from its bytes: no document is made to be asked. */
import * as Y from 'yjs'

interface UpdateOutline {
  /** Where what it brings of each client ends. */
  readonly ends: ReadonlyMap<number, number>
  /** An update that only deletes what it deletes. */
  readonly deletions: Uint8Array
}

/** For as long as those are kept: who comes in costs no look at what was looked at for others. */
const outlines = new WeakMap<Uint8Array, UpdateOutline>()

/** The outline of an update, which takes reading it the first time. */
export function outlineOf(update: Uint8Array): UpdateOutline {
  const known = outlines.get(update)
  if (known) return known
  const { to } = Y.parseUpdateMeta(update)
  const outline = { ends: to, deletions: Y.diffUpdate(update, Y.encodeStateVector(to)) }
  outlines.set(update, outline)
  return outline
}

/** Takes note of the outline of a document's whole state, which the document tells sooner than the bytes do. */
export function noteOutline(state: Uint8Array, doc: Y.Doc): void {
  const stateVector = Y.encodeStateVector(doc)
  const deletions = Y.encodeStateAsUpdate(doc, stateVector)
  outlines.set(state, { ends: Y.decodeStateVector(stateVector), deletions })
}
