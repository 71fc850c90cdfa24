/** What people put into disputes: the rows of positions, evidence and stances. */
import { z } from 'zod'
import type { Side } from '#domain/disputes/happening.ts'
import type { StancePositions } from '#domain/disputes/stances.ts'
import { heldPosition, type QuotedParallel } from '#domain/wire/dispute.ts'
import type { Tx } from './database.ts'
import { toJsonColumn } from './json-column.ts'

const storedPositions = z.array(heldPosition)

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

/** Words a position otherwise, withdraws it (a time) or takes it up again (null). */
export async function updatePosition(
  tx: Tx,
  id: string,
  change: { statement?: string; withdrawnAt?: Date | null },
): Promise<void> {
  await tx.position.update({ where: { id }, data: change })
}

/** Stores a new piece of evidence; the passages that it quotes are stored apart. */
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
    parallel: QuotedParallel | null
    authorId: string
    bodyHash: string
    createdAt: Date
  },
): Promise<void> {
  const { parallel, ...columns } = row
  await tx.evidence.create({ data: { ...columns, ...(parallel && { parallel: toJsonColumn(parallel) }) } })
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

/** Whether the person holds the position now. */
export async function holdsPosition(tx: Tx, positionId: string, userId: string): Promise<boolean> {
  const stance = await tx.stance.findFirst({
    where: { userId, dispute: { positions: { some: { id: positionId } } } },
    select: { positions: true },
  })
  return stance !== null && storedPositions.parse(stance.positions).some(({ id }) => id === positionId)
}
