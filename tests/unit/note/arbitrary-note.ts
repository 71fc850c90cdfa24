/** Notes of every shape that the schema allows, for properties. */
import fc from 'fast-check'
import type { NoteBlock, NoteInline, NoteJson, NoteListItem, NoteMark } from '#domain/note/note-json.ts'

const href = fc.constantFrom('https://example.org/a?b=c#d', 'http://example.org/', 'mailto:a@example.org')
const marks: fc.Arbitrary<NoteMark[]> = fc
  .record({ link: fc.option(href), bold: fc.boolean(), italic: fc.boolean() })
  .map(({ link, bold, italic }) => [
    ...(link ? [{ type: 'link' as const, attrs: { href: link } }] : []),
    ...(bold ? [{ type: 'bold' as const }] : []),
    ...(italic ? [{ type: 'italic' as const }] : []),
  ])

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !text.includes('\0') && text !== '')

const inline: fc.Arbitrary<NoteInline> = fc.oneof(
  fc
    .record({ text: words, marks })
    .map(({ text, marks }): NoteInline => ({ type: 'text', text, ...(marks.length > 0 && { marks }) })),
  fc.constant<NoteInline>({ type: 'hardBreak' }),
)

/** Neighbours with the same marks are one text node, as editors have it. */
function joinTexts(content: readonly NoteInline[]): NoteInline[] {
  const joined: NoteInline[] = []
  for (const node of content) {
    const last = joined.at(-1)
    if (
      last?.type === 'text' &&
      node.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(node.marks)
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + node.text }
    } else joined.push(node)
  }
  return joined
}

const paragraph: fc.Arbitrary<NoteBlock> = fc
  .array(inline, { maxLength: 5 })
  .map((content) =>
    content.length > 0 ? { type: 'paragraph', content: joinTexts(content) } : { type: 'paragraph' },
  )

const { block } = fc.letrec<{ block: NoteBlock; item: NoteListItem }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3 },
    paragraph,
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((content): NoteBlock => ({ type: 'blockquote', content })),
    fc
      .array(tie('item'), { minLength: 1, maxLength: 3 })
      .map((content): NoteBlock => ({ type: 'bulletList', content })),
    fc
      .record({ start: fc.nat(99), content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }) })
      .map(({ start, content }): NoteBlock => ({ type: 'orderedList', attrs: { start }, content })),
  ),
  item: fc
    .record({ first: paragraph, rest: fc.array(tie('block'), { maxLength: 2 }) })
    .map(({ first, rest }): NoteListItem => ({ type: 'listItem', content: [first, ...rest] })),
}))

/** Any note, as an editor would give its JSON. */
export const anyNote: fc.Arbitrary<NoteJson> = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((content) => ({ type: 'doc', content }))
