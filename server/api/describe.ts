/** Words of a route's description that all routes share. */
import { z } from '@hono/zod-openapi'
import { problem } from '#domain/wire/shared.ts'

/** A body that must be there, as JSON. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

/** An answer in JSON. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Every refusal, whatever its status. Spread into `responses`. */
export const refusals = {
  '4XX': { description: 'Refused.', content: { 'application/problem+json': { schema: problem } } },
} as const

/** An answer without content. */
export const done = { description: 'Done.' } as const

/** The header that says which version a change was made from. Read it with `readIfMatch`. */
export const ifMatchHeader = z.object({
  'if-match': z.string().optional().openapi({ description: 'The ETag last seen; stale answers 412.' }),
})

/** Path parameter `{id}`. */
export const idParam = z.object({ id: z.string().min(1).max(200) })
