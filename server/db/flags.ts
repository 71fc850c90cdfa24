/** What readers asked their instructors to look at. */
import type { Tx } from './database.ts'

/** A flag to be kept. */
export interface NewFlagRow {
  readonly id: string
  readonly threadId: string
  /** Null: the thread itself. */
  readonly replyId: string | null
  readonly userId: string
  readonly reason: string
  readonly at: Date
}

/** A flag as it is kept. */
export interface FlagRecord extends Omit<NewFlagRow, 'userId'> {
  readonly user: { readonly id: string; readonly name: string }
  readonly settledAt: Date | null
  readonly settledById: string | null
}

const select = {
  id: true,
  threadId: true,
  replyId: true,
  user: { select: { id: true, name: true } },
  reason: true,
  at: true,
  settledAt: true,
  settledById: true,
} as const

/** Keeps a flag, unless the same person's flag on the same thing still waits. */
export async function insertFlag(tx: Tx, flag: NewFlagRow): Promise<void> {
  const { threadId, replyId, userId } = flag
  const waiting = await tx.flag.count({ where: { threadId, replyId, userId, settledAt: null } })
  if (waiting === 0) await tx.flag.create({ data: flag })
}

/** One flag, or null. */
export async function findFlag(tx: Tx, id: string): Promise<FlagRecord | null> {
  return tx.flag.findUnique({ where: { id }, select })
}

/** The latest flags on threads in layers of a group and on replies said in it: those that wait, or those that were settled. */
export async function listFlags(
  tx: Tx,
  groupId: string,
  { settled, limit }: { readonly settled: boolean; readonly limit: number },
): Promise<FlagRecord[]> {
  return tx.flag.findMany({
    where: {
      settledAt: settled ? { not: null } : null,
      OR: [{ reply: { groupId } }, { replyId: null, thread: { layer: { groups: { some: { groupId } } } } }],
    },
    select,
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: limit,
  })
}

/** Takes the flags on one thing out of the queue. */
export async function settleFlags(
  tx: Tx,
  on: { readonly threadId: string; readonly replyId: string | null },
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.flag.updateMany({ where: { ...on, settledAt: null }, data: { settledAt: at, settledById: by } })
}
