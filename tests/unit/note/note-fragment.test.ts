import { prosemirrorJSONToYDoc, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeNote, noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import { emptyNote } from '#domain/note/note-json.ts'
import { maxNoteDepth, noteSchema } from '#domain/note/note-schema.ts'
import { noteToText } from '#domain/note/written-text.ts'
import { anyNote } from './arbitrary-note.ts'

function open(update: Uint8Array): Y.XmlFragment {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getXmlFragment(noteFragmentName)
}

/** Reads what `write` made of an empty note. */
function readWritten(write: (fragment: Y.XmlFragment) => void) {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment(noteFragmentName)
  doc.transact(() => write(fragment))
  return readNoteFragment(fragment)
}

function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

function text(words: string, attributes?: Record<string, unknown>): Y.XmlText {
  const made = new Y.XmlText()
  made.insert(0, words, attributes)
  return made
}

describe('a note and its shared document', () => {
  test('what is encoded reads back as the same note and the same words', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(readNoteFragment(open(encodeNote(note)))).toEqual({
          ok: true,
          json: note,
          text: noteToText(note),
        })
      }),
    )
  })

  test('the same note always encodes to the same bytes', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(Buffer.compare(encodeNote(note), encodeNote(note))).toBe(0)
      }),
    )
  })

  test("TipTap's binding builds the very same note from what is encoded", () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const fragment = open(encodeNote(note))
        const built = yXmlFragmentToProseMirrorRootNode(fragment, noteSchema)
        built.check()
        expect(built.toJSON()).toEqual(note)
      }),
    )
  })

  test("what is encoded has the structure that TipTap's binding would have written", () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const byTipTap = prosemirrorJSONToYDoc(noteSchema, note, noteFragmentName)
        expect(describeType(open(encodeNote(note)))).toEqual(
          describeType(byTipTap.getXmlFragment(noteFragmentName)),
        )
      }),
    )
  })

  test("a note that TipTap's binding wrote is read as the note it was", () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const byTipTap = prosemirrorJSONToYDoc(noteSchema, note, noteFragmentName)
        const reading = readNoteFragment(byTipTap.getXmlFragment(noteFragmentName))
        expect(reading).toEqual({ ok: true, json: note, text: noteToText(note) })
      }),
    )
  })
})

describe('what is no note is not read as one', () => {
  const paragraph = (words: string, attributes?: Record<string, unknown>) =>
    element('paragraph', text(words, attributes))
  const withAttribute = (made: Y.XmlElement) => {
    made.setAttribute('class', 'wide')
    return made
  }
  const nested = (depth: number): Y.XmlElement =>
    depth === 0 ? paragraph('deep') : element('blockquote', nested(depth - 1))
  const cases: Record<string, (fragment: Y.XmlFragment) => void> = {
    'an unknown node': (fragment) => fragment.push([element('heading', text('Title'))]),
    'text outside of a paragraph': (fragment) => fragment.push([text('loose')]),
    'a list item outside of a list': (fragment) => fragment.push([element('listItem', paragraph('a'))]),
    'a paragraph in a paragraph': (fragment) => fragment.push([element('paragraph', paragraph('a'))]),
    'a paragraph as a direct child of a list': (fragment) =>
      fragment.push([element('bulletList', paragraph('a'))]),
    'a list item that begins with a list': (fragment) =>
      fragment.push([
        element(
          'bulletList',
          element('listItem', element('bulletList', element('listItem', paragraph('a')))),
        ),
      ]),
    'an attribute on a paragraph': (fragment) => fragment.push([withAttribute(element('paragraph'))]),
    'an unknown mark': (fragment) => fragment.push([paragraph('a', { strike: {} })]),
    'a mark with attributes that it does not have': (fragment) =>
      fragment.push([paragraph('a', { bold: { color: 'red' } })]),
    'a link to a script': (fragment) => fragment.push([paragraph('a', { link: { href: 'javascript:x' } })]),
    'a link to nowhere': (fragment) => fragment.push([paragraph('a', { link: { href: null } })]),
    'a link of a class': (fragment) =>
      fragment.push([paragraph('a', { link: { href: 'https://example.org', class: 'x' } })]),
    'a NUL in a text': (fragment) => fragment.push([paragraph('a\0b')]),
    'an object in a text': (fragment) => {
      const made = new Y.XmlText()
      made.insertEmbed(0, { image: 'x' })
      fragment.push([element('paragraph', made)])
    },
    'a line break with words in it': (fragment) =>
      fragment.push([element('paragraph', element('hardBreak', text('a')))]),
    'nodes nested deeper than notes go': (fragment) => fragment.push([nested(maxNoteDepth)]),
  }
  for (const [name, write] of Object.entries(cases)) {
    test(name, () => expect(readWritten(write)).toEqual({ ok: false, problem: expect.any(String) }))
  }

  test('a list that begins with something other than a number', () => {
    const reading = readWritten((fragment) => {
      const list = element('orderedList', element('listItem', paragraph('a')))
      list.setAttribute('start', 'one')
      fragment.push([list])
    })
    expect(reading.ok).toBe(false)
  })
})

describe('what a note tolerates', () => {
  test('an empty fragment is a note without words', () => {
    expect(readWritten(() => {})).toEqual({ ok: true, json: emptyNote, text: '' })
  })

  test('a list whose items two people deleted at the same moment is read as if it were not there', () => {
    const reading = readWritten((fragment) =>
      fragment.push([
        element('paragraph', text('kept')),
        element('blockquote', element('bulletList', element('listItem'))),
      ]),
    )
    expect(reading).toEqual({
      ok: true,
      json: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'kept' }] }] },
      text: 'kept',
    })
  })

  test("a link as TipTap's own extension writes it is a link to the same address", () => {
    const href = 'https://example.org/'
    const reading = readWritten((fragment) =>
      fragment.push([
        element(
          'paragraph',
          text('a', {
            link: { href, target: '_blank', rel: 'noopener noreferrer nofollow', class: null, title: null },
          }),
        ),
      ]),
    )
    expect(reading).toMatchObject({
      json: { content: [{ content: [{ marks: [{ type: 'link', attrs: { href } }] }] }] },
    })
  })
})

/** Names, attributes, text with formatting, and order; nothing of who wrote it. */
function describeType(type: unknown): unknown {
  if (type instanceof Y.XmlText) return type.toDelta()
  if (type instanceof Y.XmlElement) {
    return [type.nodeName, type.getAttributes(), type.toArray().map(describeType)]
  }
  return type instanceof Y.XmlFragment ? type.toArray().map(describeType) : type
}
