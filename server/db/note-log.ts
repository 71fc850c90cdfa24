/**
 * The log of margin notes: an append-only row for each update (`append-note-updates.ts`) and compacted snapshots.
 *
 * A note is its newest snapshot and every update row there is. Compaction puts rows into a snapshot and deletes
 * exactly those rows in the same transaction; a row written meanwhile, by whatever server, stays.
 */
import type { Db, Tx } from './database.ts'

/** What the log holds of a note. */
export interface NoteLog {
  /** The note schema that it is written in. */
  readonly schema: number
  readonly snapshot: { readonly position: bigint; readonly state: Uint8Array } | null
  readonly updates: readonly LoggedUpdate[]
  /** Who first used each Yjs client id. */
  readonly clientOwners: ReadonlyMap<number, string>
  /** Up to where text and JSON were derived. */
  readonly derivedPosition: bigint
  readonly lastVersionAt: Date | null
}

/** Where the log of a note ends, and up to where its text and JSON were derived. */
export interface NoteProgress {
  readonly noteId: string
  readonly position: bigint
  readonly derivedPosition: bigint
}

/** How far these notes have come; those to which nothing was ever appended are left out. */
export async function listNoteProgress(db: Db, noteIds: readonly string[]): Promise<NoteProgress[]> {
  if (noteIds.length === 0) return []
  return db.$queryRaw<NoteProgress[]>`
    SELECT log."noteId", log.position, note."derivedPosition"
      FROM "NoteLogEnd" log JOIN "Note" note ON note.id = log."noteId"
     WHERE log."noteId" = ANY(${[...noteIds]}::text[])`
}

export interface LoggedUpdate {
  readonly position: bigint
  readonly userId: string | null
  readonly update: Uint8Array
  readonly createdAt: Date
}

/** Reads a note's log, or only what of it lies after a position; null when there is no such note. */
export async function loadNoteLog(db: Db, noteId: string, after = -1n): Promise<NoteLog | null> {
  const note = await db.note.findUnique({
    where: { id: noteId },
    select: {
      schema: true,
      derivedPosition: true,
      clients: true,
      versions: { orderBy: { number: 'desc' }, take: 1, select: { createdAt: true } },
    },
  })
  if (!note) return null
  // Snapshots and rows in one statement: between two, a compaction could move rows out of sight.
  const rows = await db.$queryRaw<(LoggedUpdate & { isSnapshot: boolean })[]>`
    SELECT true AS "isSnapshot", position, NULL AS "userId", state AS update, "createdAt"
      FROM "NoteSnapshot" WHERE "noteId" = ${noteId} AND position > ${after}
    UNION ALL
    SELECT false, position, "userId", update, "createdAt" FROM "NoteUpdate"
     WHERE "noteId" = ${noteId} AND position > ${after}
    ORDER BY position`
  const snapshot = rows.filter((row) => row.isSnapshot).at(-1)
  return {
    schema: note.schema,
    derivedPosition: note.derivedPosition,
    snapshot: snapshot ? { position: snapshot.position, state: snapshot.update } : null,
    updates: rows.filter((row) => !row.isSnapshot),
    clientOwners: new Map(note.clients.map(({ clientId, userId }) => [Number(clientId), userId])),
    lastVersionAt: note.versions[0]?.createdAt ?? null,
  }
}

/** Notes whose log goes on after what was derived of them, by id from `after` on. */
export async function listLaggingNotes(
  db: Db,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const notes = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Note"
    WHERE id > ${after} AND EXISTS (
      SELECT 1 FROM "NoteUpdate" WHERE "noteId" = "Note".id AND position > "Note"."derivedPosition"
    )
    ORDER BY id LIMIT ${limit}`
  return notes.map(({ id }) => id)
}

/** What a compaction of a note starts from. */
export interface LogShape {
  /** Null when there is no snapshot. */
  readonly snapshotPosition: bigint | null
  /** Of the rows beside it, ascending. */
  readonly positions: readonly bigint[]
}

/** The shape of a note's log at this moment. */
export async function readLogShape(db: Db, noteId: string): Promise<LogShape> {
  const rows = await db.$queryRaw<{ isSnapshot: boolean; position: bigint }[]>`
    SELECT true AS "isSnapshot", position FROM "NoteSnapshot" WHERE "noteId" = ${noteId}
    UNION ALL SELECT false, position FROM "NoteUpdate" WHERE "noteId" = ${noteId} ORDER BY position`
  return {
    snapshotPosition: rows.findLast(({ isSnapshot }) => isSnapshot)?.position ?? null,
    positions: rows.filter(({ isSnapshot }) => !isSnapshot).map(({ position }) => position),
  }
}

/** Rows that were read, and what they merge to. */
export interface Compaction {
  readonly noteId: string
  /** Position of the snapshot that was read with them, or null when there was none. */
  readonly from: bigint | null
  /** Exactly the rows that `state` holds besides that snapshot. */
  readonly positions: readonly bigint[]
  readonly state: Uint8Array
}

/**
 * Replaces snapshot and rows by one snapshot. Changes nothing and answers false when another server has compacted
 * the same note meanwhile.
 */
export async function compactNoteLog(
  tx: Tx,
  { noteId, from, positions, state }: Compaction,
): Promise<boolean> {
  const last = positions.at(-1)
  if (last === undefined) return false
  // Before anything is looked at: what another server did until then is seen.
  await tx.$queryRaw`SELECT 1 FROM "Note" WHERE id = ${noteId} FOR NO KEY UPDATE`
  const position = from !== null && from > last ? from : last
  const kept = await tx.$queryRawUnsafe<object[]>(
    replaceBySnapshot,
    noteId,
    from,
    positions.map(String),
    position,
    state,
  )
  return kept.length > 0
}

/** One statement however many rows, of whose positions only digits go out. */
const replaceBySnapshot = `
  WITH own AS MATERIALIZED (
    SELECT position FROM "NoteUpdate" WHERE "noteId" = $1 AND position = ANY($3::text[]::bigint[])
  ), fits AS MATERIALIZED (
    SELECT 1 WHERE (SELECT count(*) FROM own) = cardinality($3::text[])
       AND (SELECT max(position) FROM "NoteSnapshot" WHERE "noteId" = $1) IS NOT DISTINCT FROM $2::bigint
  ), emptied AS (
    DELETE FROM "NoteUpdate" WHERE position IN (SELECT position FROM own) AND EXISTS (SELECT FROM fits)
  ), dropped AS (
    DELETE FROM "NoteSnapshot" WHERE "noteId" = $1 AND position <> $4::bigint AND EXISTS (SELECT FROM fits)
  )
  INSERT INTO "NoteSnapshot" ("noteId", position, state) SELECT $1, $4::bigint, $5::bytea FROM fits
    ON CONFLICT ("noteId", position) DO UPDATE SET state = EXCLUDED.state
  RETURNING position`
