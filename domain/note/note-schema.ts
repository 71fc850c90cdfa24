/**
 * What a note may consist of, as a ProseMirror schema. Nodes and marks bear the names that TipTap's own extensions
 * give them, in TipTap's order, so that an editor made of the same set builds the same documents.
 */
import { type Node, Schema } from '@tiptap/pm/model'
import type { NoteJson } from './note-json.ts'

/** The schema of notes and replies, version `noteSchemaVersion`. */
export const noteSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block' },
    blockquote: { content: 'block+', group: 'block' },
    bulletList: { content: 'listItem+', group: 'block list' },
    orderedList: { content: 'listItem+', group: 'block list', attrs: { start: { default: 1 } } },
    listItem: { content: 'paragraph block*' },
    hardBreak: { group: 'inline', inline: true },
    text: { group: 'inline' },
  },
  marks: {
    link: { attrs: { href: {} }, inclusive: false },
    bold: {},
    italic: {},
  },
})

/** How deep nodes may lie in one another, the document itself counted. */
export const maxNoteDepth = 20

/** The note as a ProseMirror document. Throws RangeError when it does not keep the schema. */
export function toNoteNode(json: NoteJson): Node {
  const node = noteSchema.nodeFromJSON(json)
  node.check()
  return node
}
