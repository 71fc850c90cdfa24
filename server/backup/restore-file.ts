/**
 * Writes a backup file into an empty database: in one transaction of a session of its own, so that whatever ends it,
 * the database is as empty as before. Nobody is kept waiting, since nobody is there yet.
 */
import { AppError } from '#domain/app-error.ts'
import type { Restored } from '#domain/wire/backup.ts'
import type { Database } from '../db/database.ts'
import { type Ask, openOwnSession } from '../db/plain-sql.ts'
import { setForeignKeysAside } from './foreign-keys.ts'
import type { Header, KeptTable } from './format.ts'
import { type BackupFile, openBackup } from './read-file.ts'
import { type Column, insertLines, listMigrations, listTables, quote, type Table } from './tables.ts'

/** What a server writes by itself before anybody is there: the link for its administrator. */
const ownWords = ['Invitation', 'ServerFact']

/**
 * Restores `file`. `epoch` becomes that of every margin room, so that readers who saw more than the backup has begin
 * anew; `eventId` that of the event that records it. Throws AppError in one line, with nothing changed, when the file
 * is not whole or from a newer release, or the database is not empty.
 */
export async function restoreFile(
  database: Database,
  file: string,
  ids: { readonly epoch: string; readonly eventId: string },
  onProgress: (done: number, label: string) => void,
): Promise<Restored> {
  const checked = await openBackup(file, (share) => onProgress(share / 4, 'Checking'))
  for await (const _ of checked.batches);
  const session = await openOwnSession(database)
  try {
    const again = await openBackup(file, (share) => onProgress(1 / 4 + (share * 3) / 4, 'Restoring'))
    await session.ask('BEGIN')
    await fill(session.ask, file, again)
    await session.ask('UPDATE "MarginRoom" SET epoch = $1::text', [ids.epoch])
    await session.ask(
      `INSERT INTO "Event" (id, kind, data) VALUES ($1::text, 'backup.restored', jsonb_build_object('madeAt', $2::text))`,
      [ids.eventId, again.header.madeAt],
    )
    await session.ask('COMMIT')
    await session.ask('ANALYZE')
    const rows = again.header.tables.reduce((sum, table) => sum + table.rows, 0)
    return { madeAt: again.header.madeAt, rows }
  } catch (error) {
    // On the embedded database the session is everybody's, and must not be left in the middle of something.
    await session.ask('ROLLBACK').catch(() => {})
    throw toRefusal(file, error)
  } finally {
    await session.end()
  }
}

async function fill(ask: Ask, file: string, { header, batches }: BackupFile): Promise<void> {
  const tables = await listTables(ask)
  refuseNewer(file, header, await listMigrations(ask))
  const targets = new Map(header.tables.map((kept) => [kept.name, matchTable(file, tables, kept)]))
  await ask(`SET LOCAL lock_timeout = '10s'`)
  await ask(`LOCK TABLE ${tables.map(({ name }) => quote(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`)
  await makeEmpty(ask, tables)
  const putForeignKeysBack = await setForeignKeysAside(ask)
  for await (const { table, lines } of batches) {
    const target = targets.get(table.name)
    if (target) await ask(insertLines(target.table, target.columns), [`[${lines.join(',')}]`])
  }
  for (const { table, column, last } of header.counters) {
    await ask('SELECT setval(pg_get_serial_sequence($1::text, $2::text), $3::text::bigint)', [
      quote(table),
      column,
      last,
    ])
  }
  await putForeignKeysBack()
}

function refuseNewer(file: string, { migrations }: Header, applied: readonly string[]): void {
  const unknown = migrations.find((name) => !applied.includes(name))
  if (unknown === undefined) return
  throw new AppError('unsupported-format', `${file}: was made by a newer release (it has ${unknown})`)
}

/** The table that kept rows go to, and the columns they have; what a later release added is left to its defaults. */
function matchTable(
  file: string,
  tables: readonly Table[],
  kept: KeptTable,
): { readonly table: Table; readonly columns: readonly Column[] } {
  const table = tables.find(({ name }) => name === kept.name)
  const columns = kept.columns.flatMap(
    ({ name }) => table?.columns.find((column) => column.name === name) ?? [],
  )
  if (!table || columns.length !== kept.columns.length) {
    throw new AppError(
      'unsupported-format',
      `${file}: has ${kept.name} rows that this release has no place for`,
    )
  }
  return { table, columns }
}

async function makeEmpty(ask: Ask, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables.filter(({ name }) => !ownWords.includes(name))) {
    const found = await ask(`SELECT 1 FROM ${quote(name)} LIMIT 1`)
    if (found.length > 0) {
      throw new AppError('conflict', `this server is not empty (it has ${name} rows): restore into a new one`)
    }
  }
  for (const name of ownWords) await ask(`DELETE FROM ${quote(name)}`)
}

/** What the database says against the rows, in one line. Other failures stay what they are. */
function toRefusal(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code: unknown = Reflect.get(error, 'code')
  if (code === '55P03') return new AppError('conflict', 'the database is in use: stop every server first')
  const isAboutRows = typeof code === 'string' && /^2[23]/.test(code)
  return isAboutRows
    ? new AppError('unprocessable', `${file}: has rows that cannot be restored: ${error.message}`)
    : error
}
