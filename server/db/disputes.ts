/** Disputes with everything that showing one to anybody can need, and the writing of their rows. */
import { z } from 'zod'
import { type Happening, happening, type Side } from '#domain/disputes/happening.ts'
import type { StancePositions } from '#domain/disputes/stances.ts'
import { heldPosition, side } from '#domain/wire/dispute.ts'
import type { PersonRef, RichText } from '#domain/wire/shared.ts'
import { richText } from '#domain/wire/shared.ts'
import { type DisputeStatus, disputeStatus } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import type { DisputeOutline } from './dispute-outlines.ts'
import type { Prisma } from './generated/client.ts'
import { toJsonColumn } from './json-column.ts'
import { type PassageRecord, passageInclude, toPassageRecord } from './threads.ts'

/** A dispute; its thread is loaded apart. Nothing of it is fit to be shown before the policy was asked. */
export interface DisputeRecord extends Omit<DisputeOutline, 'positions' | 'stances' | 'evidenceCount'> {
  readonly positions: readonly PositionRecord[]
  /** What was removed is among it. */
  readonly evidence: readonly EvidenceRecord[]
  readonly stances: readonly StanceRecord[]
  readonly history: readonly HistoryRecord[]
}

export interface PositionRecord {
  readonly id: string
  readonly number: number
  readonly statement: string
  readonly author: PersonRef
  readonly note: { readonly text: string; readonly json: RichText }
}

export interface EvidenceRecord {
  readonly id: string
  readonly positionId: string
  readonly side: Side
  readonly note: string
  readonly author: PersonRef
  readonly passage: PassageRecord | null
  readonly citedId: string | null
  readonly citation: string | null
  readonly createdAt: Date
  readonly removedAt: Date | null
}

export interface StanceRecord {
  readonly person: PersonRef
  readonly positions: StancePositions
  readonly reason: string
}

export interface HistoryRecord {
  readonly number: number
  readonly by: PersonRef
  readonly at: Date
  readonly what: Happening
}

const personSelect = { select: { id: true, name: true } } as const
const storedPositions = z.array(heldPosition)

const disputeInclude = {
  raisedBy: personSelect,
  positions: { orderBy: { number: 'asc' }, include: { author: personSelect } },
  evidence: {
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { author: personSelect, passage: { include: passageInclude() } },
  },
  stances: { orderBy: [{ takenAt: 'asc' }, { userId: 'asc' }], include: { user: personSelect } },
  history: { orderBy: { number: 'asc' }, include: { actor: personSelect } },
  thread: { select: { notes: { select: { id: true, text: true, json: true } } } },
} satisfies Prisma.DisputeInclude

/** Loads disputes in the order of `ids`. What does not exist is left out. */
export async function loadDisputes(tx: Tx, ids: readonly string[]): Promise<DisputeRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.dispute.findMany({ where: { id: { in: [...ids] } }, include: disputeInclude })
  const records = new Map(rows.map((row) => [row.id, toRecord(row)]))
  return ids.flatMap((id) => records.get(id) ?? [])
}

/** One dispute, or null. */
export async function findDispute(tx: Tx, id: string): Promise<DisputeRecord | null> {
  const [record] = await loadDisputes(tx, [id])
  return record ?? null
}

function toRecord(row: Prisma.DisputeGetPayload<{ include: typeof disputeInclude }>): DisputeRecord {
  const { thread, positions, evidence, stances, history, status, ...columns } = row
  const notes = new Map(thread.notes.map((note) => [note.id, note]))
  return {
    ...columns,
    status: disputeStatus.parse(status),
    positions: positions.map(({ id, number, statement, author }) => {
      const note = notes.get(id)
      return {
        id,
        number,
        statement,
        author,
        note: { text: note?.text ?? '', json: richText.parse(note?.json) },
      }
    }),
    evidence: evidence.map(({ passage, ...rest }) => ({
      ...rest,
      side: side.parse(rest.side),
      passage: passage && toPassageRecord(passage),
    })),
    stances: stances.map(({ user, positions, reason }) => ({
      person: user,
      positions: storedPositions.parse(positions),
      reason,
    })),
    history: history.map(({ number, actor, at, data }) => ({
      number,
      by: actor,
      at,
      what: happening.parse(data),
    })),
  }
}

