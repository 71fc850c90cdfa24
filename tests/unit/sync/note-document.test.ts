import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeNote, noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { NoteDocument } from '#server/sync/note-document.ts'
import { inspectUpdate } from '#server/sync/update-inspection.ts'
import { anyNote } from '../note/arbitrary-note.ts'

/** What a client may do to its copy: sound changes and unsound ones, anywhere in the note. */
const change = fc.record({
  at: fc.nat(30),
  kind: fc.constantFrom(
    'type',
    'type-nul',
    'bold',
    'blink',
    'embed',
    'cut',
    'delete',
    'paragraph',
    'empty-list',
    'heading',
    'style',
    'loose',
    'loose-empty',
  ),
})

/** Every shared type of the note that has children, the fragment first. */
function containers(type: Y.XmlFragment): Y.XmlFragment[] {
  const inner = type.toArray().flatMap((child) => (child instanceof Y.XmlElement ? containers(child) : []))
  return [type, ...inner]
}

function texts(fragment: Y.XmlFragment): Y.XmlText[] {
  return containers(fragment).flatMap((type) =>
    type.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText),
  )
}

function apply(fragment: Y.XmlFragment, { at, kind }: { at: number; kind: string }): void {
  const all = containers(fragment)
  const container = all[at % all.length]
  const words = texts(fragment)
  const text = words.length > 0 ? words[at % words.length] : undefined
  if (kind === 'type') text?.insert(0, 'x')
  else if (kind === 'type-nul') text?.insert(text.length, '\0')
  else if (kind === 'blink') text?.format(0, text.length, { blink: {} })
  else if (kind === 'embed') text?.insertEmbed(0, { image: 'x' })
  else if (kind === 'cut' && text && text.length > 1) text.delete(0, Math.ceil(text.length / 2))
  else if (kind === 'bold') text?.format(0, text.length, { bold: {} })
  else if (kind === 'delete' && container && container.length > 0) container.delete(at % container.length, 1)
  else if (kind === 'paragraph') container?.insert(0, [new Y.XmlElement('paragraph')])
  else if (kind === 'empty-list') container?.insert(0, [new Y.XmlElement('bulletList')])
  else if (kind === 'heading') container?.insert(0, [new Y.XmlElement('heading')])
  else if (kind === 'loose') container?.insert(0, [new Y.XmlText('loose')])
  else if (kind === 'loose-empty') container?.insert(0, [new Y.XmlText()])
  else if (kind === 'style' && container instanceof Y.XmlElement) container.setAttribute('style', 'x')
}

test('to look at what changed finds exactly what reading the whole note would find', () => {
  fc.assert(
    fc.property(anyNote, fc.array(change, { minLength: 1, maxLength: 8 }), (note, changes) => {
      const start = encodeNote(note)
      const gate = new NoteDocument([start])
      const client = new Y.Doc()
      Y.applyUpdate(client, start)
      const fragment = client.getXmlFragment(noteFragmentName)
      for (const each of changes) {
        const before = Y.encodeStateVector(client)
        client.transact(() => apply(fragment, each))
        const update = Y.encodeStateAsUpdate(client, before)
        const inspection = inspectUpdate(gate.doc, update)
        if (inspection.kind === 'nothing') continue
        const applied = gate.apply(update, {
          staysInText: inspection.kind === 'new' && inspection.staysInText,
        })
        const whole = readNoteFragment(fragment)
        expect(applied.kind).toBe(whole.ok ? 'applied' : 'not-a-note')
        if (!whole.ok) return
        expect(gate.read()).toEqual(whole)
      }
    }),
    { numRuns: 300 },
  )
})

test('whoever types in a paragraph stays in its text, whoever makes one does not', () => {
  const client = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('words')])
  const updates: Uint8Array[] = []
  client.on('update', (update: Uint8Array) => updates.push(update))
  const fragment = client.getXmlFragment(noteFragmentName)
  fragment.insert(0, [paragraph])
  const [text] = texts(fragment)
  text?.insert(5, '!')
  text?.delete(1, 2)
  text?.format(0, 2, { bold: {} })
  const gate = new NoteDocument([])
  const staysInText = updates.map((update) => {
    const inspection = inspectUpdate(gate.doc, update)
    Y.applyUpdate(gate.doc, update)
    return inspection.kind === 'new' && inspection.staysInText
  })
  expect(staysInText).toEqual([false, true, true, true])
})
