/** What people write, as a note; and a note as the plain words in it. */
import type { WrittenText } from '../wire/shared.ts'
import type { NoteBlock, NoteInline, NoteJson } from './note-json.ts'
import { checkNoteJson } from './note-json-schema.ts'

/**
 * The note that `written` is: TipTap JSON checked against the schema, or plain text, where a blank line parts
 * paragraphs and a single line feed breaks the line. Throws AppError `unprocessable` for JSON that is no note.
 */
export function parseWrittenText(written: WrittenText | NoteJson): NoteJson {
  return typeof written === 'string' ? fromPlainText(written) : checkNoteJson(written)
}

/** The words of a note: blocks parted by a blank line, list items by a line feed. No words: the empty string. */
export function noteToText(json: NoteJson): string {
  return blocksToText(json.content, '\n\n').trim()
}

/** Control characters other than tab and line feed, which no font shows and PostgreSQL's text refuses in part. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what is to be taken out
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f]/g

function fromPlainText(written: string): NoteJson {
  const lines = written
    .replace(/\r\n?/g, '\n')
    .replace(unprintable, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim()
  return { type: 'doc', content: lines.split(/\n[^\S\n]*(?:\n[^\S\n]*)+/).map(toParagraph) }
}

function toParagraph(words: string): NoteBlock {
  const content = words.split('\n').flatMap((line, index): NoteInline[] => {
    const text: NoteInline[] = line === '' ? [] : [{ type: 'text', text: line }]
    return index === 0 ? text : [{ type: 'hardBreak' }, ...text]
  })
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

function blocksToText(blocks: readonly NoteBlock[], separator: string): string {
  return blocks
    .map(blockToText)
    .filter((text) => text !== '')
    .join(separator)
}

function blockToText(block: NoteBlock): string {
  switch (block.type) {
    case 'paragraph':
      return (block.content ?? []).map((node) => (node.type === 'text' ? node.text : '\n')).join('')
    case 'blockquote':
      return blocksToText(block.content, '\n\n')
    case 'bulletList':
    case 'orderedList':
      return block.content.map((item) => blocksToText(item.content, '\n')).join('\n')
  }
}
