/** Groups as their members meet them. */
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseUnread } from '#domain/policy/can.ts'
import type { Group } from '#domain/wire/group.ts'
import type { Tx } from '../db/database.ts'
import { findGroup, findGroupFacts, lockGroup, type StoredGroup } from '../db/groups.ts'
import { showLayer } from './show-layer.ts'

/**
 * A group that the actor may read, by id or slug. Throws what `refuseUnread` says otherwise, before the rest of the
 * group is looked up, so that a group of others takes no longer than one that does not exist.
 */
export async function getReadableGroup(
  tx: Tx,
  actor: Actor,
  idOrSlug: string,
  now: number,
): Promise<StoredGroup> {
  const facts = await findGroupFacts(tx, idOrSlug)
  if (!facts || !can(actor, 'group.read', facts, now)) throw refuseUnread(actor)
  const stored = await findGroup(tx, facts.id)
  if (!stored) throw refuseUnread(actor)
  return stored
}

/** The same, with nobody else changing the group until the transaction ends. Its version is the one counted up. */
export async function lockReadableGroup(
  tx: Tx,
  actor: Actor,
  idOrSlug: string,
  now: number,
): Promise<StoredGroup> {
  const { id } = await getReadableGroup(tx, actor, idOrSlug, now)
  await lockGroup(tx, id)
  return getReadableGroup(tx, actor, id, now)
}

/** A group as the API shows it to this actor: with the layers they may read. */
export function showGroup(actor: Actor, stored: StoredGroup, now: number): Group {
  const { id, slug, name, readings, members, archived, version } = stored
  const layers = stored.layers
    .filter(({ facts }) => can(actor, 'layer.read', facts, now))
    .map((layer) => showLayer(actor, layer))
  return { id, slug, name, layers, readings, members, archived, version }
}
