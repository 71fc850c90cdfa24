import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeNote, noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { NoteDocument } from '#server/sync/note-document.ts'
import { anyNote } from '../note/arbitrary-note.ts'

/** What a client may do to its copy: sound changes and unsound ones, anywhere in the note. */
const change = fc.record({
  at: fc.nat(30),
  kind: fc.constantFrom('type', 'bold', 'delete', 'paragraph', 'empty-list', 'heading', 'style', 'loose'),
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
  else if (kind === 'bold') text?.format(0, text.length, { bold: {} })
  else if (kind === 'delete' && container && container.length > 0) container.delete(at % container.length, 1)
  else if (kind === 'paragraph') container?.insert(0, [new Y.XmlElement('paragraph')])
  else if (kind === 'empty-list') container?.insert(0, [new Y.XmlElement('bulletList')])
  else if (kind === 'heading') container?.insert(0, [new Y.XmlElement('heading')])
  else if (kind === 'loose') container?.insert(0, [new Y.XmlText('loose')])
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
        const applied = gate.apply(Y.encodeStateAsUpdate(client, before))
        const whole = readNoteFragment(fragment)
        expect(applied.kind).toBe(whole.ok ? 'applied' : 'not-a-note')
        if (!whole.ok) return
        expect(gate.read()).toEqual(whole)
      }
    }),
    { numRuns: 300 },
  )
})
