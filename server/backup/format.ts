/**
 * The file: gzip of lines of JSON in UTF-8, each ended by a line feed.
 *
 * 1. The header says what this is: format, moment, the migrations that the schema comes from, the counters, and each
 *    table with its columns and its number of rows.
 * 2. For each table, in the header's order, a line `{"table": name}` and its rows: arrays of the columns in the header's
 *    order, each a string or null (see `tables.ts`).
 * 3. The trailer: the number of rows and the SHA-256, in hex, of all bytes before it.
 *
 * A reader refuses a format it does not know. What changes the meaning of a line counts the format up; what adds to
 * the header does not.
 */
import { z } from 'zod'

export const formatVersion = 1

const column = z.object({ name: z.string(), type: z.string() })

export const header = z.object({
  postil: z.literal('backup'),
  format: z.number().int().min(1),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  counters: z.array(z.object({ table: z.string(), column: z.string(), last: z.string().regex(/^\d+$/) })),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(column).min(1), rows: z.number().int().min(0) }),
  ),
})

export type Header = z.infer<typeof header>
export type KeptTable = Header['tables'][number]

export const tableLine = z.strictObject({ table: z.string() })

export const trailer = z.strictObject({ rows: z.number().int(), sha256: z.string() })

export type Trailer = z.infer<typeof trailer>
