/** Which threads somebody may see, as a condition on `"Thread" t`: to keep rows from being loaded in vain, and to count. */
import { isUncoveredIn } from './blind-layers.ts'
import { Prisma } from './generated/client.ts'

/** What the policy lets somebody see, in columns of threads. */
export interface ThreadSight {
  readonly layerIds: readonly string[]
  /** Whose drafts and hidden threads are among them. */
  readonly personId: string | null
  /** Layers in which hidden threads are seen. */
  readonly moderatedLayerIds: readonly string[]
  /** Blind layers, in which others' notes are covered until they have posted enough. */
  readonly blindLayerIds: readonly string[]
}

/** In a layer that they read. */
export const isInSeenLayer = ({ layerIds }: ThreadSight) =>
  Prisma.sql`t."layerId" = ANY(${[...layerIds]}::text[])`

/** Neither hidden from them by a moderator, nor covered by a blind layer. */
export const isNotHidden = ({ personId, moderatedLayerIds, blindLayerIds }: ThreadSight) =>
  Prisma.sql`${isUncoveredIn(blindLayerIds, personId)} AND (NOT t.hidden OR t."authorId" = ${personId} OR t."layerId" = ANY(${[...moderatedLayerIds]}::text[]))`

/** A thread with words that they see: posted, or a draft of their own. A deleted one has none. */
export const isSeen = (sight: ThreadSight) => Prisma.sql`(
  ${isInSeenLayer(sight)} AND ${isNotHidden(sight)}
  AND (t.state = 'posted' OR (t.state = 'draft' AND t."authorId" = ${sight.personId})))`
