/** Parallels, as the API speaks of them: two passages that share words, seen from the document that was asked about. */
import { z } from 'zod'
import { id, instant, personRef } from './shared.ts'

const offset = z.number().int().nonnegative()

/** In the order in which differences are told: what people look for first. */
export const differenceKind = z.enum([
  'negation',
  'number',
  'name',
  'ends',
  'begins',
  'replaced',
  'omitted',
  'added',
  'spelling',
])

/** Words where they stand; empty at the place where a side has none. */
export const wordsAt = z.object({ start: offset, end: offset, words: z.string() })

/**
 * `omitted`: only `there` has these words; `added`: only `here`. `elided` when the side without them says so by an
 * ellipsis. `begins` and `ends`: the rest of the sentence that one side has beyond the shared words.
 */
export const difference = z.object({
  kind: differenceKind,
  here: wordsAt,
  there: wordsAt,
  elided: z.boolean(),
})

/** One of the two passages, in the edition that is read now. */
export const parallelPassage = z.object({
  documentId: id,
  document: z.object({ slug: z.string(), title: z.string() }),
  editionId: id,
  /** A very long passage's first words. */
  exact: z.string(),
  start: offset,
  end: offset,
})

export const parallel = z.object({
  id,
  here: parallelPassage,
  there: parallelPassage,
  /** Share of the words that both have, what is left out at an ellipsis aside. */
  similarity: z.number().min(0).max(1),
  sharedWords: z.number().int(),
  /** Words that merely recur, such as a title or a formula; listed only when asked for. */
  recurring: z.boolean(),
  differences: z.array(difference),
  /** Who said that the two have nothing to do with each other; null while nobody did. */
  dismissed: z.object({ by: personRef, at: instant, reason: z.string() }).nullable(),
  may: z.object({ dismiss: z.boolean() }),
})

export const parallelList = z.object({ items: z.array(parallel), next: z.string().nullable() })

/** `start` and `end` keep what overlaps that range of the document's current edition. */
export const parallelQuery = z.strictObject({
  start: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  end: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  recurring: z.enum(['true', 'false']).optional(),
  dismissed: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})

/** Where the parallels of a document stand, in its order, and the documents they lead to: what marks beside a text take. */
export const parallelMarks = z.object({
  marks: z.array(z.object({ id, start: offset, documentId: id })),
  documents: z.array(z.object({ id, title: z.string() })),
})

/** The range of the document's current edition that the marks are for. */
export const parallelMarksQuery = parallelQuery.pick({ start: true, end: true })

/** A parallel with the text around both passages: `text` is that of the edition from `start`. */
export const parallelInContext = parallel.extend({
  context: z.object({
    here: z.object({ start: offset, text: z.string() }),
    there: z.object({ start: offset, text: z.string() }),
  }),
})

export const parallelChange = z.strictObject({
  dismissed: z.boolean(),
  reason: z.string().trim().max(2_000).default(''),
})

/** A quoted phrase of a note, and where the corpus has it: `here` are offsets in the note's own text. */
export const checkedQuotation = z.object({
  quoted: z.string(),
  start: offset,
  /** Null where the corpus has nothing like it. */
  source: parallelPassage.nullable(),
  similarity: z.number().min(0).max(1),
  differences: z.array(difference),
})

export const checkedQuotations = z.object({ items: z.array(checkedQuotation) })

export type ParallelPassage = z.infer<typeof parallelPassage>
export type Parallel = z.infer<typeof parallel>
export type ParallelList = z.infer<typeof parallelList>
export type ParallelMarks = z.infer<typeof parallelMarks>
export type ParallelMarksQuery = z.infer<typeof parallelMarksQuery>
export type ParallelQuery = z.infer<typeof parallelQuery>
export type ParallelInContext = z.infer<typeof parallelInContext>
export type ParallelChange = z.infer<typeof parallelChange>
export type ParallelDifference = z.infer<typeof difference>
export type CheckedQuotation = z.infer<typeof checkedQuotation>
