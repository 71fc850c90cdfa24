/** What a note makes of what other servers committed, while something of its own is not committed yet. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { OpenNote } from '#server/sync/open-note.ts'

const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}
const paragraph = (words: string) => element('paragraph', new Y.XmlText(words))

/** A note with one list item, which begins with two paragraphs before a list. */
function open() {
  const doc = new Y.Doc()
  const inner = element('bulletList', element('listItem', paragraph('Below.')))
  const item = element('listItem', paragraph('First.'), paragraph('Second.'), inner)
  doc.getXmlFragment('note').insert(0, [element('bulletList', item)])
  const state = Y.encodeStateAsUpdate(doc)
  const log = {
    schema: 1,
    snapshot: { position: 5n, state },
    updates: [],
    clientOwners: new Map([[doc.clientID, 'anna']]),
    derivedPosition: 5n,
    lastVersionAt: null,
  }
  return { note: new OpenNote('note', log, 0), state }
}

/** What somebody sends who does `change` to the note as it is in `state`, under the client id `clientId`. */
function changed(state: Uint8Array, clientId: number, change: (note: Y.XmlFragment) => void): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  doc.clientID = clientId
  const before = Y.encodeStateVector(doc)
  change(doc.getXmlFragment('note'))
  return Y.encodeStateAsUpdate(doc, before)
}

const itemOf = (note: Y.XmlFragment): Y.XmlElement => {
  const list = note.get(0)
  const item = list instanceof Y.XmlElement ? list.get(0) : null
  if (!(item instanceof Y.XmlElement)) throw new Error('the note begins with a list')
  return item
}

const offer = (note: OpenNote, update: Uint8Array, clientIds: readonly number[]) =>
  note.together(() => note.offer('anna', { update, clientIds, staysInText: false }))

test('what goes together stays pending, and is committed on top of what was followed', () => {
  const { note, state } = open()
  offer(
    note,
    changed(state, 11, (root) => root.push([paragraph('Here.')])),
    [11],
  )
  const elsewhere = changed(state, 12, (root) => root.insert(0, [paragraph('Elsewhere.')]))
  expect(note.follow(elsewhere, 6n, [[12, 'ben']])).toEqual([])
  expect(note.position).toBe(6n)
  expect(note.commit({ before: 6n, positions: [7n] })).not.toBeNull()
  const reading = note.committed().read()
  expect(reading.ok && reading.text).toContain('Elsewhere.')
  expect(reading.ok && reading.text).toContain('Here.')
})

test('what is appended after rows that are not known here does not hide that they are missing', () => {
  const { note, state } = open()
  const commit = (clientId: number, words: string, before: bigint) => {
    offer(
      note,
      changed(state, clientId, (root) => root.push([paragraph(words)])),
      [clientId],
    )
    note.commit({ before, positions: [before + 1n] })
  }
  commit(11, 'Here.', 7n)
  commit(12, 'And here.', 8n)
  expect(note.position).toBe(5n)
  note.follow(
    changed(state, 13, (root) => root.insert(0, [paragraph('First.')])),
    6n,
    [[13, 'ben']],
  )
  expect(note.position).toBe(6n)
  note.follow(
    changed(state, 14, (root) => root.insert(0, [paragraph('Second.')])),
    7n,
    [[14, 'ben']],
  )
  expect(note.position).toBe(9n)
  const reading = note.committed().read()
  expect(reading.ok && reading.text).toMatch(/First\..*Second\.|Second\..*First\./s)
})

test('words in a paragraph stay pending whatever is followed, and nothing is looked at anew', () => {
  const { note, state } = open()
  const words = changed(state, 11, (root) => {
    const [first] = itemOf(root).toArray()
    const text = first instanceof Y.XmlElement ? first.get(0) : null
    if (text instanceof Y.XmlText) text.insert(5, ' of all')
  })
  note.together(() => note.offer('anna', { update: words, clientIds: [11], staysInText: true }))
  note.commit({ before: 5n, positions: [6n] })
  const more = changed(note.accepted().state, 11, (root) => {
    const [first] = itemOf(root).toArray()
    const text = first instanceof Y.XmlElement ? first.get(0) : null
    if (text instanceof Y.XmlText) text.insert(12, ' time')
  })
  const { group } = note.together(() =>
    note.offer('anna', { update: more, clientIds: [11], staysInText: true }),
  )
  expect(group.map(({ fitsAnywhere }) => fitsAnywhere)).toEqual([true])
  const deletion = changed(state, 12, (root) => itemOf(root).delete(0, 1))
  expect(note.follow(deletion, 7n, [[12, 'ben']])).toEqual([])
  note.commit({ before: 7n, positions: [8n] })
  expect(note.position).toBe(8n)
  expect(note.committed().read().ok).toBe(true)
})

test('two deletions that leave a note each, and none together: the one that is not committed is lost', () => {
  const { note, state } = open()
  const first = changed(state, 11, (root) => itemOf(root).delete(0, 1))
  const second = changed(state, 12, (root) => itemOf(root).delete(1, 1))
  expect(offer(note, first, []).outcome).toEqual({ kind: 'accepted' })
  expect(note.follow(second, 6n, [])).toEqual([0])
  const { state: now, reading } = note.accepted()
  expect(reading.ok && reading.text).toContain('First.')
  expect(note.pendingBytes).toBe(0)
  expect(Y.encodeStateVectorFromUpdate(now)).toEqual(Y.encodeStateVectorFromUpdate(state))
})

test('what was written under a client id that another server has seen with somebody else is lost', () => {
  const { note, state } = open()
  offer(
    note,
    changed(state, 11, (root) => root.push([paragraph('Mine.')])),
    [11],
  )
  const theirs = changed(state, 11, (root) => root.push([paragraph('Theirs.')]))
  expect(note.follow(theirs, 6n, [[11, 'ben']])).toEqual([0])
  const { reading } = note.accepted()
  expect(reading.ok && reading.text).toContain('Theirs.')
  expect(reading.ok && reading.text).not.toContain('Mine.')
})
