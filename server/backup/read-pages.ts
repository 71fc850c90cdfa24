/** Reads a table in short statements, each of a bounded number of bytes, in the order of its key. */
import type { Ask } from '../db/plain-sql.ts'
import { keyAsLine, quote, rowAsLine, type Table } from './tables.ts'

/** A row as it is kept. */
export interface RowLine {
  /** The row, as `rowAsLine` has it. */
  readonly line: string
  /** Its key, as `keyAsLine` has it. */
  readonly key: string
  /** The number of the transaction that wrote it. */
  readonly version: string
}

/** Few enough that one statement on the embedded database keeps nobody waiting for long. */
const pageBytes = 131_072
const pageRows = 500

/** All rows of a table for which `condition`, in SQL, holds. */
export async function* readPages(ask: Ask, table: Table, condition = 'true'): AsyncGenerator<RowLine[]> {
  let after: readonly string[] = []
  for (;;) {
    const [page] = await ask<{ last: string[] }>(pageEnd(table, condition, after), after)
    if (!page) return
    const upTo = compareKey(table, '<=', after.length)
    yield await ask<RowLine>(
      `${selectLines(table)} WHERE ${[condition, ...afterKey(table, after), upTo].join(' AND ')}
       ORDER BY ${keyOf(table)}`,
      [...after, ...page.last],
    )
    after = page.last
  }
}

/** The start of a statement that answers `RowLine`s. */
export const selectLines = (table: Table) =>
  `SELECT ${rowAsLine(table)} AS line, ${keyAsLine(table)} AS key, xmin::text AS version FROM ${quote(table.name)}`

/** The statement for the last key of the next page; no row when nothing is left. */
function pageEnd(table: Table, condition: string, after: readonly string[]): string {
  const key = keyOf(table)
  const last = table.key.map(({ name }) => `${quote(name)}::text`).join(', ')
  const backwards = table.key.map(({ name }) => `${quote(name)} DESC`).join(', ')
  return `
    SELECT ARRAY[${last}] AS last FROM (
      SELECT ${key}, sum(bytes) OVER (ORDER BY ${key}) - bytes AS before FROM (
        SELECT ${key}, ${weightOf(table)} AS bytes FROM ${quote(table.name)}
        WHERE ${[condition, ...afterKey(table, after)].join(' AND ')} ORDER BY ${key} LIMIT ${pageRows}
      ) AS near
    ) AS weighed WHERE before < ${pageBytes} ORDER BY ${backwards} LIMIT 1`
}

const keyOf = ({ key }: Table) => key.map(({ name }) => quote(name)).join(', ')

const afterKey = (table: Table, after: readonly string[]) =>
  after.length === 0 ? [] : [compareKey(table, '>', 0)]

/** Compares the key with values from `$from + 1` on. */
function compareKey(table: Table, sign: '>' | '<=', from: number): string {
  const values = table.key.map(({ type }, index) => `$${from + index + 1}::text::${type}`)
  return `(${keyOf(table)}) ${sign} (${values.join(', ')})`
}

/** SQL for about how many bytes a row has; asks for no value that lies outside of the row. */
function weightOf({ columns }: Table): string {
  const weights = columns.map(({ name, type }) =>
    type === 'bytea' || type === 'text' ? `octet_length(${quote(name)})` : `pg_column_size(${quote(name)})`,
  )
  return `(${weights.map((weight) => `coalesce(${weight}, 0)`).join(' + ')})::bigint`
}
