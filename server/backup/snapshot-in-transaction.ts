/** A snapshot of a PostgreSQL that many sessions use: one reading transaction in a session of its own, which nobody waits for. */
import type { Database } from '../db/database.ts'
import { type Ask, openOwnSession } from '../db/plain-sql.ts'
import { readPages } from './read-pages.ts'
import type { Snapshot } from './snapshot.ts'
import { listCounters, listMigrations, listTables, quote, type Table } from './tables.ts'

/** Takes the snapshot; its rows are read when they are asked for. */
export async function snapshotInTransaction(database: Database): Promise<Snapshot> {
  const session = await openOwnSession(database)
  const { ask } = session
  try {
    await ask('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const tables = await listTables(ask)
    const counted = []
    for (const table of tables) counted.push({ table, rows: await countRows(ask, table) })
    return {
      migrations: await listMigrations(ask),
      counters: await listCounters(ask, tables),
      tables: counted.map(({ table, rows }) => ({ table, rows, lines: () => readLines(ask, table) })),
      close: () => session.end(),
    }
  } catch (error) {
    await session.end()
    throw error
  }
}

async function countRows(ask: Ask, table: Table): Promise<number> {
  const [counted] = await ask<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${quote(table.name)}`)
  return counted?.rows ?? 0
}

async function* readLines(ask: Ask, table: Table): AsyncGenerator<string[]> {
  for await (const page of readPages(ask, table)) yield page.map(({ line }) => line)
}
