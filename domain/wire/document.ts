/** Documents and editions, as the API speaks of them. */
import { z } from 'zod'
import { repairKinds } from '../text/repairs.ts'
import { id, instant, newId, personRef } from './shared.ts'

export const visibility = z.enum(['public', 'signed-in', 'group'])
/** Formats that can be brought in. */
export const sourceFormat = z.enum(['txt', 'md', 'html', 'epub', 'docx', 'tei', 'pdf'])
/** What an import repairs: hard wraps, words parted by hyphens, paragraphs parted by pages. */
export const repairKind = z.enum(repairKinds)
/** What one kind of repair did to an edition: how many places were repaired, and whether it was on. */
export const repairSummary = z.object({
  kind: repairKind,
  on: z.boolean(),
  count: z.number().int().nonnegative(),
})
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

/** A document as it was just brought in, with what the import did and what it left out, each in one line. */
export const importedDocument = document.extend({
  notices: z.array(z.string()),
  repairs: z.array(repairSummary),
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

/** What is said of all documents of a folder or ZIP at once; `id` is that of the request, which may be sent again. */
export const collectionProperties = documentProperties
  .pick({ id: true, visibility: true, groups: true })
  .strict()

/** What came of a folder or ZIP: its documents, and the files that were not brought in with the reason for each. */
export const importedCollection = z.object({
  documents: z.array(importedDocument),
  refused: z.array(z.object({ path: z.string(), reason: z.string() })),
})

export const newDocument = documentProperties.extend({
  /** Only formats that are text; the others are sent as files. */
  format: sourceFormat.exclude(['epub', 'docx', 'pdf']),
  content: z.string().min(1),
  /** The repairs to make; all when left out. */
  repairs: z.array(repairKind).max(repairKinds.length).optional(),
})

export const documentChange = z.strictObject({
  title: title.optional(),
  authors: authors.optional(),
  language: language.nullable().optional(),
  visibility: visibility.optional(),
})

export type Document = z.infer<typeof document>
export type CollectionProperties = z.infer<typeof collectionProperties>
export type ImportedCollection = z.infer<typeof importedCollection>
export type ImportedDocument = z.infer<typeof importedDocument>
export type RepairSummary = z.infer<typeof repairSummary>
export type EditionSummary = z.infer<typeof editionSummary>
export type DocumentProperties = z.infer<typeof documentProperties>
export type NewDocument = z.infer<typeof newDocument>
export type DocumentChange = z.infer<typeof documentChange>
export type SourceFormat = z.infer<typeof sourceFormat>
