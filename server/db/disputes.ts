/** Disputes with everything that showing one to anybody can need, and their history; what is put into them is in `dispute-parts.ts`. */
import { z } from 'zod'
import { type Happening, happening, type Side } from '#domain/disputes/happening.ts'
import type { StancePositions } from '#domain/disputes/stances.ts'
import { heldPosition, type QuotedParallel, quotedParallel, side } from '#domain/wire/dispute.ts'
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
  readonly withdrawnAt: Date | null
  readonly note: { readonly text: string; readonly json: RichText }
}

export interface EvidenceRecord {
  readonly id: string
  readonly positionId: string
  readonly side: Side
  readonly note: string
  readonly author: PersonRef
  /** One for a passage, two for a parallel, none for anything else. */
  readonly passages: readonly PassageRecord[]
  readonly parallel: QuotedParallel | null
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
    include: { author: personSelect, passages: { orderBy: { position: 'asc' }, include: passageInclude() } },
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
    positions: positions.map(({ id, number, statement, author, withdrawnAt }) => {
      const note = notes.get(id)
      return {
        id,
        number,
        statement,
        author,
        withdrawnAt,
        note: { text: note?.text ?? '', json: richText.parse(note?.json) },
      }
    }),
    evidence: evidence.map(({ passages, parallel, ...rest }) => ({
      ...rest,
      side: side.parse(rest.side),
      passages: passages.map(toPassageRecord),
      parallel: parallel === null ? null : quotedParallel.parse(parallel),
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
      readonly question?: string
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
