/** Editions as people see them in a list: where they came from, and what has become of them. */
import { z } from 'zod'
import type { Repair } from '#domain/text/repairs.ts'
import { type RepairSummary, repairKind } from '#domain/wire/document.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import type { Tx } from './database.ts'
import { type EditionRow, editionColumns, toSections, wasPublished } from './editions.ts'
import type { Prisma } from './generated/client.ts'

/** An edition that is whole: a preview, published, or rolled back. */
export interface EditionRecord extends EditionRow {
  readonly sha256: string
  /** Bytes of the original. */
  readonly size: number
  readonly notices: readonly string[]
  readonly repairs: readonly RepairSummary[]
  readonly createdBy: PersonRef | null
  readonly createdAt: Date
  readonly publishedAt: Date | null
  readonly rolledBackAt: Date | null
  readonly isCurrent: boolean
}

/** The editions of a document that are whole, the newest first. */
export async function listEditionRecords(tx: Tx, documentId: string): Promise<EditionRecord[]> {
  return readRecords(tx, { documentId, ...isWhole })
}

/** One of a document's editions by its number; null when there is none that is whole. */
export async function findEditionRecord(
  tx: Tx,
  documentId: string,
  number: number,
): Promise<EditionRecord | null> {
  if (number > largestNumber) return null
  const [record] = await readRecords(tx, { documentId, number, ...isWhole })
  return record ?? null
}

/** An edition by its id; null when there is none, or it is still being written. */
export async function findEditionRecordById(tx: Tx, editionId: string): Promise<EditionRecord | null> {
  if (editionId.includes('\0')) return null
  const [record] = await readRecords(tx, { id: editionId, ...isWhole })
  return record ?? null
}

/** What the repairs did to an edition, each with the first of its places. */
export async function listRepairs(tx: Tx, editionId: string): Promise<Repair[]> {
  const { repairs } = await tx.edition.findUniqueOrThrow({
    where: { id: editionId },
    select: { repairs: true },
  })
  return z.array(repairInColumn).parse(repairs)
}

/** What the database's integers hold. */
const largestNumber = 2_147_483_647

const isWhole = { OR: [{ readyAt: { not: null } }, ...wasPublished] } satisfies Prisma.EditionWhereInput

const columns = {
  ...editionColumns,
  sha256: true,
  size: true,
  notices: true,
  repairs: true,
  createdById: true,
  createdAt: true,
  publishedAt: true,
  rolledBackAt: true,
  currentOf: { select: { id: true } },
} as const satisfies Prisma.EditionSelect

async function readRecords(tx: Tx, where: Prisma.EditionWhereInput): Promise<EditionRecord[]> {
  const rows = await tx.edition.findMany({ where, select: columns, orderBy: { number: 'desc' } })
  const ids = [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))]
  const people = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return rows.map(({ createdById, currentOf, notices, repairs, sections, ...row }) => ({
    ...row,
    sections: toSections(sections),
    notices: z.array(z.string()).parse(notices),
    repairs: toRepairSummaries(repairs),
    createdBy: people.find(({ id }) => id === createdById) ?? null,
    isCurrent: currentOf !== null,
  }))
}

const repairInColumn = z.object({
  kind: repairKind,
  isOn: z.boolean(),
  count: z.number(),
  places: z.array(z.object({ start: z.number(), end: z.number(), before: z.string() })),
})

/** Without the places, which only they need who look at each. */
function toRepairSummaries(column: Prisma.JsonValue): RepairSummary[] {
  return z
    .array(repairInColumn.omit({ places: true }))
    .parse(column)
    .map(({ kind, isOn, count }) => ({ kind, on: isOn, count }))
}
