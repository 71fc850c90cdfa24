import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeNote, noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import { parseWrittenText } from '#domain/note/written-text.ts'
import { encodeReplacement } from '#server/sync/encode-replacement.ts'
import { anyNote } from '../note/arbitrary-note.ts'

function holding(json: NoteJson): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, encodeNote(json))
  return doc
}

const read = (doc: Y.Doc) => readNoteFragment(doc.getXmlFragment(noteFragmentName))

/** As a note reads that begins with it. */
const asRead = (json: NoteJson) => read(holding(json))

test('any note can be made to say what any other says', () => {
  fc.assert(
    fc.property(anyNote, anyNote, (before, after) => {
      const doc = holding(before)
      const replacement = encodeReplacement(doc, after)
      expect(read(doc)).toEqual(asRead(before))
      if (replacement) Y.applyUpdate(doc, replacement.update)
      expect(read(doc)).toEqual(asRead(after))
    }),
    { numRuns: 100 },
  )
})

test('a note that says so already needs no update', () => {
  fc.assert(
    fc.property(anyNote, (note) => {
      const doc = holding(note)
      const same = read(doc)
      if (same.ok) expect(encodeReplacement(doc, same.json)).toBeNull()
    }),
  )
})

test('what it brings stands under a Yjs client id of its own; to take something away needs none', () => {
  const long = holding(parseWrittenText('one two\n\nthree'))
  expect(encodeReplacement(long, parseWrittenText('one two'))?.clientId).toBeNull()
  const added = encodeReplacement(long, parseWrittenText('one two\n\nthree\n\nfour'))
  const { structs } = Y.decodeUpdate(added?.update ?? new Uint8Array())
  expect(new Set(structs.map(({ id }) => id.client))).toEqual(new Set([added?.clientId]))
  expect(long.store.clients.has(added?.clientId ?? 0)).toBe(false)
})

test('words that somebody writes meanwhile beside what changes stay where they stand', () => {
  const doc = holding(parseWrittenText('The cat sat.\n\nSame.'))
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const [first] = other.getXmlFragment(noteFragmentName).toArray()
  const text = first instanceof Y.XmlElement ? first.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('the note begins with a text')
  text.insert(text.length, ' Meanwhile.')
  const replacement = encodeReplacement(doc, parseWrittenText('The dog sat.\n\nSame.'))
  Y.applyUpdate(other, replacement?.update ?? new Uint8Array())
  expect(read(other)).toMatchObject({ text: 'The dog sat. Meanwhile.\n\nSame.' })
})
