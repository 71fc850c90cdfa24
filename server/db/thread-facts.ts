/**
 * What the policy decides on about one thread, in one statement: whether it is there, and may be read, is known after
 * the same time either way, before anything else of it is looked up.
 */
import type { ThreadFacts } from '#domain/policy/subjects.ts'
import { threadState } from '#domain/wire/thread.ts'
import type { Tx } from './database.ts'
import { Prisma } from './generated/client.ts'
import { fromLayerColumns, type LayerColumns, layerColumns } from './subjects.ts'

/** What a thread is looked up by: itself, or a part of it. */
export type PartOfThread =
  | { readonly threadId: string }
  | { readonly replyId: string }
  | { readonly disputeId: string }
  | { readonly noteId: string }
  | { readonly anchorId: string }

/** The facts of a thread. */
export interface ThreadSubject extends ThreadFacts {
  readonly id: string
}

interface Row extends LayerColumns {
  readonly threadId: string
  readonly authorId: string
  readonly state: string
  readonly hidden: boolean
  readonly locked: boolean
  readonly coWritten: boolean
  readonly byInstructor: boolean
  readonly seenBy: readonly string[]
}

/** The facts of the thread, or of the thread that this is a part of; null when there is no such thing. */
export async function findThreadSubject(tx: Tx, part: PartOfThread): Promise<ThreadSubject | null> {
  if (Object.values(part).some((id: string) => id.includes('\0'))) return null
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT t.id AS "threadId", t."authorId", t.state, t.hidden, t.locked, t."coWritten", ${layerColumns},
      l.blind IS NOT NULL AND l."revealedAt" IS NULL AND EXISTS (
        SELECT 1 FROM "LayerGroup" g JOIN "Membership" m ON m."groupId" = g."groupId"
        WHERE g."layerId" = l.id AND m."userId" = t."authorId" AND m.role IN ('owner', 'instructor')
      ) AS "byInstructor",
      ARRAY(SELECT s."userId" FROM "LayerSight" s WHERE l.blind IS NOT NULL AND l."revealedAt" IS NULL
        AND s."layerId" = l.id AND s."documentId" = t."documentId") AS "seenBy"
    FROM "Thread" t JOIN "Layer" l ON l.id = t."layerId" WHERE t.id = ${threadOf(part)}`
  if (!row) return null
  const { threadId, authorId, state, hidden, locked, coWritten, byInstructor, seenBy, ...layer } = row
  return {
    id: threadId,
    authorId,
    state: threadState.parse(state),
    hidden,
    locked,
    coWritten,
    byInstructor,
    seenBy,
    layer: fromLayerColumns(layer),
  }
}

function threadOf(part: PartOfThread): Prisma.Sql {
  if ('threadId' in part) return Prisma.sql`${part.threadId}`
  if ('replyId' in part) return Prisma.sql`(SELECT "threadId" FROM "Reply" WHERE id = ${part.replyId})`
  if ('disputeId' in part) return Prisma.sql`(SELECT "threadId" FROM "Dispute" WHERE id = ${part.disputeId})`
  if ('noteId' in part) return Prisma.sql`(SELECT "threadId" FROM "Note" WHERE id = ${part.noteId})`
  return Prisma.sql`(SELECT p."threadId" FROM "Anchor" a JOIN "Passage" p ON p.id = a."passageId"
    WHERE a.id = ${part.anchorId})`
}
