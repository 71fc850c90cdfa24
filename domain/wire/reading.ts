/** What people do with a document besides writing in it: finding words, and stopping and coming back. */
import { z } from 'zod'
import { instant } from './shared.ts'

const offset = z.number().int().nonnegative()

/** Query of a search in one document. */
export const findQuery = z.strictObject({
  q: z.string().trim().min(1).max(500),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The number of an edition; left out, the current one. */
  edition: z.coerce.number().int().min(1).max(1_000_000).optional(),
})

/** Where words stand: the first places, and how many there are in all. */
export const findResult = z.object({
  total: z.number().int().nonnegative(),
  finds: z.array(
    z.object({
      start: offset,
      end: offset,
      section: z.number().int().positive(),
      /** Null in a heading. */
      paragraph: z.number().int().positive().nullable(),
      before: z.string(),
      match: z.string(),
      after: z.string(),
    }),
  ),
})

/** Where a person stopped, and since when what they see is new to them; null on their first visit. */
export const visit = z.object({ position: offset, unreadSince: instant.nullable() })

/** Where a person reads now: the offset of the first line in view. */
export const visitPosition = z.strictObject({ position: offset })

export type FindResult = z.infer<typeof findResult>
export type VisitState = z.infer<typeof visit>
