/** A run of text in a shared note: its formatting read as marks. */
import * as Y from 'yjs'
import type { NoteMark, NoteText } from './note-json.ts'
import { isSoundText, toOrderedMarks } from './note-json-schema.ts'
import { isAllowedHref } from './note-link.ts'

/** What TipTap's own link mark says besides the address; it adds nothing that a note keeps. */
const tolerated: Readonly<Record<string, readonly unknown[]>> = {
  target: [null, '_blank'],
  rel: [null, 'noopener noreferrer nofollow'],
  class: [null],
  title: [null],
}

/** Why the text cannot stand in a note, or null. */
export function textProblem(text: Y.XmlText): string | null {
  if ([...text._map.values()].some((item) => !item.deleted)) return 'a text has attributes'
  for (let item = text._start; item !== null; item = item.right) {
    const problem = item.deleted ? null : contentProblem(item.content)
    if (problem !== null) return problem
  }
  return null
}

/** Why such content cannot stand in a text of a note, or null. */
export function contentProblem(content: Y.Item['content']): string | null {
  if (content instanceof Y.ContentString) return isSoundText(content.str) ? null : 'a text has a NUL in it'
  if (content instanceof Y.ContentDeleted) return null
  if (content instanceof Y.ContentFormat) {
    const value: unknown = content.value
    return value === null || readMark(content.key, value) ? null : `notes have no such mark: ${content.key}`
  }
  return 'something other than text stands in a text'
}

/** The text nodes that a sound text holds: see `textProblem`. */
export function toNoteText(text: Y.XmlText): NoteText[] {
  const delta: { insert: string; attributes?: Record<string, unknown> }[] = text.toDelta()
  return delta.map(({ insert, attributes = {} }) => {
    const marks = toOrderedMarks(
      Object.entries(attributes).flatMap(([name, value]) => readMark(name, value) ?? []),
    )
    return marks.length > 0 ? { type: 'text', text: insert, marks } : { type: 'text', text: insert }
  })
}

function readMark(name: string, value: unknown): NoteMark | null {
  if (typeof value !== 'object' || value === null) return null
  const { href, ...others } = { href: undefined, ...value }
  if (name === 'bold' || name === 'italic') {
    return href === undefined && Object.keys(others).length === 0 ? { type: name } : null
  }
  const isPlain = Object.entries(others).every(([key, said]) => tolerated[key]?.includes(said))
  return name === 'link' && isPlain && isAllowedHref(href) ? { type: 'link', attrs: { href } } : null
}
