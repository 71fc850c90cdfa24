/** Documents and editions, as the API speaks of them. */
import { z } from 'zod'
import { id, instant, newId, personRef } from './shared.ts'

export const visibility = z.enum(['public', 'signed-in', 'group'])
/** Formats that can be brought in. */
export const sourceFormat = z.enum(['txt', 'md', 'html', 'epub', 'docx', 'tei', 'pdf'])
const title = z.string().trim().min(1).max(300)
const authors = z.array(z.string().trim().min(1).max(200)).max(50)
const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag')

export const editionSummary = z.object({
  id,
  number: z.number().int().positive(),
  length: z.number().int().nonnegative(),
  blocks: z.number().int().nonnegative(),
})

export const document = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  language: z.string().nullable(),
  visibility,
  steward: personRef.nullable(),
  edition: editionSummary,
  version: z.number().int(),
  createdAt: instant,
  updatedAt: instant,
})

/** What may be said about a document that is brought in; what is not said is read from the source. */
export const documentProperties = z.strictObject({
  id: newId.optional(),
  title: title.optional(),
  authors: authors.optional(),
  language: language.optional(),
  visibility: visibility.default('group'),
  /** Reading lists to put it on. */
  groups: z.array(id).max(100).default([]),
})

export const newDocument = documentProperties.extend({
  /** Only formats that are text; the others are sent as files. */
  format: sourceFormat.exclude(['epub', 'docx', 'pdf']),
  content: z.string().min(1),
})

export const documentChange = z.strictObject({
  title: title.optional(),
  authors: authors.optional(),
  language: language.nullable().optional(),
  visibility: visibility.optional(),
})

export type Document = z.infer<typeof document>
export type EditionSummary = z.infer<typeof editionSummary>
export type DocumentProperties = z.infer<typeof documentProperties>
export type NewDocument = z.infer<typeof newDocument>
export type DocumentChange = z.infer<typeof documentChange>
export type SourceFormat = z.infer<typeof sourceFormat>
