/** Who may be in which margin room. */
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import { moderatesLayer } from '#domain/policy/conditions.ts'
import type { LayerFacts } from '#domain/policy/subjects.ts'
import { noGroup } from '#domain/wire/feed.ts'
import type { LayerSubject } from '../db/subjects.ts'
import type { ThreadSight } from '../db/thread-sight.ts'

/**
 * Whether the actor may be in the layer's room of this group: a private layer has the one room of its person; any
 * other has one for each of its groups, which its members enter, and everyone when the layer is read by the public.
 */
export function mayEnterRoom(actor: Actor, layer: LayerFacts, groupId: string, now: number): boolean {
  if (!can(actor, 'layer.read', layer, now)) return false
  if (layer.kind === 'private') return groupId === noGroup
  if (!layer.groupIds.includes(groupId)) return false
  return layer.read === 'public' || (actor.kind === 'person' && actor.memberships[groupId] !== undefined)
}

/**
 * The group whose room of the layer is meant: the one that is named, else the only one that the actor may enter.
 * Null when several may be meant, or none may be entered.
 */
export function findRoomGroup(
  actor: Actor,
  layer: LayerFacts,
  named: string | undefined,
  now: number,
): string | null {
  const all = layer.kind === 'private' ? [noGroup] : layer.groupIds
  const open = all.filter(
    (groupId) => (named === undefined || groupId === named) && mayEnterRoom(actor, layer, groupId, now),
  )
  const [only] = open
  return open.length === 1 && only !== undefined ? only : null
}

/** What the policy lets the actor see in these layers, which they read: for listing and counting. */
export function toSight(actor: Actor, layers: readonly LayerSubject[]): ThreadSight {
  const ids = (some: readonly LayerSubject[]) => some.map(({ id }) => id)
  const moderated = layers.filter((layer) => moderatesLayer(actor, layer))
  return {
    layerIds: ids(layers),
    personId: actor.kind === 'person' ? actor.userId : null,
    moderatedLayerIds: ids(moderated),
    blindLayerIds: ids(layers.filter((layer) => layer.blind !== null && !moderated.includes(layer))),
  }
}
