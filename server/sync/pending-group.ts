/** What of a note was accepted together and is committed together. */
import type { NewNoteUpdate } from '../db/append-note-updates.ts'

/** A group that waits to be committed. */
export interface PendingGroup {
  readonly writerIds: readonly string[]
  /** Under which Yjs client ids it was written, as far as it says, and by whom. */
  readonly clients: readonly (readonly [clientId: number, userId: string | null])[]
  /** All of it as one update. */
  readonly update: Uint8Array
  /** As it was offered. */
  readonly bytes: number
  /** Whether it goes with whatever other servers append meanwhile. */
  readonly fitsAnywhere: boolean
}

/** A group of these rows, which hold together what `update` does. */
export function toPendingGroup(rows: readonly NewNoteUpdate[], update: Uint8Array): PendingGroup {
  const writerIds = new Set<string>()
  let bytes = 0
  for (const row of rows) {
    if (row.userId !== null) writerIds.add(row.userId)
    bytes += row.update.length
  }
  return {
    writerIds: [...writerIds],
    clients: rows.flatMap(clientsOf),
    update,
    bytes,
    fitsAnywhere: rows.every(({ fitsAnywhere }) => fitsAnywhere),
  }
}

/** The rows of a group as they are saved: those of one person as one. */
export function rowsToSave(
  rows: readonly NewNoteUpdate[],
  { writerIds, update, fitsAnywhere }: PendingGroup,
): readonly NewNoteUpdate[] {
  const [first, ...more] = rows
  if (!first || more.length === 0 || writerIds.length !== 1) return rows
  const clientId = rows.find(({ clientId }) => clientId !== null)?.clientId ?? null
  const newClientIds = rows.flatMap(({ newClientIds }) => newClientIds)
  return [{ ...first, clientId, newClientIds, fitsAnywhere, update }]
}

const clientsOf = ({ userId, clientId, newClientIds }: NewNoteUpdate) =>
  (clientId === null ? newClientIds : [clientId, ...newClientIds]).map((id) => [id, userId] as const)
