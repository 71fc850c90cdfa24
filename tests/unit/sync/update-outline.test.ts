import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeAnew } from '#server/sync/merge-updates.ts'
import { outlineOf } from '#server/sync/update-outline.ts'

test('what a document tells of its state is what is read in the bytes', () => {
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const clientID of [9, 4, 300_000]) {
    doc.clientID = clientID
    const text = doc.getText('note')
    text.insert(0, 'some words that are written ')
    text.delete(3, 5)
    text.insert(text.length, 'and more')
  }
  const state = encodeAnew(updates)
  const told = outlineOf(state)
  const read = outlineOf(state.slice())
  expect(new Map(told.ends)).toEqual(new Map(read.ends))
  expect(told.deletions).toEqual(read.deletions)
})
