/** Many Yjs updates as one. */
import * as Y from 'yjs'
import { noteOutline } from './update-outline.ts'

/** Yjs looks at all updates for each struct it takes, so that its work grows with the square of their number. */
export const mergedAtOnce = 16

/** One update that holds what all of them do; `updates` may not be empty. Throws when one of them is none. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let merged = updates
  while (merged.length > mergedAtOnce) {
    merged = groupsOf(mergedAtOnce, merged).map((group) => Y.mergeUpdates(group))
  }
  const [only, ...more] = merged
  return only && more.length === 0 ? only : Y.mergeUpdates([...merged])
}

function groupsOf<T>(size: number, items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** The same by way of a document, which takes more for a while and leaves out what is deleted. There may be none. */
export function encodeAnew(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const state = Y.encodeStateAsUpdate(doc)
  noteOutline(state, doc)
  doc.destroy()
  return state
}
