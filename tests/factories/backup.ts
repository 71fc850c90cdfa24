/** What tests of backups look at: every row of a database, and the inside of a file. */

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { listTables, quote, rowAsLine } from '#server/backup/tables.ts'
import type { Database } from '#server/db/database.ts'
import { askWith } from '#server/db/plain-sql.ts'

/** Every row that a backup keeps, by table, as text; `epoch`, which a restore changes, is taken out. */
export async function readEveryRow({ db }: Database): Promise<Map<string, string[]>> {
  const ask = askWith(db)
  const found = new Map<string, string[]>()
  for (const table of await listTables(ask)) {
    const columns = table.columns.filter(({ name }) => name !== 'epoch')
    const rows = await ask<{ line: string }>(
      `SELECT ${rowAsLine({ ...table, columns })} AS line FROM ${quote(table.name)}`,
    )
    // What the restore itself writes belongs to no backup.
    const kept = rows.map(({ line }) => line).filter((line) => !line.includes('"backup.restored"'))
    found.set(table.name, kept.sort())
  }
  return found
}

/**
 * Rewrites a backup as another release would have written it, whole and with the right sum; `spoil` then changes its
 * text and leaves the sum.
 */
export async function rewriteBackup(
  from: string,
  to: string,
  // biome-ignore lint/suspicious/noExplicitAny: a test changes whatever it likes.
  change: (header: any, rows: (table: string, change: (row: any[]) => any[]) => void) => void,
  spoil: (text: string) => string = (text) => text,
): Promise<void> {
  const lines = gunzipSync(await readFile(from))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const [header, ...rest] = lines
  const end = rest.pop()
  let table = ''
  const changes = new Map<string, (row: unknown[]) => unknown[]>()
  change(header, (name, each) => void changes.set(name, each))
  const changed = rest.map((line) => {
    if (!Array.isArray(line)) table = line.table
    return Array.isArray(line) ? (changes.get(table)?.(line) ?? line) : line
  })
  const body = [header, ...changed].map((line) => `${JSON.stringify(line)}\n`).join('')
  const sha256 = createHash('sha256').update(body).digest('hex')
  await writeFile(to, gzipSync(`${spoil(body)}${JSON.stringify({ ...end, sha256 })}\n`))
}
