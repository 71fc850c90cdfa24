/** Which threads somebody may see, as a condition on `"Thread" t`: to keep rows from being loaded in vain, and to count. */
import { Prisma } from './generated/client.ts'

/** What the policy lets somebody see, in columns of threads. */
export interface ThreadSight {
  readonly layerIds: readonly string[]
  /** Whose drafts and hidden threads are among them. */
  readonly personId: string | null
  /** Layers in which hidden threads are seen. */
  readonly moderatedLayerIds: readonly string[]
}

/** In a layer that they read. */
export const isInSeenLayer = ({ layerIds }: ThreadSight) =>
  Prisma.sql`t."layerId" = ANY(${[...layerIds]}::text[])`

/** Not hidden from them. */
export const isNotHidden = ({ personId, moderatedLayerIds }: ThreadSight) =>
  Prisma.sql`(NOT t.hidden OR t."authorId" = ${personId} OR t."layerId" = ANY(${[...moderatedLayerIds]}::text[]))`

/** A thread with words that they see: posted, or a draft of their own. A deleted one has none. */
export const isSeen = (sight: ThreadSight) => Prisma.sql`(
  ${isInSeenLayer(sight)} AND ${isNotHidden(sight)}
  AND (t.state = 'posted' OR (t.state = 'draft' AND t."authorId" = ${sight.personId})))`
