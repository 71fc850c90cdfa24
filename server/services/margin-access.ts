/** Who may be in which margin room. */
import type { Actor } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { LayerFacts } from '#domain/policy/subjects.ts'
import { noGroup } from '#domain/wire/feed.ts'

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

/** Whether the actor sees hidden threads of the layer. */
export function moderates(actor: Actor, layer: LayerFacts, now: number): boolean {
  const anyThread = { authorId: '', state: 'posted', hidden: true, locked: false, coWritten: false } as const
  return can(actor, 'thread.moderate', { ...anyThread, layer }, now)
}
