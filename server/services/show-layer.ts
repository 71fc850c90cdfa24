/** Layers as somebody may see them. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { Layer } from '#domain/wire/group.ts'
import type { Tx } from '../db/database.ts'
import { findLayer, type StoredLayer } from '../db/layers.ts'
import { findLayerSubject } from '../db/subjects.ts'

/** A layer as this actor may see it: of the groups it is laid over, only their own. */
export function showLayer(actor: Actor, { layer }: StoredLayer): Layer {
  const memberships = actor.kind === 'person' ? actor.memberships : {}
  return { ...layer, groups: layer.groups.filter((groupId) => groupId in memberships) }
}

/**
 * A layer that the actor may read. Throws what `refuseUnread` says otherwise, after one statement whether there is such
 * a layer or not.
 */
export async function getReadableLayer(
  tx: Tx,
  actor: Actor,
  layerId: string,
  now: number,
): Promise<StoredLayer> {
  const facts = await findLayerSubject(tx, layerId)
  if (!facts || !can(actor, 'layer.read', facts, now)) throw refuseUnread(actor)
  const stored = await findLayer(tx, layerId)
  if (!stored) throw refuseUnread(actor)
  return stored
}
