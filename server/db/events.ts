/**
 * What happened, and its place in the feed of each margin room.
 *
 * A room counts its events without gaps: the next number is taken under the lock of the room's row, which is held
 * until the transaction ends, so that numbers are committed in their order. Whoever writes to several rooms takes
 * their locks in one order.
 */
import { type FeedEventKind, type MarginRoomRef, marginRoomName } from '#domain/wire/feed.ts'
import { currentAddress } from '../telemetry/request-context.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'

/** An event about a thread or one of its replies. */
export interface EventRow extends DocumentEventRow {
  readonly kind: FeedEventKind
  readonly layerId: string
  readonly groupId: string | null
  readonly threadId: string
  readonly replyId: string | null
  /** The one person whom it concerns; null: everybody in its rooms. */
  readonly recipientId: string | null
}

/** An event about a document as a whole. */
export interface DocumentEventRow {
  readonly id: string
  readonly kind: FeedEventKind | AuditKind
  readonly actorId: string | null
  readonly documentId: string
  readonly data: Prisma.InputJsonObject
  readonly at: Date
}

/** What happened to the server, an account or a group, and is recorded for whoever answers for it. */
export interface ActRow {
  readonly id: string
  readonly kind: string
  /** Null: the command line, or somebody without a sign-in. */
  readonly actorId: string | null
  /** The person whom it was done to. */
  readonly subjectId: string | null
  readonly groupId: string | null
  readonly data: Prisma.InputJsonObject
  readonly at: Date
}

/** Stores what no room hears of. */
export async function insertAct(tx: Tx, act: ActRow): Promise<void> {
  await keepEvent(tx, act)
}

/** What is only recorded, and told to no room. */
export type AuditKind = 'edition.previewed' | 'edition.discarded' | 'edition.rolled-back' | 'passage.decided'

/** Where a room's feed stands. */
export interface RoomState {
  readonly seq: number
  readonly epoch: string
}

/** Where an event came to stand in one room. */
export interface RoomPlace extends RoomState {
  readonly room: MarginRoomRef
}

/** An event and the rooms that hear of it. */
export interface HeardEvent {
  readonly event: EventRow
  readonly rooms: readonly MarginRoomRef[]
}

/**
 * Stores events and gives them, in their order, the next numbers in each of their rooms, all of which are locked at
 * once; answers the places of each. `newEpoch` is for rooms that begin with them.
 */
export async function insertEvents(
  tx: Tx,
  heard: readonly HeardEvent[],
  newEpoch: string,
): Promise<RoomPlace[][]> {
  await keepEvents(
    tx,
    heard.map(({ event }) => event),
  )
  const counts = new Map<string, { room: MarginRoomRef; count: number }>()
  for (const { rooms } of heard) {
    for (const room of rooms) {
      const name = marginRoomName(room)
      counts.set(name, { room, count: (counts.get(name)?.count ?? 0) + 1 })
    }
  }
  if (counts.size === 0) return heard.map(() => [])
  const rows = await tx.$queryRaw<(MarginRoomRef & RoomState)[]>`
    INSERT INTO "MarginRoom" ("documentId", "layerId", "groupId", seq, epoch)
    VALUES ${toRoomRows([...counts.values()], newEpoch)}
    ON CONFLICT ("documentId", "layerId", "groupId") DO UPDATE SET seq = "MarginRoom".seq + EXCLUDED.seq
    RETURNING "documentId", "layerId", "groupId", seq, epoch`
  const next = new Map(
    rows.map(({ seq, epoch, ...room }) => {
      const name = marginRoomName(room)
      return [name, { seq: seq - (counts.get(name)?.count ?? 0), epoch }]
    }),
  )
  const places = heard.map(({ rooms }) =>
    rooms.flatMap((room): RoomPlace[] => {
      const state = next.get(marginRoomName(room))
      if (!state) return []
      state.seq += 1
      return [{ room, seq: state.seq, epoch: state.epoch }]
    }),
  )
  const roomEvents = heard.flatMap(({ event }, index) =>
    (places[index] ?? []).map(({ room, seq }) => ({ ...room, seq, eventId: event.id })),
  )
  await tx.$executeRaw`
    INSERT INTO "RoomEvent" ("documentId", "layerId", "groupId", seq, "eventId")
    SELECT "documentId", "layerId", "groupId", seq, "eventId"
      FROM jsonb_populate_recordset(NULL::"RoomEvent", ${JSON.stringify(roomEvents)}::jsonb)`
  return places
}

