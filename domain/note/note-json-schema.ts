/** TipTap JSON that comes from outside, checked field by field: nothing unknown passes, and nothing is dropped in silence. */
import { z } from 'zod'
import { AppError } from '../app-error.ts'
import type { NoteBlock, NoteInline, NoteJson, NoteListItem, NoteMark } from './note-json.ts'
import { isAllowedHref } from './note-link.ts'
import { maxNoteDepth, noteSchema, toNoteNode } from './note-schema.ts'

const mark: z.ZodType<NoteMark> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({
      href: z.string().refine(isAllowedHref, 'must be an http, https or mailto address'),
    }),
  }),
])

/** A number that an ordered list may begin with. */
export const listStart = z.number().int().min(0).max(1_000_000)

/** Whether every database and every program can hold `text`: no NUL, no half of a surrogate pair. */
export const isSoundText = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text)

const inline: z.ZodType<NoteInline> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1).refine(isSoundText, 'has a NUL or half of a surrogate pair'),
    marks: z.array(mark).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('hardBreak') }),
])

const listItem: z.ZodType<NoteListItem> = z.strictObject({
  type: z.literal('listItem'),
  content: z.lazy(() => z.array(block).min(1)),
})

const block: z.ZodType<NoteBlock> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), content: z.array(inline).optional() }),
  z.strictObject({ type: z.literal('blockquote'), content: z.lazy(() => z.array(block).min(1)) }),
  z.strictObject({ type: z.literal('bulletList'), content: z.array(listItem).min(1) }),
  z.strictObject({
    type: z.literal('orderedList'),
    attrs: z.strictObject({ start: listStart }).optional(),
    content: z.array(listItem).min(1),
  }),
])

const note = z.strictObject({ type: z.literal('doc'), content: z.array(block).min(1) })

/**
 * The note that `written` is. Throws AppError `unprocessable` with `errors` (`{path, message}` each) for a node, mark
 * or attribute that notes do not have, for nesting deeper than `maxNoteDepth`, and for links that lead elsewhere.
 */
export function checkNoteJson(written: unknown): NoteJson {
  if (!isShallow(written)) throw refuse([{ path: '', message: `nested deeper than ${maxNoteDepth}` }])
  const parsed = note.safeParse(written)
  if (!parsed.success) {
    throw refuse(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const json = withOrderedMarks(parsed.data)
  try {
    toNoteNode(json)
  } catch (error) {
    throw refuse([{ path: '', message: error instanceof Error ? error.message : 'not a note' }])
  }
  return json
}

function refuse(errors: readonly { path: string; message: string }[]): AppError {
  const [first] = errors
  const where = first?.path ? ` at ${first.path}` : ''
  return new AppError(
    'unprocessable',
    `The text is not one that notes can hold${where}: ${first?.message}.`,
    {
      errors: errors.slice(0, 20),
    },
  )
}

/** Looked at level by level, so that a document nested to exhaust the stack is refused before anything recurses. */
function isShallow(written: unknown): boolean {
  let level: unknown[] = [written]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= maxNoteDepth) return false
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null && 'content' in node && Array.isArray(node.content)
        ? node.content
        : [],
    )
  }
  return true
}

/** Marks in the schema's order and once each, as an editor would have them. */
function withOrderedMarks(json: NoteJson): NoteJson {
  return { type: 'doc', content: json.content.map(orderBlock) }
}

function orderBlock(node: NoteBlock): NoteBlock {
  switch (node.type) {
    case 'paragraph':
      return node.content ? { ...node, content: node.content.map(orderInline) } : node
    case 'blockquote':
      return { ...node, content: node.content.map(orderBlock) }
    case 'bulletList':
    case 'orderedList':
      return {
        ...node,
        content: node.content.map((item) => ({ ...item, content: item.content.map(orderBlock) })),
      }
  }
}

function orderInline(node: NoteInline): NoteInline {
  if (node.type !== 'text' || !node.marks) return node
  const { marks, ...plain } = node
  const ordered = toOrderedMarks(marks)
  return ordered.length > 0 ? { ...plain, marks: ordered } : plain
}

const markOrder = Object.keys(noteSchema.marks)

/** One mark of each kind, in the schema's order. */
export function toOrderedMarks(marks: readonly NoteMark[]): NoteMark[] {
  return markOrder.flatMap((type) => marks.find((each) => each.type === type) ?? [])
}
