import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeNote } from '#domain/note/encode-note.ts'
import { parseWrittenText } from '#domain/note/written-text.ts'
import { OpenNote } from '#server/sync/open-note.ts'
import { inspectUpdate } from '#server/sync/update-inspection.ts'

/** A note with a paragraph that was founded with it, and somebody's copy of it. */
function aNote() {
  const founding = encodeNote(parseWrittenText('Begun.'))
  const row = { position: 1n, userId: null, update: founding, createdAt: new Date(0) }
  const note = new OpenNote(
    'note',
    {
      schema: 1,
      snapshot: null,
      updates: [row],
      clientOwners: new Map(),
      derivedPosition: 0n,
      lastVersionAt: null,
    },
    0,
  )
  const copy = new Y.Doc()
  Y.applyUpdate(copy, founding)
  let position = 1n
  /** They write at the end; `commit` says that it is saved. */
  const write = (words: string) => {
    const before = Y.encodeStateVector(copy)
    const paragraph = copy.getXmlFragment('note').get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
    if (text instanceof Y.XmlText) text.insert(text.length, words)
    const update = Y.encodeStateAsUpdate(copy, before)
    const inspection = inspectUpdate(note.doc, update)
    if (inspection.kind !== 'new') throw new Error(inspection.kind)
    note.together(() => note.offer('writer', { ...inspection, update }))
  }
  const commit = () => {
    position += 1n
    return note.commit({ before: position - 1n, positions: [position] })
  }
  return { note, founding, copy, write, commit }
}

/** What somebody reads who had `held` and applies `lacking`. */
function wordsWith(held: Uint8Array, lacking: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, held)
  Y.applyUpdate(doc, lacking)
  return doc.getXmlFragment('note').toString()
}

test('all who come back having the same are given one answer, which is made once', () => {
  const { note, copy } = aNote()
  const vector = Y.encodeStateVector(copy)
  expect(note.since(vector)).toBe(note.since(Uint8Array.from(vector)))
})

test('an answer that was given is not given any more once the note has changed, here or elsewhere', () => {
  const { note, founding, copy, write, commit } = aNote()
  const vector = Y.encodeStateVector(copy)
  expect(wordsWith(founding, note.since(vector))).not.toContain('more')
  write(' And more.')
  commit()
  expect(wordsWith(founding, note.since(vector))).toContain('And more.')
  const elsewhere = new Y.Doc()
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(copy))
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('From another server.')])
  elsewhere.getXmlFragment('note').push([paragraph])
  note.follow(Y.encodeStateAsUpdate(elsewhere), 9n, [])
  expect(wordsWith(founding, note.since(vector))).toContain('From another server.')
})

test('nobody is given words that are not committed', () => {
  const { note, founding, copy, write, commit } = aNote()
  const vector = Y.encodeStateVector(copy)
  write(' Not yet.')
  expect(wordsWith(founding, note.since(vector))).not.toContain('Not yet.')
  commit()
  expect(wordsWith(founding, note.since(vector))).toContain('Not yet.')
})

test('what newcomers are given says the same however much was written since anybody came', () => {
  const { note, write, commit, copy } = aNote()
  for (let count = 0; count < 600; count++) {
    write(`${count} `)
    commit()
    if (count % 200 !== 150) continue
    const newcomer = new Y.Doc()
    for (const update of note.committedUpdates) Y.applyUpdate(newcomer, update)
    expect(Y.encodeStateAsUpdate(newcomer)).toEqual(Y.encodeStateAsUpdate(copy))
  }
  expect(note.committedUpdates.length).toBeLessThan(64)
})
