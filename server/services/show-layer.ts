import type { Actor } from '#domain/policy/actor.ts'
import type { Layer } from '#domain/wire/group.ts'
import type { StoredLayer } from '../db/layers.ts'

/** A layer as this actor may see it: of the groups it is laid over, only their own. */
export function showLayer(actor: Actor, { layer }: StoredLayer): Layer {
  const memberships = actor.kind === 'person' ? actor.memberships : {}
  return { ...layer, groups: layer.groups.filter((groupId) => groupId in memberships) }
}
