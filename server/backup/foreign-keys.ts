/** Sets the references between tables aside while rows are written in any order, and puts them back, which checks them all. */
import type { Ask } from '../db/plain-sql.ts'
import { quote } from './tables.ts'

/** Sets them aside in the transaction under way; returns what puts them back. */
export async function setForeignKeysAside(ask: Ask): Promise<() => Promise<void>> {
  const keys = await ask<{ table: string; name: string; definition: string }>(`
    SELECT t.relname::text AS "table", k.conname::text AS name, pg_get_constraintdef(k.oid) AS definition
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
    WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
    ORDER BY t.relname, k.conname`)
  for (const { table, name } of keys) {
    await ask(`ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(name)}`)
  }
  return async () => {
    for (const { table, name, definition } of keys) {
      await ask(`ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(name)} ${definition}`)
    }
  }
}
