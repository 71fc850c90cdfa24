/**
 * A snapshot of the embedded database, where everybody waits while a transaction is open.
 *
 * Rows are first copied into a spool in short statements while people write. PostgreSQL says of each row which
 * transaction wrote it (`xmin`), and here transactions follow one another, so a number taken from their count parts
 * what was written before it from what was written since. Round after round copies what was written during the round
 * before; once that is little, one short transaction reads the rest, and looks which tables have lost rows that
 * were copied. Its moment is the snapshot's: a copied row belongs to it if the row with that key still is the one that
 * the same transaction wrote.
 */
import path from 'node:path'
import type { Database } from '../db/database.ts'
import { type Ask, askWith } from '../db/plain-sql.ts'
import { type RowLine, readPages, selectLines } from './read-pages.ts'
import type { Snapshot, TableSnapshot } from './snapshot.ts'
import { openSpool, type Spool } from './spool.ts'
import { keyAsLine, listCounters, listMigrations, listTables, quote, type Table } from './tables.ts'

/** With no more rows than these written in a round, what is left for the transaction is little. */
const littleRows = 500
/** However much is written: then the transaction takes longer. */
const mostRounds = 8

/** Takes the snapshot with a spool in `folder`; `onCopied` hears about which share was copied, 0 to 1. */
export async function snapshotByCatchingUp(
  database: Database,
  folder: string,
  onCopied: (share: number) => void,
): Promise<Snapshot> {
  const ask = askWith(database.db)
  const spool = await openSpool(path.join(folder, 'spool'))
  try {
    const tables = await listTables(ask)
    const migrations = await listMigrations(ask)
    const since = await copyRounds(ask, tables, spool, onCopied)
    const found = await database.transaction((tx) => readRest(askWith(tx), tables, spool, since))
    const counters = await listCounters(ask, tables)
    return { migrations, counters, tables: found, close: () => spool.close() }
  } catch (error) {
    await spool.close()
    throw error
  }
}

/** The number of a transaction of its own, later than all that ended and earlier than all that begin. */
async function takeMark(ask: Ask): Promise<string> {
  const [taken] = await ask<{ mark: string }>('SELECT pg_current_xact_id()::xid::text AS mark')
  if (!taken || !/^\d+$/.test(taken.mark)) throw new Error('the database does not number its transactions')
  return taken.mark
}

// The age of a transaction compares rightly where its number has begun anew.
const writtenBefore = (mark: string) => `age(xmin) > age('${mark}'::xid)`
const writtenSince = (mark: string) => `age(xmin) <= age('${mark}'::xid)`

/** Copies everything, then what was written meanwhile, until that is little. Answers the mark since when nothing is copied. */
async function copyRounds(
  ask: Ask,
  tables: readonly Table[],
  spool: Spool,
  onCopied: (share: number) => void,
): Promise<string> {
  const expectedBytes = await sizeOf(ask, tables)
  let copied = 0
  let copiedBytes = 0
  let since: string | null = null
  for (let round = 1; ; round++) {
    const mark = await takeMark(ask)
    const before = copied
    const condition = [writtenBefore(mark), ...(since === null ? [] : [writtenSince(since)])].join(' AND ')
    for (const table of tables) {
      for await (const page of readPages(ask, table, condition)) {
        await spool.add(table.name, page)
        copied += page.length
        copiedBytes += page.reduce((sum, { line }) => sum + line.length, 0)
        onCopied(Math.min(1, copiedBytes / expectedBytes))
      }
    }
    since = mark
    if (round === mostRounds || (round > 1 && copied - before <= littleRows)) return since
  }
}

/** The bytes that the tables take on disk: about what there is to copy. */
async function sizeOf(ask: Ask, tables: readonly Table[]): Promise<number> {
  const sizes = tables.map(({ name }) => `pg_table_size('${quote(name)}'::regclass)`)
  const [size] = await ask<{ bytes: string }>(`SELECT (${sizes.join(' + ')})::text AS bytes`)
  return Number(size?.bytes)
}

/** In one transaction: what was written since, and what of the spool is still so. */
async function readRest(
  ask: Ask,
  tables: readonly Table[],
  spool: Spool,
  since: string,
): Promise<TableSnapshot[]> {
  const counts = await ask<{ kept: number; written: number }>(
    tables
      .map(
        ({ name }, place) => `SELECT ${place} AS place,
          count(*) FILTER (WHERE ${writtenBefore(since)})::int AS kept,
          count(*) FILTER (WHERE ${writtenSince(since)})::int AS written FROM ${quote(name)}`,
      )
      .join(' UNION ALL ')
      .concat(' ORDER BY place'),
  )
  const found: TableSnapshot[] = []
  for (const [place, table] of tables.entries()) {
    const { kept = 0, written = 0 } = counts[place] ?? {}
    const rest = written === 0 ? [] : await ask<RowLine>(`${selectLines(table)} WHERE ${writtenSince(since)}`)
    const still = kept === spool.count(table.name) ? null : await listVersions(ask, table, since)
    found.push({
      table,
      rows: kept + written,
      lines: () => linesOf(spool.read(table.name), still, rest),
    })
  }
  return found
}

/** Which transaction wrote each row that is older than `mark`, by key. */
async function listVersions(ask: Ask, table: Table, mark: string): Promise<ReadonlyMap<string, string>> {
  const rows = await ask<Omit<RowLine, 'line'>>(
    `SELECT ${keyAsLine(table)} AS key, xmin::text AS version FROM ${quote(table.name)} WHERE ${writtenBefore(mark)}`,
  )
  return new Map(rows.map(({ key, version }) => [key, version]))
}

/** The copied rows that are still so (`still` null: all), then the rest. */
async function* linesOf(
  copied: AsyncIterable<readonly RowLine[]>,
  still: ReadonlyMap<string, string> | null,
  rest: readonly RowLine[],
): AsyncGenerator<string[]> {
  for await (const page of copied) {
    const valid = still === null ? page : page.filter(({ key, version }) => still.get(key) === version)
    yield valid.map(({ line }) => line)
  }
  yield rest.map(({ line }) => line)
}
