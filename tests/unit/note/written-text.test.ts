import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { emptyNote } from '#domain/note/note-json.ts'
import { noteToText, parseWrittenText } from '#domain/note/written-text.ts'
import { anyNote } from './arbitrary-note.ts'

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

describe('plain text', () => {
  test('a blank line parts paragraphs, also one with spaces in it', () => {
    expect(parseWrittenText('one\n\ntwo\n \t\n\nthree').content).toEqual(
      ['one', 'two', 'three'].map(paragraph),
    )
  })

  test('a single line feed breaks the line, whatever the system it was written on', () => {
    expect(parseWrittenText('one\r\ntwo').content).toEqual([
      {
        type: 'paragraph',
        content: [{ type: 'text', text: 'one' }, { type: 'hardBreak' }, { type: 'text', text: 'two' }],
      },
    ])
  })

  test('no words are a note without words', () => {
    expect(parseWrittenText(' \n\n ')).toEqual(emptyNote)
    expect(noteToText(emptyNote)).toBe('')
  })

  test('what no database can hold is taken out, and the words around it stay', () => {
    expect(noteToText(parseWrittenText('a\0b \ud800 c'))).toBe('ab \ufffd c')
  })

  test('the words of a note that was written as plain text are that text', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\p{Cc}\p{Z}]/gu, 'x') || 'y')
    const written = fc
      .array(fc.array(line, { minLength: 1 }), { minLength: 1 })
      .map((paragraphs) => paragraphs.map((lines) => lines.join('\n')).join('\n\n'))
    fc.assert(
      fc.property(written, (text) => {
        expect(noteToText(parseWrittenText(text))).toBe(text)
      }),
    )
  })
})

describe('TipTap JSON', () => {
  test('every note is taken as it is', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(parseWrittenText({ ...note })).toEqual(note)
      }),
    )
  })

  test("marks are put in the schema's order, once each", () => {
    const marks = [{ type: 'italic' }, { type: 'bold' }, { type: 'italic' }]
    const written = {
      type: 'doc' as const,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a', marks }] }],
    }
    expect(parseWrittenText(written).content).toEqual([
      {
        type: 'paragraph',
        content: [{ type: 'text', text: 'a', marks: [{ type: 'bold' }, { type: 'italic' }] }],
      },
    ])
  })

  const doc = (...content: unknown[]) => ({ type: 'doc' as const, content })
  let deep: unknown = paragraph('a')
  for (let depth = 0; depth < 50_000; depth++) deep = { type: 'blockquote', content: [deep] }
  const cases = {
    'no content': doc(),
    'an unknown node': doc({ type: 'image', attrs: { src: 'x' } }),
    'an unknown mark': doc({
      type: 'paragraph',
      content: [{ type: 'text', text: 'a', marks: [{ type: 'code' }] }],
    }),
    'an unknown attribute': doc({ ...paragraph('a'), attrs: { class: 'x' } }),
    'an unknown field': doc({ ...paragraph('a'), id: 'x' }),
    'an empty text': doc(paragraph('')),
    'a NUL': doc(paragraph('a\0')),
    'half of a surrogate pair': doc(paragraph('a\ud83d')),
    'a list item without a paragraph at its head': doc({
      type: 'bulletList',
      content: [{ type: 'listItem', content: [{ type: 'blockquote', content: [paragraph('a')] }] }],
    }),
    'a link to a script': doc({
      type: 'paragraph',
      content: [
        { type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'java\tscript:alert(1)' } }] },
      ],
    }),
    'a relative link': doc({
      type: 'paragraph',
      content: [{ type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: '/x' } }] }],
    }),
    'nesting that would exhaust the stack': doc(deep),
  }
  for (const [name, written] of Object.entries(cases)) {
    test(`${name} is refused as unprocessable`, () => {
      const parse = () => parseWrittenText(written)
      expect(parse).toThrow(AppError)
      expect(parse).toThrow(expect.objectContaining({ code: 'unprocessable' }))
    })
  }
})
