/** Layers: what they are set to, and which lie over a document. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import { moderatesLayer } from '#domain/policy/conditions.ts'
import { isLaidOver } from '#domain/policy/is-laid-over.ts'
import type { DocumentFacts, LayerFacts } from '#domain/policy/subjects.ts'
import { noGroup } from '#domain/wire/feed.ts'
import { countPostedNotes, hasSight } from '../db/blind-layers.ts'
import type { Tx } from '../db/database.ts'
import {
  findNextTurn,
  type GroupOverDocument,
  listGroupsOverDocument,
  listLayers,
  type StoredLayer,
} from '../db/layers.ts'
import { findDocumentFacts } from '../db/readings.ts'
import type { LayerSubject } from '../db/subjects.ts'
import { addLayer, changeLayer, revealToAll } from './change-layer.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { LayerService, ReaderLayer } from './contracts/layers.ts'
import { listLayerReadings } from './layer-readings.ts'
import { getReadableLayer, showLayer } from './show-layer.ts'

/** Layers over the database of `context`. */
export function createLayerService(
  context: ServiceContext,
  access: AccessService,
  feed: FeedBus,
): LayerService {
  const { database, now } = context

  return {
    get: async (actor, layerId) =>
      showLayer(actor, await getReadableLayer(database.db, actor, layerId, now())),

    readings: (actor, layerId) => listLayerReadings(context, actor, layerId),
    add: (actor, groupIdOrSlug, layer) => addLayer(context, access, actor, groupIdOrSlug, layer),
    change: (actor, layerId, change, ifMatch) =>
      changeLayer(context, access, feed, actor, layerId, change, ifMatch),
    reveal: (actor, layerId) => revealToAll(context, access, feed, actor, layerId),
    async nextTurn() {
      const at = await findNextTurn(database.db, now())
      return at === null ? null : at - now()
    },

    async forDocument(actor, documentId) {
      const { db } = database
      const facts = (await findDocumentFacts(db, [documentId])).get(documentId)
      if (!facts || !can(actor, 'document.read', facts, now())) throw refuseUnread(actor)
      const person = actor.kind === 'person' ? actor : null
      const own = person ? await listLayers(db, { userId: person.userId, groupIds: [] }) : []
      const groupIds = Object.keys(person?.memberships ?? {})
      const groups = await listGroupsOverDocument(db, documentId, groupIds)
      const offered = [
        ...own.map((stored) => offer(actor, stored, null)),
        ...rooms(actor, facts, groups).map(({ stored, group }) => offer(actor, stored, group)),
      ]
      return Promise.all(
        offered.map(async ({ stored, ...row }) => ({
          ...row,
          covers: await findCover(db, actor, stored.facts, documentId),
        })),
      )
    },
  }

  /** Where the actor would stand: a layer in each of their groups that lays it, or else once, as the public reads it. */
  function rooms(
    actor: Actor,
    document: DocumentFacts,
    groups: readonly GroupOverDocument[],
  ): { stored: StoredLayer; group: GroupOverDocument }[] {
    const own = groups.filter(({ id }) => actor.kind === 'person' && id in actor.memberships)
    const others = groups.filter((group) => !own.includes(group))
    const seen = new Set<string>()
    const found: { stored: StoredLayer; group: GroupOverDocument }[] = []
    for (const group of [...own, ...others]) {
      for (const stored of group.layers) {
        const isRepeated = others.includes(group) && seen.has(stored.layer.id)
        const liesHere = isLaidOver({ ...stored.facts, groupIds: [group.id] }, document)
        if (isRepeated || !liesHere || !can(actor, 'layer.read', stored.facts, now())) continue
        seen.add(stored.layer.id)
        found.push({ stored, group })
      }
    }
    return found
  }

  function offer(actor: Actor, stored: StoredLayer, group: GroupOverDocument | null) {
    return {
      stored,
      layer: showLayer(actor, stored),
      groupId: group?.id ?? noGroup,
      groupName: group?.name ?? null,
      mayWrite: can(actor, 'layer.write', stored.facts, now()),
      mayReply: mayReply(actor, stored.facts, group?.id ?? null),
      mayModerate: moderatesLayer(actor, stored.facts),
    }
  }

  /** Whether the actor could answer in a thread of this layer that nobody has locked. */
  function mayReply(actor: Actor, layer: LayerFacts, groupId: string | null): boolean {
    const thread = { authorId: '', state: 'posted', hidden: false, locked: false, coWritten: false } as const
    const open = { ...layer, blind: null }
    return can(
      actor,
      'thread.reply',
      { ...thread, byInstructor: false, seenBy: [], layer: open, groupId },
      now(),
    )
  }
}

/** What a blind layer covers for this actor in a document, and how far they are from seeing it; null for nothing. */
async function findCover(
  tx: Tx,
  actor: Actor,
  layer: LayerSubject,
  documentId: string,
): Promise<ReaderLayer['covers']> {
  if (layer.blind === null || moderatesLayer(actor, layer)) return null
  if (actor.kind !== 'person' || !('untilOwnNotes' in layer.blind)) return { ownNotes: null }
  const at = { layerId: layer.id, documentId, userId: actor.userId }
  if (await hasSight(tx, at)) return null
  return { ownNotes: { posted: await countPostedNotes(tx, at), needed: layer.blind.untilOwnNotes } }
}
