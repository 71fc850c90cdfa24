/**
 * Appending to the logs of margin notes: one statement for the updates of many notes, and the rules by which servers
 * that write in one note at once take turns.
 */
import type { Database } from './database.ts'
import { insertNoteVersion, type NewNoteVersion } from './note-versions.ts'

/** An update that is to be kept, with who sent it. */
export interface NewNoteUpdate {
  readonly noteId: string
  /** Null: the server itself. */
  readonly userId: string | null
  /** The Yjs client id that the update names, or null when it only deletes. */
  readonly clientId: number | null
  /** Yjs client ids that this person uses here for the first time. */
  readonly newClientIds: readonly number[]
  /** Whether it may come after anything that other servers append meanwhile: see `NoteLogEnd` in the schema. */
  readonly fitsAnywhere: boolean
  readonly update: Uint8Array
  /** What the note was before, to be kept with it. */
  readonly versionBefore?: NewNoteVersion
}

/** Updates of one note, in order, for the place where its log is known to end. */
export interface NoteAppend {
  readonly noteId: string
  /** Position of the last row that is known, or null when the updates may come after whatever others appended. */
  readonly after: bigint | null
  readonly updates: readonly NewNoteUpdate[]
}

/** What was appended to a note, or null: its log goes on after the end that was named, and nothing was. */
export type Appended = AppendedRows | null

/** Rows that were appended to a note. */
export interface AppendedRows {
  /** Where its log ended before them. */
  readonly before: bigint
  readonly positions: readonly bigint[]
}

/** Keeps the updates, and the versions that come with them; each note's all, in this order, or none. */
export async function keepNoteUpdates(database: Database, batch: readonly NoteAppend[]): Promise<Appended[]> {
  const withVersions = batch.some(({ updates }) => updates.some(({ versionBefore }) => versionBefore))
  if (!withVersions) return appendNoteUpdates(database.ask, batch)
  // Notes in one order, so that two servers do not wait for each other.
  const inOrder = batch.toSorted((a, b) => (a.noteId < b.noteId ? -1 : a.noteId > b.noteId ? 1 : 0))
  return database.transaction(async (tx) => {
    const appended = await appendNoteUpdates((sql, values) => tx.$queryRawUnsafe(sql, ...values), batch)
    const kept = new Set(batch.filter((_, index) => appended[index]).map(({ noteId }) => noteId))
    for (const { noteId, updates } of inOrder) {
      if (!kept.has(noteId)) continue
      for (const { versionBefore } of updates) if (versionBefore) await insertNoteVersion(tx, versionBefore)
    }
    return appended
  })
}

/** Thrown by `keepNoteUpdates` when a note among them is no longer there; nothing of them is kept. */
export class NoteGone extends Error {}

/**
 * Each note's all, in this order, or none: see `NoteLogEnd` in the schema. A handful of parameters, however many rows.
 * Positions are given out when the ends of all the notes are locked, so that they are committed in their order.
 */
const appendUpdates = (claim: string) => `
  WITH locked AS MATERIALIZED (
    SELECT "noteId", position FROM "NoteLogEnd" WHERE "noteId" = ANY($2::text[]) ORDER BY "noteId" FOR UPDATE
  ), place AS MATERIALIZED (
    SELECT named."noteId", coalesce(locked.position, named.after, 0) AS before
      FROM (SELECT DISTINCT * FROM unnest($2::text[], $3::bigint[]) AS one ("noteId", after)) named
      LEFT JOIN locked USING ("noteId")
     WHERE named.after IS NULL OR coalesce(locked.position, 0) <= named.after
  ), given AS MATERIALIZED (
    SELECT nextval('"NoteUpdate_position_seq"') AS position, ordered.*
      FROM (SELECT * FROM unnest($2::text[], $4::text[], $5::bigint[], $6::int[], $7::int[])
            WITH ORDINALITY AS one ("noteId", "userId", "clientId", start, length, nth)
            JOIN place USING ("noteId") ORDER BY nth) ordered
  ), moved AS (
    INSERT INTO "NoteLogEnd" ("noteId", position, before)
    SELECT "noteId", max(position), max(before) FROM given GROUP BY "noteId" ORDER BY "noteId"
    ON CONFLICT ("noteId") DO UPDATE SET position = EXCLUDED.position, before = EXCLUDED.before
      WHERE "NoteLogEnd".position <= EXCLUDED.before
    RETURNING "noteId", before
  )${claim}, written AS (
    INSERT INTO "NoteUpdate" (position, "noteId", "userId", "clientId", "update")
    SELECT position, "noteId", NULLIF("userId", ''), NULLIF("clientId", -1),
           substring($1::bytea FROM start FOR length)
      FROM given JOIN moved USING ("noteId")
     ORDER BY position RETURNING "noteId", position
  )
  SELECT "noteId", before::text, written.position::text FROM written JOIN moved USING ("noteId") ORDER BY written.position`
