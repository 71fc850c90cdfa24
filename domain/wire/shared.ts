/** Pieces that many messages of the API share. Input objects are strict: an unknown field is refused by name. */
import { z } from 'zod'

/** An opaque id, as the server hands it out. */
export const id = z.string().min(1).max(64)

/** An id that whoever creates something may choose, so that a lost answer never makes two. */
export const newId = z.uuid()

export const personRef = z.object({ id, name: z.string() })

/** An edition of a document that is known already. */
export const editionRef = z.object({ id, number: z.number().int().positive() })

/** An instant as ISO 8601 in UTC. */
export const instant = z.iso.datetime()

/** A list with an opaque cursor to the rest; `next` is null on the last page. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** Query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})

/** TipTap JSON of a note or a reply, as far as its outer shape; the note schema decides about the rest. */
export const richText = z.looseObject({ type: z.literal('doc'), content: z.array(z.unknown()).optional() })

/** What a person writes: plain text (a blank line parts paragraphs) or TipTap JSON. */
export const writtenText = z.union([z.string().max(1_000_000), richText])

/** RFC 9457. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  code: z.string(),
})

export type EditionRef = z.infer<typeof editionRef>
export type PersonRef = z.infer<typeof personRef>
export type RichText = z.infer<typeof richText>
export type WrittenText = z.infer<typeof writtenText>
export type Problem = z.infer<typeof problem>
export interface Page<T> {
  readonly items: T[]
  readonly next: string | null
}
