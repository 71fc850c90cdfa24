/**
 * A note read out of its shared document, without trust: what clients wrote there is a note only if every type,
 * attribute and formatting in it is one that notes have.
 *
 * TipTap's binding deletes from the shared document whatever its schema cannot build. So that nobody's editor ever has
 * cause to, a document that would give it cause is a problem here. One thing is not: a list, list item or quotation
 * with nothing in it. Two people can leave one behind by deleting its halves at the same moment; there are no words in
 * it to lose, and it is read as if it were not there, which is also what the binding makes of it.
 */
import * as Y from 'yjs'
import { emptyNote, type NoteBlock, type NoteInline, type NoteJson, type NoteListItem } from './note-json.ts'
import { maxNoteDepth } from './note-schema.ts'
import { textProblem, toNoteText } from './note-text.ts'
import { noteToText } from './written-text.ts'

/** A note, or why the fragment is none. */
export type NoteReading =
  | { readonly ok: true; readonly json: NoteJson; readonly text: string }
  | { readonly ok: false; readonly problem: string }

/** A part of a note, or why it is none. */
export type BlockReading =
  | { readonly ok: true; readonly blocks: readonly NoteBlock[] }
  | { readonly ok: false; readonly problem: string }

/** The note that stands in the fragment. An empty fragment is a note without words. */
export function readNoteFragment(fragment: Y.XmlFragment): NoteReading {
  const problem = fragmentProblem(fragment)
  if (problem !== null) return { ok: false, problem }
  const content: NoteBlock[] = []
  for (const child of children(fragment)) {
    const reading = readNoteBlock(child)
    if (!reading.ok) return reading
    content.push(...reading.blocks)
  }
  return { ok: true, ...toNote(content) }
}

/** A note of these blocks, with its words. */
export function toNote(content: readonly NoteBlock[]): { json: NoteJson; text: string } {
  const json: NoteJson = content.length > 0 ? { type: 'doc', content } : emptyNote
  return { json, text: noteToText(json) }
}

/** Why the fragment itself, whatever lies in it, is no note's; or null. */
export function fragmentProblem(fragment: Y.XmlFragment): string | null {
  return [...fragment._map.values()].some((item) => !item.deleted) ? 'the note has attributes' : null
}

/**
 * What a direct child of the fragment is: one block, or none when there is nothing in it. All that a block may hold
 * is decided by what lies within it, so a note is sound when each of its blocks is.
 */
export function readNoteBlock(type: unknown): BlockReading {
  try {
    return { ok: true, blocks: readBlock(type, 1) }
  } catch (error) {
    if (error instanceof SchemaProblem) return { ok: false, problem: error.message }
    throw error
  }
}

/** Thrown inside of a reading only. */
class SchemaProblem extends Error {}

function refuseIf(isWrong: boolean, problem: string): void {
  if (isWrong) throw new SchemaProblem(problem)
}

/** The block that `type` is; none when there is nothing in it. */
function readBlock(type: unknown, depth: number): NoteBlock[] {
  refuseIf(depth >= maxNoteDepth, `nested deeper than ${maxNoteDepth}`)
  if (isBlankText(type)) return []
  const element = asElement(type)
  switch (element.nodeName) {
    case 'paragraph': {
      refuseAttributes(element)
      const content = children(element).flatMap(readInline)
      return [content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }]
    }
    case 'blockquote': {
      refuseAttributes(element)
      const content = children(element).flatMap((child) => readBlock(child, depth + 1))
      return content.length > 0 ? [{ type: 'blockquote', content }] : []
    }
    case 'bulletList': {
      refuseAttributes(element)
      const content = children(element).flatMap((child) => readListItem(child, depth + 1))
      return content.length > 0 ? [{ type: 'bulletList', content }] : []
    }
    case 'orderedList': {
      const start = readStart(element)
      const content = children(element).flatMap((child) => readListItem(child, depth + 1))
      return content.length > 0 ? [{ type: 'orderedList', attrs: { start }, content }] : []
    }
    default:
      throw new SchemaProblem(`notes have no ${element.nodeName} here`)
  }
}

function readListItem(type: unknown, depth: number): NoteListItem[] {
  refuseIf(depth >= maxNoteDepth, `nested deeper than ${maxNoteDepth}`)
  if (isBlankText(type)) return []
  const element = asElement(type)
  refuseIf(element.nodeName !== 'listItem', `a list has no ${element.nodeName}`)
  refuseAttributes(element)
  const content = children(element).flatMap((child) => readBlock(child, depth + 1))
  refuseIf(content.length > 0 && content[0]?.type !== 'paragraph', 'a list item begins with no paragraph')
  return content.length > 0 ? [{ type: 'listItem', content }] : []
}

function readInline(type: unknown): NoteInline[] {
  if (type instanceof Y.XmlText) {
    const problem = textProblem(type)
    if (problem !== null) throw new SchemaProblem(problem)
    return toNoteText(type)
  }
  const element = asElement(type)
  refuseIf(element.nodeName !== 'hardBreak', `a paragraph has no ${element.nodeName}`)
  refuseAttributes(element)
  refuseIf(!children(element).every(isBlankText), 'a line break has content')
  return [{ type: 'hardBreak' }]
}

/** `start` of an ordered list. */
function readStart(element: Y.XmlElement): number {
  const { start = 1, ...others }: Record<string, unknown> = element.getAttributes()
  refuseIf(Object.keys(others).length > 0, `a list has no attribute ${Object.keys(others)[0]}`)
  if (typeof start !== 'number' || !Number.isInteger(start) || start < 0 || start > 1_000_000) {
    throw new SchemaProblem('a list begins with a number')
  }
  return start
}

function refuseAttributes(element: Y.XmlElement): void {
  const [name] = Object.keys(element.getAttributes())
  refuseIf(name !== undefined, `${element.nodeName} has no attribute ${name}`)
}

function asElement(type: unknown): Y.XmlElement {
  if (!(type instanceof Y.XmlElement)) throw new SchemaProblem('text or data stands where a block belongs')
  return type
}

const isBlankText = (type: unknown) =>
  type instanceof Y.XmlText && type.length === 0 && textProblem(type) === null

/** Direct children. Typed as anything, since an update may put anything there. */
const children = (type: Y.XmlFragment): unknown[] => type.toArray()