const eventColumns = Prisma.raw(
  Object.values(Prisma.EventScalarFieldEnum)
    .map((column) => `"${column}"`)
    .join(', '),
)

/** By column; what is left out is null, and of `data` empty. */
type KeptEvent = Prisma.EventUncheckedCreateInput & { readonly at: Date }

/** Every event is kept here, with where it came from. */
async function keepEvent(tx: Tx, event: KeptEvent): Promise<void> {
  await keepEvents(tx, [event])
}

/**
 * One statement whose text is the same for any number: notes that are written in tell of it all at once. It names its
 * columns, since the next release, which may have more of them, runs beside this one for a while.
 */
async function keepEvents(tx: Tx, events: readonly KeptEvent[]): Promise<void> {
  const address = currentAddress()
  const rows = events.map((event) => ({ data: {}, ...event, address }))
  await tx.$executeRaw`
    INSERT INTO "Event" (${eventColumns})
    SELECT ${eventColumns} FROM jsonb_populate_recordset(NULL::"Event", ${JSON.stringify(rows)}::jsonb)`
}

/**
 * Begins the count of every room of a layer anew with a new epoch: whoever is in one fetches everything again, and so
 * does whoever comes back with an older epoch.
 */
export async function restartRooms(
  tx: Tx,
  reset: {
    readonly id: string
    readonly layerId: string
    readonly actorId: string | null
    readonly at: Date
  },
  newEpoch: string,
): Promise<RoomPlace[]> {
  const { layerId } = reset
  await keepEvent(tx, { ...reset, kind: 'reset' })
  const rows = await tx.$queryRaw<(MarginRoomRef & RoomState)[]>`
    WITH held AS (
      SELECT "documentId", "layerId", "groupId" FROM "MarginRoom" WHERE "layerId" = ${layerId}
      ORDER BY ("documentId" || '/' || "layerId" || '/' || "groupId") COLLATE "C" FOR UPDATE
    ), counted AS (
      UPDATE "MarginRoom" room SET seq = seq + 1, epoch = ${newEpoch} FROM held
      WHERE room."documentId" = held."documentId" AND room."layerId" = held."layerId"
        AND room."groupId" = held."groupId"
      RETURNING room."documentId", room."layerId", room."groupId", room.seq, room.epoch
    ), placed AS (
      INSERT INTO "RoomEvent" ("documentId", "layerId", "groupId", seq, "eventId")
      SELECT "documentId", "layerId", "groupId", seq, ${reset.id} FROM counted
    )
    SELECT * FROM counted`
  return rows.map(({ seq, epoch, ...room }) => ({ room, seq, epoch }))
}

/** Stores an event that no room hears of. */
export async function insertAuditEvent(tx: Tx, event: DocumentEventRow): Promise<void> {
  await keepEvent(tx, event)
}

/** Stores an event and gives it the next number in every margin room of its document that anybody has entered yet. */
export async function insertDocumentEvent(tx: Tx, event: DocumentEventRow): Promise<RoomPlace[]> {
  await keepEvent(tx, event)
  const rows = await tx.$queryRaw<(MarginRoomRef & RoomState)[]>`
    WITH held AS (
      SELECT "documentId", "layerId", "groupId" FROM "MarginRoom" WHERE "documentId" = ${event.documentId}
      ORDER BY ("documentId" || '/' || "layerId" || '/' || "groupId") COLLATE "C" FOR UPDATE
    ), counted AS (
      UPDATE "MarginRoom" room SET seq = seq + 1 FROM held
      WHERE room."documentId" = held."documentId" AND room."layerId" = held."layerId"
        AND room."groupId" = held."groupId"
      RETURNING room."documentId", room."layerId", room."groupId", room.seq, room.epoch
    ), placed AS (
      INSERT INTO "RoomEvent" ("documentId", "layerId", "groupId", seq, "eventId")
      SELECT "documentId", "layerId", "groupId", seq, ${event.id} FROM counted
    )
    SELECT * FROM counted`
  return rows.map(({ seq, epoch, ...room }) => ({ room, seq, epoch }))
}

