/**
 * The log of margin notes: an append-only row for each update, compacted snapshots, and versions apart from both.
 *
 * A note is its newest snapshot and every update row there is. Compaction puts rows into a snapshot and deletes
 * exactly those rows in the same transaction; a row written meanwhile, by whatever server, stays.
 */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Database, Db, Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { toJsonColumn } from './json-column.ts'

/** An update that is to be kept, with who sent it. */
export interface NewNoteUpdate {
  readonly noteId: string
  /** Null: the server itself. */
  readonly userId: string | null
  /** The Yjs client id that the update names, or null when it only deletes. */
  readonly clientId: number | null
  /** Yjs client ids that this person uses here for the first time. */
  readonly newClientIds: readonly number[]
  readonly update: Uint8Array
  /** What the note was before, to be kept with it. */
  readonly versionBefore?: NewNoteVersion
}

/** Keeps the updates, and the versions that come with them: all, in this order, or none. Answers their positions. */
export async function keepNoteUpdates(
  database: Database,
  updates: readonly NewNoteUpdate[],
): Promise<bigint[]> {
  const versions = updates.flatMap(({ versionBefore }) => versionBefore ?? [])
  if (versions.length === 0) return appendNoteUpdates(database.db, updates)
  // Notes in one order, so that two servers do not wait for each other.
  const inOrder = versions.toSorted((a, b) => (a.noteId < b.noteId ? -1 : a.noteId > b.noteId ? 1 : 0))
  return database.transaction(async (tx) => {
    const positions = await appendNoteUpdates(tx, updates)
    for (const version of inOrder) await insertNoteVersion(tx, version)
    return positions
  })
}

/** Thrown by `appendNoteUpdates` when a note of the batch is no longer there; nothing of the batch is kept. */
export class NoteGone extends Error {}

/** Keeps the updates in one statement: all, in this order, or none. Answers their positions in the log. */
export async function appendNoteUpdates(tx: Tx, updates: readonly NewNoteUpdate[]): Promise<bigint[]> {
  if (updates.length === 0) return []
  const rows = toColumns(updates)
  const clients = updates.flatMap(({ noteId, userId, newClientIds }) =>
    userId === null
      ? []
      : newClientIds.map((clientId) => Prisma.sql`(${noteId}, ${BigInt(clientId)}, ${userId})`),
  )
  const claim =
    clients.length === 0
      ? Prisma.empty
      : Prisma.sql`WITH claimed AS (
          INSERT INTO "NoteClient" ("noteId", "clientId", "userId") VALUES ${Prisma.join(clients)}
          ON CONFLICT DO NOTHING)`
  try {
    const written = await tx.$queryRaw<{ position: bigint }[]>`${claim}
      INSERT INTO "NoteUpdate" ("noteId", "userId", "clientId", "update")
      SELECT "noteId", NULLIF("userId", ''), NULLIF("clientId", -1), substring(${rows.bytes}::bytea FROM start FOR length)
        FROM unnest(${rows.noteIds}::text[], ${rows.userIds}::text[], ${rows.clientIds}::bigint[],
                    ${rows.starts}::int[], ${rows.lengths}::int[])
          WITH ORDINALITY AS given ("noteId", "userId", "clientId", start, length, nth)
       ORDER BY nth RETURNING position`
    return written.map(({ position }) => position)
  } catch (error) {
    throw isMissingReference(error) ? new NoteGone() : error
  }
}

/** Five parameters however many rows: preparing four of them for each row cost more than writing it. */
function toColumns(updates: readonly NewNoteUpdate[]) {
  let end = 0
  return {
    noteIds: updates.map(({ noteId }) => noteId),
    userIds: updates.map(({ userId }) => userId ?? ''),
    clientIds: updates.map(({ clientId }) => BigInt(clientId ?? -1)),
    lengths: updates.map(({ update }) => update.length),
    // `substring` counts from 1.
    starts: updates.map(({ update }) => {
      end += update.length
      return end - update.length + 1
    }),
    bytes: Buffer.concat(updates.map(({ update }) => update)),
  }
}

/** PostgreSQL's foreign_key_violation, however deep the driver wrapped it. */
function isMissingReference(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2003' || JSON.stringify(error.meta ?? {}).includes('23503'))
  )
}

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

export interface LoggedUpdate {
  readonly position: bigint
  readonly userId: string | null
  readonly update: Uint8Array
  readonly createdAt: Date
}

/** Reads a note's log, or null when there is no such note. */
export async function loadNoteLog(db: Db, noteId: string): Promise<NoteLog | null> {
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
      FROM "NoteSnapshot" WHERE "noteId" = ${noteId}
    UNION ALL
    SELECT false, position, "userId", update, "createdAt" FROM "NoteUpdate" WHERE "noteId" = ${noteId}
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
  await tx.$queryRaw`SELECT 1 FROM "Note" WHERE id = ${noteId} FOR NO KEY UPDATE`
  const snapshot = await tx.noteSnapshot.findFirst({
    where: { noteId },
    orderBy: { position: 'desc' },
    select: { position: true },
  })
  if ((snapshot?.position ?? null) !== from) return false
  const there = await tx.noteUpdate.count({ where: { noteId, position: { in: [...positions] } } })
  if (there !== positions.length) return false
  await tx.noteSnapshot.deleteMany({ where: { noteId } })
  const position = from !== null && from > last ? from : last
  await tx.noteSnapshot.create({ data: { noteId, position, state: toBytes(state) } })
  await tx.noteUpdate.deleteMany({ where: { noteId, position: { in: [...positions] } } })
  return true
}

/** A state of a note that is to be kept for its history. */
export interface NewNoteVersion {
  readonly noteId: string
  readonly state: Uint8Array
  readonly text: string
  readonly json: NoteJson
  readonly authorIds: readonly string[]
  readonly reason: 'session-ended' | 'long-session' | 'before-restore'
  readonly createdAt: Date
}

/** Keeps a version under the note's next number. */
export async function insertNoteVersion(tx: Tx, version: NewNoteVersion): Promise<void> {
  const { noteId } = version
  await tx.$queryRaw`SELECT 1 FROM "Note" WHERE id = ${noteId} FOR NO KEY UPDATE`
  const last = await tx.noteVersion.aggregate({ where: { noteId }, _max: { number: true } })
  await tx.noteVersion.create({
    data: {
      ...version,
      number: (last._max.number ?? 0) + 1,
      state: toBytes(version.state),
      json: toJsonColumn(version.json),
      authorIds: [...version.authorIds],
    },
  })
}

/** Prisma wants bytes that lie in an ArrayBuffer of their own kind. */
const toBytes = (bytes: Uint8Array) => new Uint8Array(bytes)
