/**
 * The tables as the database's own catalog has them, and their rows as text.
 *
 * A backup knows no table by name but those it leaves out, so that what a release adds is kept from the day it is
 * there. A row is a JSON array of its columns, each as the text that PostgreSQL reads back to the same value, or
 * null; bytes are base64, moments ISO 8601.
 */
import type { Ask } from '../db/plain-sql.ts'

export interface Column {
  readonly name: string
  /** As PostgreSQL names it: `text[]`, `timestamp(3) without time zone`. */
  readonly type: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** The primary key, in its order. */
  readonly key: readonly Column[]
}

/**
 * What no backup has: people sign in again, servers tell each other anew, the index of words is made again, and the list
 * of migrations belongs to the database itself.
 */
const leftOut = ['Session', 'AccessChange', 'Fingerprint', 'IndexedEdition', '_prisma_migrations']

/** The tables that belong into a backup, by name. */
export async function listTables(ask: Ask): Promise<Table[]> {
  const columns = await ask<{ table: string; name: string; type: string; keyPlace: number | null }>(`
    SELECT t.relname::text AS "table", c.attname::text AS name, format_type(c.atttypid, c.atttypmod) AS type,
      array_position(k.indkey::int2[], c.attnum) AS "keyPlace"
    FROM pg_class t
    JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    JOIN pg_index k ON k.indrelid = t.oid AND k.indisprimary
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
    ORDER BY t.relname COLLATE "C", c.attnum`)
  const names = [...new Set(columns.map(({ table }) => table))].filter((name) => !leftOut.includes(name))
  return names.map((name) => {
    const own = columns.filter(({ table }) => table === name)
    const key = own
      .flatMap(({ keyPlace, ...column }) => (keyPlace === null ? [] : [{ keyPlace, column }]))
      .sort((a, b) => a.keyPlace - b.keyPlace)
      .map(({ column }) => toColumn(column))
    return { name, columns: own.map(toColumn), key }
  })
}

const toColumn = ({ name, type }: Column): Column => ({ name, type })

/** The migrations that were applied, in their order. */
export async function listMigrations(ask: Ask): Promise<string[]> {
  const rows = await ask<{ name: string }>(`
    SELECT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`)
  return rows.map(({ name }) => name)
}

/** A column that counts up by itself, and the last number it gave. */
export interface Counter {
  readonly table: string
  readonly column: string
  readonly last: string
}

/** Where the counters of the tables stand. They run ahead of any snapshot, which does no harm. */
export async function listCounters(ask: Ask, tables: readonly Table[]): Promise<Counter[]> {
  const counters: Counter[] = []
  for (const { name, columns } of tables) {
    for (const { name: column } of columns.filter(({ type }) => type === 'bigint' || type === 'integer')) {
      const [sequence] = await ask<{ name: string | null }>(
        'SELECT pg_get_serial_sequence($1::text, $2::text) AS name',
        [quote(name), column],
      )
      if (!sequence?.name) continue
      const [state] = await ask<{ last: string }>(`SELECT last_value::text AS last FROM ${sequence.name}`)
      if (state) counters.push({ table: name, column, last: state.last })
    }
  }
  return counters
}

/** A name as SQL has it. */
export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/** SQL for a row as one line of JSON. */
export const rowAsLine = ({ columns }: Table) =>
  `json_build_array(${columns.map(columnAsText).join(', ')})::text`

/** SQL for the key of a row as one line of JSON. */
export const keyAsLine = ({ key }: Table) =>
  `json_build_array(${key.map(({ name }) => `${quote(name)}::text`).join(', ')})::text`

function columnAsText({ name, type }: Column): string {
  if (type === 'bytea') return `encode(${quote(name)}, 'base64')`
  // Other than a cast, this does not depend on how the session writes dates.
  if (type.startsWith('timestamp')) return `to_json(${quote(name)}) #>> '{}'`
  return `${quote(name)}::text`
}

/**
 * The statement that inserts lines, given as one JSON array in `$1`. `written` are the columns that the lines have, in
 * their order; the others take their defaults.
 */
export function insertLines(table: Table, written: readonly Column[]): string {
  const values = written.map(({ type }, index) =>
    type === 'bytea' ? `decode(line ->> ${index}, 'base64')` : `(line ->> ${index})::${type}`,
  )
  return `INSERT INTO ${quote(table.name)} (${written.map(({ name }) => quote(name)).join(', ')})
    SELECT ${values.join(', ')} FROM jsonb_array_elements($1::text::jsonb) AS line`
}
