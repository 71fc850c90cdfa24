/** What blind layers hide from whom: whose notes are instructors', and who has posted enough of their own to see the rest. */
import type { LayerFacts } from '#domain/policy/subjects.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'

/** A thread as far as a blind layer asks about it. */
interface BlindThread {
  readonly layerId: string
  readonly documentId: string
  readonly layer: LayerFacts
}

/** What is known of blind layers; nothing of those that are not blind. */
export interface Blindness {
  /** Whether this author moderates a group of the thread's layer. */
  isInstructor(thread: BlindThread, authorId: string): boolean
  /** Who sees the others' notes of the thread's layer in its document. */
  seenBy(thread: BlindThread): readonly string[]
}

const nothing: Blindness = { isInstructor: () => false, seenBy: () => [] }

/** What blind layers hide of these threads; asks the database only where one of them is in a blind layer. */
export async function findBlindness(tx: Tx, threads: readonly BlindThread[]): Promise<Blindness> {
  const blind = threads.filter(({ layer }) => layer.blind !== null)
  if (blind.length === 0) return nothing
  const [teaching, sights] = await Promise.all([
    tx.membership.findMany({
      where: {
        groupId: { in: blind.flatMap(({ layer }) => layer.groupIds) },
        role: { in: ['owner', 'instructor'] },
      },
      select: { groupId: true, userId: true },
    }),
    tx.layerSight.findMany({
      where: {
        layerId: { in: blind.map(({ layerId }) => layerId) },
        documentId: { in: blind.map(({ documentId }) => documentId) },
      },
      select: { layerId: true, documentId: true, userId: true },
    }),
  ])
  return {
    isInstructor: ({ layer }, authorId) =>
      layer.blind !== null &&
      teaching.some(({ groupId, userId }) => userId === authorId && layer.groupIds.includes(groupId)),
    seenBy: ({ layerId, documentId }) =>
      sights
        .filter((sight) => sight.layerId === layerId && sight.documentId === documentId)
        .map(({ userId }) => userId),
  }
}

/** How many notes somebody has posted in a layer over a document. A bare highlight is none. */
export async function countPostedNotes(
  tx: Tx,
  at: { readonly layerId: string; readonly documentId: string; readonly userId: string },
): Promise<number> {
  const { layerId, documentId, userId } = at
  return tx.thread.count({
    where: { layerId, documentId, authorId: userId, state: 'posted', kind: { not: 'highlight' } },
  })
}

/** Remembers that somebody sees the others' notes from now on; false when they did already. */
export async function insertSight(
  tx: Tx,
  sight: {
    readonly layerId: string
    readonly documentId: string
    readonly userId: string
    readonly at: Date
  },
): Promise<boolean> {
  const { count } = await tx.layerSight.createMany({ data: [sight], skipDuplicates: true })
  return count > 0
}

/** Whether somebody sees the others' notes of a layer in a document. */
export async function hasSight(
  tx: Tx,
  at: { readonly layerId: string; readonly documentId: string; readonly userId: string },
): Promise<boolean> {
  return (await tx.layerSight.count({ where: at })) > 0
}

/** Remembers it of all who have posted at least `atLeast` notes in the layer, in whichever documents. */
export async function insertSightsReached(tx: Tx, layerId: string, atLeast: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "LayerSight" ("layerId", "documentId", "userId")
    SELECT t."layerId", t."documentId", t."authorId" FROM "Thread" t
    WHERE t."layerId" = ${layerId} AND t.state = 'posted' AND t.kind <> 'highlight'
    GROUP BY 1, 2, 3 HAVING count(*) >= ${atLeast}
    ON CONFLICT DO NOTHING`
}

/** The posted threads of a layer: in one document, or in all. */
export async function listPostedThreadIds(
  tx: Tx,
  { layerId, documentId }: { readonly layerId: string; readonly documentId?: string },
): Promise<string[]> {
  const rows = await tx.thread.findMany({
    where: { layerId, state: 'posted', ...(documentId !== undefined && { documentId }) },
    select: { id: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id }) => id)
}

/**
 * Not covered by a blind layer, as a condition on `"Thread" t`: in one of `layerIds` somebody sees their own notes,
 * those of instructors, and everything once they have posted enough.
 */
export const isUncoveredIn = (layerIds: readonly string[], personId: string | null) =>
  layerIds.length === 0
    ? Prisma.sql`true`
    : Prisma.sql`(t."layerId" <> ALL(${[...layerIds]}::text[]) OR t."authorId" = ${personId}
      OR EXISTS (SELECT 1 FROM "LayerSight" s WHERE s."layerId" = t."layerId"
        AND s."documentId" = t."documentId" AND s."userId" = ${personId})
      OR EXISTS (SELECT 1 FROM "LayerGroup" g JOIN "Membership" m ON m."groupId" = g."groupId"
        WHERE g."layerId" = t."layerId" AND m."userId" = t."authorId" AND m.role IN ('owner', 'instructor')))`