/** One row for each room; PostgreSQL inserts, and so locks, in the order of the rows. */
function toRoomRows(
  rooms: readonly { readonly room: MarginRoomRef; readonly count: number }[],
  epoch: string,
): Prisma.Sql {
  const inOrder = [...new Map(rooms.map((each) => [marginRoomName(each.room), each])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each)
  return Prisma.join(
    inOrder.map(
      ({ room: { documentId, layerId, groupId }, count }) =>
        Prisma.sql`(${documentId}, ${layerId}, ${groupId}, ${count}::int, ${epoch})`,
    ),
  )
}

/** Where the room's feed stands now. A room that nothing happened in yet begins, so that its epoch is known from the start. */
export async function readRoom(tx: Tx, room: MarginRoomRef, newEpoch: string): Promise<RoomState> {
  const where = { documentId_layerId_groupId: room }
  const select = { seq: true, epoch: true }
  const found = await tx.marginRoom.findUnique({ where, select })
  if (found) return found
  await tx.marginRoom.createMany({ data: [{ ...room, epoch: newEpoch }], skipDuplicates: true })
  return tx.marginRoom.findUniqueOrThrow({ where, select })
}

/** What happened to one thread within a stretch of a room's feed. */
export interface ThreadHappenings {
  readonly threadId: string
  readonly kinds: readonly string[]
}

/** The threads with events after number `after` and up to number `upTo` of a room that concern this person. */
export async function listChangedThreads(
  tx: Tx,
  room: MarginRoomRef,
  { after, upTo, personId }: { after: number; upTo: number; personId: string | null },
): Promise<ThreadHappenings[]> {
  return tx.$queryRaw<ThreadHappenings[]>`
    SELECT e."threadId", array_agg(DISTINCT e.kind) AS kinds
    FROM "RoomEvent" r JOIN "Event" e ON e.id = r."eventId"
    WHERE r."documentId" = ${room.documentId} AND r."layerId" = ${room.layerId}
      AND r."groupId" = ${room.groupId} AND r.seq > ${after} AND r.seq <= ${upTo}
      AND e."threadId" IS NOT NULL AND (e."recipientId" IS NULL OR e."recipientId" = ${personId})
    GROUP BY e."threadId"`
}

/** Where these rooms' feeds stand; rooms that nobody has entered yet are left out. */
export async function listRoomStates(tx: Tx, rooms: readonly MarginRoomRef[]): Promise<RoomPlace[]> {
  if (rooms.length === 0) return []
  const rows = await tx.$queryRaw<(MarginRoomRef & RoomState)[]>`
    SELECT "documentId", "layerId", "groupId", seq, epoch FROM "MarginRoom"
    JOIN unnest(${rooms.map(({ documentId }) => documentId)}::text[], ${rooms.map(({ layerId }) => layerId)}::text[],
                ${rooms.map(({ groupId }) => groupId)}::text[]) AS asked ("documentId", "layerId", "groupId")
      USING ("documentId", "layerId", "groupId")`
  return rows.map(({ seq, epoch, ...room }) => ({ room, seq, epoch }))
}

/** An event as it stands in a room's feed. */
export interface RoomEventRow extends RoomPlace {
  readonly kind: FeedEventKind
  readonly actorId: string | null
  readonly threadId: string | null
  readonly replyId: string | null
  /** The one person whom it concerns; null: everybody in the room. */
  readonly recipientId: string | null
  /** Of `edition.published`. */
  readonly edition?: { readonly id: string; readonly number: number }
}

/** What happened in a room after number `after`, in order. */
export async function listRoomEvents(tx: Tx, room: MarginRoomRef, after: number): Promise<RoomEventRow[]> {
  const rows = await tx.$queryRaw<
    (Omit<RoomEventRow, 'room' | 'edition'> & { editionId: string | null; editionNumber: number | null })[]
  >`
    SELECT place.seq, room.epoch, event.kind, event."actorId", event."threadId", event."replyId",
           event."recipientId",
           edition.id AS "editionId", edition.number AS "editionNumber"
      FROM "RoomEvent" place JOIN "MarginRoom" room USING ("documentId", "layerId", "groupId")
      JOIN "Event" event ON event.id = place."eventId"
      LEFT JOIN "Edition" edition ON event.kind = 'edition.published' AND edition.id = event.data->>'editionId'
     WHERE place."documentId" = ${room.documentId} AND place."layerId" = ${room.layerId}
       AND place."groupId" = ${room.groupId} AND place.seq > ${after}
     ORDER BY place.seq`
  return rows.map(({ editionId: id, editionNumber: number, ...row }) => ({
    ...row,
    room,
    ...(id !== null && number !== null && { edition: { id, number } }),
  }))
}
