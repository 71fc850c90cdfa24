/** Disputes as far as the register and the maps show them: many at a time, without evidence, notes and history. */
import { z } from 'zod'
import { happening } from '#domain/disputes/happening.ts'
import type { TimelineEvent } from '#domain/disputes/stance-timeline.ts'
import type { StancePositions } from '#domain/disputes/stances.ts'
import { heldPosition } from '#domain/wire/dispute.ts'
import type { PersonRef } from '#domain/wire/shared.ts'
import { type DisputeStatus, disputeStatus } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import type { Prisma } from './generated/client.ts'

/** The outline of a dispute. Nothing of it is fit to be shown before the policy was asked. */
export interface DisputeOutline {
  readonly id: string
  readonly threadId: string
  readonly question: string
  readonly status: DisputeStatus
  readonly outcome: string | null
  readonly raisedBy: PersonRef
  readonly dividedness: number
  readonly version: number
  readonly createdAt: Date
  readonly activeAt: Date
  /** Without those that were withdrawn. */
  readonly positions: readonly { readonly id: string; readonly statement: string }[]
  readonly stances: readonly { readonly userId: string; readonly positions: StancePositions }[]
  /** Of what was not removed. */
  readonly evidenceCount: number
}

const storedPositions = z.array(heldPosition)

const outlineSelect = {
  id: true,
  threadId: true,
  question: true,
  status: true,
  outcome: true,
  raisedBy: { select: { id: true, name: true } },
  dividedness: true,
  version: true,
  createdAt: true,
  activeAt: true,
  positions: {
    where: { withdrawnAt: null },
    orderBy: { number: 'asc' },
    select: { id: true, statement: true },
  },
  stances: { select: { userId: true, positions: true } },
  _count: { select: { evidence: { where: { removedAt: null } } } },
} satisfies Prisma.DisputeSelect

/** The outlines in the order of `ids`. What does not exist is left out. */
export async function loadDisputeOutlines(tx: Tx, ids: readonly string[]): Promise<DisputeOutline[]> {
  if (ids.length === 0) return []
  const rows = await tx.dispute.findMany({ where: { id: { in: [...ids] } }, select: outlineSelect })
  const outlines = new Map(
    rows.map(({ _count, status, stances, ...row }) => [
      row.id,
      {
        ...row,
        status: disputeStatus.parse(status),
        stances: stances.map(({ userId, positions }) => ({
          userId,
          positions: storedPositions.parse(positions),
        })),
        evidenceCount: _count.evidence,
      },
    ]),
  )
  return ids.flatMap((id) => outlines.get(id) ?? [])
}

/** The stances in the histories of these disputes, in their order, by dispute. */
export async function listStanceEvents(
  tx: Tx,
  disputeIds: readonly string[],
): Promise<Map<string, TimelineEvent[]>> {
  const rows = await tx.disputeEvent.findMany({
    where: { disputeId: { in: [...disputeIds] }, data: { path: ['kind'], equals: 'stance' } },
    orderBy: [{ disputeId: 'asc' }, { number: 'asc' }],
    include: { actor: { select: { id: true, name: true } } },
  })
  const events = new Map<string, TimelineEvent[]>()
  for (const { disputeId, number, at, actor, data } of rows) {
    const what = happening.parse(data)
    if (what.kind !== 'stance') continue
    const { positions, reason } = what
    const event: TimelineEvent = {
      number,
      at: at.toISOString(),
      kind: 'stance',
      by: actor,
      positions,
      reason,
    }
    events.set(disputeId, [...(events.get(disputeId) ?? []), event])
  }
  return events
}
