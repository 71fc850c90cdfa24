import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { inspectUpdate } from '#server/sync/update-inspection.ts'

function write(doc: Y.Doc, words: string): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.getText('a').insert(0, words)
  return Y.encodeStateAsUpdate(doc, before)
}

test('what is there already brings nothing, deletions included', () => {
  const doc = new Y.Doc()
  write(doc, 'words')
  doc.getText('a').delete(1, 2)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  expect(inspectUpdate(copy, Y.encodeStateAsUpdate(doc))).toEqual({ kind: 'nothing' })
  expect(inspectUpdate(copy, new Uint8Array([0, 0]))).toEqual({ kind: 'nothing' })
})

test('a deletion alone is something new, of no client id', () => {
  const doc = new Y.Doc()
  write(doc, 'words')
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(doc)
  doc.getText('a').delete(0, 1)
  expect(inspectUpdate(copy, Y.encodeStateAsUpdate(doc, before))).toMatchObject({
    kind: 'new',
    clientIds: [],
  })
})

test('what builds on something that is not there is a gap, whichever way it builds on it', () => {
  const doc = new Y.Doc()
  write(doc, 'first')
  const sameClient = write(doc, 'second')
  expect(inspectUpdate(new Y.Doc(), sameClient)).toEqual({ kind: 'gap' })

  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  expect(inspectUpdate(new Y.Doc(), write(other, 'by another'))).toEqual({ kind: 'gap' })

  const before = Y.encodeStateVector(other)
  other.getText('a').delete(0, 3)
  expect(inspectUpdate(new Y.Doc(), Y.encodeStateAsUpdate(other, before))).toEqual({ kind: 'gap' })
})

test('what is new names the client ids that wrote it', () => {
  const doc = new Y.Doc()
  const other = new Y.Doc()
  Y.applyUpdate(other, write(doc, 'a'))
  write(other, 'b')
  const inspection = inspectUpdate(new Y.Doc(), Y.encodeStateAsUpdate(other))
  expect(inspection).toMatchObject({
    kind: 'new',
    clientIds: expect.arrayContaining([doc.clientID, other.clientID]),
  })
})

test('bytes that are no update are malformed', () => {
  expect(inspectUpdate(new Y.Doc(), new Uint8Array([7, 7, 7]))).toEqual({ kind: 'malformed' })
  expect(inspectUpdate(new Y.Doc(), new Uint8Array())).toEqual({ kind: 'malformed' })
})