const claimClientIds = `, claimed AS (
    INSERT INTO "NoteClient" ("noteId", "clientId", "userId")
    SELECT wanted.* FROM unnest($8::text[], $9::bigint[], $10::text[]) wanted ("noteId", "clientId", "userId")
      JOIN moved USING ("noteId")
    ON CONFLICT DO NOTHING)`
const append = appendUpdates('')
const appendAndClaim = appendUpdates(claimClientIds)

/** Asks the database; values stand for `$1`, `$2` … */
type AskPositions = (
  sql: string,
  values: readonly unknown[],
) => Promise<{ noteId: string; before: string; position: string }[]>

async function appendNoteUpdates(ask: AskPositions, batch: readonly NoteAppend[]): Promise<Appended[]> {
  const updates = batch.flatMap((each) => each.updates)
  if (updates.length === 0) return batch.map(({ after }) => ({ before: after ?? 0n, positions: [] }))
  const afters = batch.flatMap(({ after, updates }) => updates.map(() => after?.toString() ?? null))
  const values = toColumns(updates, afters)
  const claims = updates.flatMap(({ noteId, userId, newClientIds }) =>
    userId === null ? [] : newClientIds.map((clientId) => ({ noteId, clientId: String(clientId), userId })),
  )
  try {
    const written =
      claims.length === 0
        ? await ask(append, values)
        : await ask(appendAndClaim, [
            ...values,
            claims.map(({ noteId }) => noteId),
            claims.map(({ clientId }) => clientId),
            claims.map(({ userId }) => userId),
          ])
    const rowsOf = new Map<string, { readonly before: bigint; readonly positions: bigint[] }>()
    for (const { noteId, before, position } of written) {
      const rows = rowsOf.get(noteId)
      if (rows) rows.positions.push(BigInt(position))
      else rowsOf.set(noteId, { before: BigInt(before), positions: [BigInt(position)] })
    }
    return batch.map(({ noteId }) => rowsOf.get(noteId) ?? null)
  } catch (error) {
    throw isMissingReference(error) ? new NoteGone() : error
  }
}

/** The parameters of `appendUpdates`; what is a bigint goes as its digits. */
function toColumns(
  updates: readonly NewNoteUpdate[],
  afters: readonly (string | null)[],
): readonly unknown[] {
  let end = 0
  return [
    Buffer.concat(updates.map(({ update }) => update)),
    updates.map(({ noteId }) => noteId),
    afters,
    updates.map(({ userId }) => userId ?? ''),
    updates.map(({ clientId }) => String(clientId ?? -1)),
    // `substring` counts from 1.
    updates.map(({ update }) => {
      end += update.length
      return end - update.length + 1
    }),
    updates.map(({ update }) => update.length),
  ]
}

const foreignKeyViolation = '23503'

/** Whether PostgreSQL missed what a row refers to, as `pg` says it or Prisma. */
function isMissingReference(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === foreignKeyViolation || error.code === 'P2003')) return true
  return 'meta' in error && JSON.stringify(error.meta ?? {}).includes(foreignKeyViolation)
}
