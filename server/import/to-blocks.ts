import type { BlockForm, SourceBlock, TextRange } from '#domain/text/edition-text.ts'
import { type InlineText, joinInline, toLines, toOneLine } from './inline-writer.ts'

/** Lines up to this long that end where the author broke them are verse, or an address: the breaks are kept. */
const LONGEST_VERSE_LINE = 90

/**
 * The blocks for a run whose author may have broken lines in it (`<br>`, two spaces in Markdown). Short lines stay lines,
 * as verse; an empty line, or a break in long prose, divides paragraphs. What is one line by nature stays one.
 */
export function toBlocks(form: BlockForm, inline: InlineText, source: TextRange | null): SourceBlock[] {
  if (inline.text.trim() === '') return []
  const isProse = form.kind === 'paragraph' || form.kind === 'quotation'
  if (!isProse || !inline.text.includes('\n')) return [{ form, ...toOneLine(inline), source }]
  return toStanzas(inline).map((lines): SourceBlock => {
    if (lines.length === 1) return { form, ...joinInline(lines, '\n'), source }
    const depth = form.kind === 'quotation' ? form.depth : 0
    return { form: { kind: 'verse', depth }, ...joinInline(lines, '\n'), source }
  })
}

function toStanzas(inline: InlineText): InlineText[][] {
  const lines = toLines(inline)
  const hasEmptyLines = /\n\s*\n/.test(inline.text)
  if (lines.some((line) => line.text.length > LONGEST_VERSE_LINE)) return lines.map((line) => [line])
  if (!hasEmptyLines) return [lines]
  const counts = inline.text
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim()).length)
  let next = 0
  return counts
    .map((count) => {
      const stanza = lines.slice(next, next + count)
      next += count
      return stanza
    })
    .filter((stanza) => stanza.length > 0)
}
