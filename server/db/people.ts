import type { PersonRef } from '#domain/wire/shared.ts'
import type { Tx } from './database.ts'

/** The people with these ids, by name as others see them; who is gone is left out. */
export async function listPeople(tx: Tx, ids: readonly string[]): Promise<PersonRef[]> {
  if (ids.length === 0) return []
  return tx.user.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
}
