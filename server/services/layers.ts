/** Layers: what they are set to, and which lie over a document. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction, refuseUnread } from '#domain/policy/can.ts'
import { isLaidOver } from '#domain/policy/is-laid-over.ts'
import type { DocumentFacts, LayerFacts } from '#domain/policy/subjects.ts'
import { noGroup } from '#domain/wire/feed.ts'
import { layerChange } from '#domain/wire/group.ts'
import type { Tx } from '../db/database.ts'
import {
  findLayer,
  type GroupOverDocument,
  listGroupsOverDocument,
  listLayers,
  type StoredLayer,
  updateLayer,
} from '../db/layers.ts'
import { findDocumentFacts } from '../db/readings.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { LayerService, ReaderLayer } from './contracts/layers.ts'
import { showLayer } from './show-layer.ts'

/** Layers over the database of `context`. */
export function createLayerService({ database, now }: ServiceContext): LayerService {
  async function readable(tx: Tx, actor: Actor, layerId: string): Promise<StoredLayer> {
    const stored = await findLayer(tx, layerId)
    if (!stored || !can(actor, 'layer.read', stored.facts, now())) throw refuseUnread(actor)
    return stored
  }

  return {
    get: async (actor, layerId) => showLayer(actor, await readable(database.db, actor, layerId)),

    change: (actor, layerId, change, ifMatch) =>
      database.transaction(async (tx) => {
        const stored = await readable(tx, actor, layerId)
        if (!can(actor, 'layer.change', stored.facts, now())) {
          throw refuseAction(actor, 'Only owners and instructors change a layer.')
        }
        if (!(await updateLayer(tx, layerId, ifMatch, checkInput(layerChange, change)))) {
          throw new AppError('stale', 'Somebody changed this layer in the meantime.')
        }
        return showLayer(actor, await readable(tx, actor, layerId))
      }),

    async forDocument(actor, documentId) {
      const { db } = database
      const facts = (await findDocumentFacts(db, [documentId])).get(documentId)
      if (!facts || !can(actor, 'document.read', facts, now())) throw refuseUnread(actor)
      const person = actor.kind === 'person' ? actor : null
      const own = person ? await listLayers(db, { userId: person.userId, groupIds: [] }) : []
      const groupIds = Object.keys(person?.memberships ?? {})
      const groups = await listGroupsOverDocument(db, documentId, groupIds)
      return [
        ...own.map((stored) => offer(actor, stored, null)),
        ...rooms(actor, facts, groups).map(({ stored, group }) => offer(actor, stored, group)),
      ]
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

  function offer(actor: Actor, stored: StoredLayer, group: GroupOverDocument | null): ReaderLayer {
    return {
      layer: showLayer(actor, stored),
      groupId: group?.id ?? noGroup,
      groupName: group?.name ?? null,
      mayWrite: can(actor, 'layer.write', stored.facts, now()),
      mayReply: mayReply(actor, stored.facts, group?.id ?? null),
    }
  }

  /** Whether the actor could answer in a thread of this layer that nobody has locked. */
  function mayReply(actor: Actor, layer: LayerFacts, groupId: string | null): boolean {
    const thread = { authorId: '', state: 'posted', hidden: false, locked: false, coWritten: false } as const
    return can(actor, 'thread.reply', { ...thread, layer, groupId }, now())
  }
}
