/** What was written last in layers: ids only, for whoever asks the policy about each. */
import type { Tx } from './database.ts'

/** The threads of these layers that were posted last, the newest first. */
export async function listLatestThreads(
  tx: Tx,
  layerIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await tx.thread.findMany({
    where: { layerId: { in: [...layerIds] }, state: 'posted', postedAt: { not: null } },
    orderBy: [{ postedAt: 'desc' }, { id: 'asc' }],
    select: { id: true },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

/** The replies that were said last in a group, in threads of these layers, the newest first. */
export async function listLatestReplies(
  tx: Tx,
  { layerIds, groupId }: { readonly layerIds: readonly string[]; readonly groupId: string },
  limit: number,
): Promise<{ id: string; threadId: string }[]> {
  return tx.reply.findMany({
    where: { groupId, deletedAt: null, thread: { layerId: { in: [...layerIds] } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    select: { id: true, threadId: true },
    take: limit,
  })
}