/** The thread of a dispute, or null when there is no such dispute. */
export async function findThreadOfDispute(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.dispute.findUnique({ where: { id }, select: { threadId: true } })
  return row?.threadId ?? null
}

/** The dispute that a piece of evidence or a position belongs to, or null. */
export async function findDisputeOf(
  tx: Tx,
  part: { readonly evidenceId: string } | { readonly positionId: string },
): Promise<DisputeRecord | null> {
  const select = { disputeId: true }
  const row =
    'evidenceId' in part
      ? await tx.evidence.findUnique({ where: { id: part.evidenceId }, select })
      : await tx.position.findUnique({ where: { id: part.positionId }, select })
  return row && findDispute(tx, row.disputeId)
}

/** Stores a new dispute. Fails on an id that is taken: see `isTaken`. */
export async function insertDispute(
  tx: Tx,
  row: { id: string; threadId: string; question: string; raisedById: string; createdAt: Date },
): Promise<void> {
  await tx.dispute.create({ data: { ...row, activeAt: row.createdAt, version: 0 } })
}

/** Stores a new position; its note is stored apart. */
export async function insertPosition(
  tx: Tx,
  row: {
    id: string
    disputeId: string
    number: number
    statement: string
    authorId: string
    createdAt: Date
  },
): Promise<void> {
  await tx.position.create({ data: row })
}

/** Stores a new piece of evidence; the passage that it quotes is stored apart. */
export async function insertEvidence(
  tx: Tx,
  row: {
    id: string
    disputeId: string
    positionId: string
    side: Side
    note: string
    citedId: string | null
    citation: string | null
    authorId: string
    bodyHash: string
    createdAt: Date
  },
): Promise<void> {
  await tx.evidence.create({ data: row })
}

/** Who brought a piece of evidence in with which request, or null when there is none with this id. */
export async function findEvidenceRequest(
  tx: Tx,
  id: string,
): Promise<{ authorId: string; bodyHash: string | null } | null> {
  return tx.evidence.findUnique({ where: { id }, select: { authorId: true, bodyHash: true } })
}

/** Changes a piece of evidence; `removedAt` takes it out of the dispute and keeps the row. */
export async function updateEvidence(
  tx: Tx,
  id: string,
  change: { positionId?: string; side?: Side; note?: string; removedAt?: Date },
): Promise<void> {
  await tx.evidence.update({ where: { id }, data: change })
}

/** Makes this what the person holds from now on. */
export async function upsertStance(
  tx: Tx,
  stance: { disputeId: string; userId: string; positions: StancePositions; reason: string; takenAt: Date },
): Promise<void> {
  const { disputeId, userId } = stance
  const data = { ...stance, positions: stance.positions.map(toJsonColumn) }
  await tx.stance.upsert({ where: { disputeId_userId: { disputeId, userId } }, create: data, update: data })
}

/** Writes rows of the history and counts the dispute's version up; the numbers go on after `after`. */
export async function recordHappenings(
  tx: Tx,
  disputeId: string,
  {
    after,
    actorId,
    at,
    happenings,
    columns = {},
  }: {
    readonly after: number
    readonly actorId: string
    readonly at: Date
    readonly happenings: readonly Happening[]
    readonly columns?: {
      readonly status?: DisputeStatus
      readonly outcome?: string | null
      readonly dividedness?: number
    }
  },
): Promise<void> {
  await tx.disputeEvent.createMany({
    data: happenings.map((what, index) => ({
      disputeId,
      number: after + index + 1,
      actorId,
      at,
      data: toJsonColumn(what),
    })),
  })
  await tx.dispute.update({
    where: { id: disputeId },
    data: { ...columns, activeAt: at, version: { increment: 1 } },
  })
}

/** Whether the person holds the position now. */
export async function holdsPosition(tx: Tx, positionId: string, userId: string): Promise<boolean> {
  const stance = await tx.stance.findFirst({
    where: { userId, dispute: { positions: { some: { id: positionId } } } },
    select: { positions: true },
  })
  return stance !== null && storedPositions.parse(stance.positions).some(({ id }) => id === positionId)
}
