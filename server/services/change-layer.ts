/** Adding layers to groups, setting them, and uncovering blind ones. */
import { AppError } from '#domain/app-error.ts'
import type { Actor } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import { type Layer, type LayerChange, layerChange, type NewLayer, newLayer } from '#domain/wire/group.ts'
import { insertSightsReached } from '../db/blind-layers.ts'
import type { Tx } from '../db/database.ts'
import { listGroupFacts } from '../db/groups.ts'
import { isTaken } from '../db/is-taken.ts'
import {
  findLayer,
  insertLayer,
  type LayerSettings,
  revealLayer,
  type StoredLayer,
  updateLayer,
} from '../db/layers.ts'
import { checkInput, unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { FeedBus } from './contracts/feed.ts'
import type { IfMatch } from './contracts/if-match.ts'
import { getReadableGroup } from './readable-group.ts'
import { type Act, actorIdOf, recordAct } from './record-act.ts'
import { writeRecorded } from './record-event.ts'
import { getReadableLayer, showLayer } from './show-layer.ts'
import { requirePerson } from './thread-access.ts'
import { uncoverForAll } from './uncover-notes.ts'

/** Lays a new layer over a group, and over others that the actor teaches; asked again with the same id, answers it. */
export async function addLayer(
  context: ServiceContext,
  access: AccessService,
  actor: Actor,
  groupIdOrSlug: string,
  body: NewLayer,
): Promise<Layer> {
  const { database, newId, now } = context
  const { id = newId(), name, groups = [], ...settings } = checkInput(newLayer, body)
  const group = await getReadableGroup(database.db, actor, groupIdOrSlug, now())
  if (!can(actor, 'layer.add', group, now())) {
    throw refuseAction(actor, 'Only owners and instructors add layers.')
  }
  const groupIds = [...new Set([group.id, ...groups])]
  const row = { kind: 'custom', name, groupIds, ...toSettings(settings) } as const
  requireOrder(row)
  try {
    await database.transaction(async (tx) => {
      await requireTaught(tx, actor, groupIds, now())
      await insertLayer(tx, { ...row, id, now: now() })
      for (const groupId of groupIds) {
        const act = {
          kind: 'layer.added',
          actorId: actorIdOf(actor),
          groupId,
          data: { layerId: id, name },
        } as const
        await recordAct(context, tx, act)
      }
    })
  } catch (error) {
    const original = isTaken(error) ? await findLayer(database.db, id) : null
    if (!original) throw error
    const isSame = original.layer.name === name && original.facts.groupIds.includes(group.id)
    if (!isSame) throw new AppError('conflict', 'Something else has this id already.')
  }
  access.changed('everyone')
  return showLayer(actor, await getReadableLayer(database.db, actor, id, now()))
}

/** Sets a layer. What was covered by it and is not any more appears to everybody in its rooms. */
export async function changeLayer(
  context: ServiceContext,
  access: AccessService,
  feed: FeedBus,
  actor: Actor,
  layerId: string,
  body: LayerChange,
  ifMatch: IfMatch,
): Promise<Layer> {
  const { name, groups, ...wanted } = checkInput(layerChange, body)
  const { now } = context
  const changed = await writeRecorded(context, feed, async (tx, { recordReset }) => {
    const before = await getChangeableLayer(tx, actor, layerId, now())
    const settings = toSettings(wanted)
    requireOfKind(before, settings)
    requireOrder({ ...before.facts, ...settings })
    // Groups that the actor does not see stay under it.
    const groupIds = groups && [...new Set([...groups, ...unseenGroups(actor, before)])]
    if (groupIds) await requireTaught(tx, actor, differing(groupIds, before.facts.groupIds), now())
    if (!(await updateLayer(tx, layerId, ifMatch, { name, groupIds, ...settings }))) {
      throw new AppError('stale', 'Somebody changed this layer in the meantime.')
    }
    const { blind } = settings
    if (blind && 'untilOwnNotes' in blind) await insertSightsReached(tx, layerId, blind.untilOwnNotes)
    // Whoever is in a room may see more or less of it from now on.
    if (blind !== undefined || settings.read !== undefined || groups)
      await recordReset(layerId, actorIdOf(actor))
    const data = { layerId, changed: Object.keys(checkInput(layerChange, body)).join(', ') }
    await recordActs(context, tx, actor, before, { kind: 'layer.changed', data })
    return findLayer(tx, layerId)
  })
  access.changed('everyone')
  // Whoever gave their last group of the layer away may not read it any more.
  if (!changed) throw new AppError('not-found', 'This layer is gone.')
  return showLayer(actor, changed)
}

/** Uncovers a blind layer: everything in it appears. Revealing what is not covered changes nothing. */
export async function revealToAll(
  context: ServiceContext,
  access: AccessService,
  feed: FeedBus,
  actor: Actor,
  layerId: string,
): Promise<Layer> {
  const { now } = context
  await writeRecorded(context, feed, async (tx, { recordAll }) => {
    const stored = await getReadableLayer(tx, actor, layerId, now())
    if (!can(actor, 'layer.reveal', stored.facts, now())) {
      throw refuseAction(actor, 'Only owners and instructors uncover a layer.')
    }
    requirePerson(actor)
    if (await revealLayer(tx, layerId, new Date(now()))) {
      await recordAll(await uncoverForAll(tx, layerId, actor.userId))
      await recordActs(context, tx, actor, stored, { kind: 'layer.revealed', data: { layerId } })
    }
  })
  access.changed('everyone')
  return showLayer(actor, await getReadableLayer(context.database.db, actor, layerId, now()))
}

/** Records it with each group that the layer lies over. */
async function recordActs(
  context: ServiceContext,
  tx: Tx,
  actor: Actor,
  { facts }: StoredLayer,
  act: Pick<Act, 'kind' | 'data'>,
): Promise<void> {
  for (const groupId of facts.groupIds) {
    await recordAct(context, tx, { ...act, actorId: actorIdOf(actor), groupId })
  }
}

async function getChangeableLayer(tx: Tx, actor: Actor, layerId: string, now: number): Promise<StoredLayer> {
  const stored = await getReadableLayer(tx, actor, layerId, now)
  if (!can(actor, 'layer.change', stored.facts, now)) {
    throw refuseAction(actor, 'Only owners and instructors change a layer.')
  }
  return stored
}

const toSettings = ({ opensAt, closesAt, ...rest }: Omit<LayerChange, 'name' | 'groups'>): LayerSettings => ({
  ...rest,
  ...(opensAt === undefined ? {} : { opensAt: toMs(opensAt) }),
  ...(closesAt === undefined ? {} : { closesAt: toMs(closesAt) }),
})

const toMs = (instant: string | null) => (instant === null ? null : Date.parse(instant))

/** What a discussion and a commentary are is the same in every group; only who else reads a commentary is set. */
function requireOfKind({ facts }: StoredLayer, { read, write }: LayerSettings): void {
  if (facts.kind === 'custom') return
  const mayRead = facts.kind === 'commentary' ? ['members', 'public'] : [facts.read]
  if (read !== undefined && !mayRead.includes(read)) {
    throw unprocessable([{ path: 'read', message: `is ${mayRead.join(' or ')} in a ${facts.kind} layer` }])
  }
  if (write !== undefined && write !== facts.write) {
    throw unprocessable([{ path: 'write', message: `is always ${facts.write} in a ${facts.kind} layer` }])
  }
}

function requireOrder({ opensAt, closesAt }: Pick<LayerSettings, 'opensAt' | 'closesAt'>): void {
  if (typeof opensAt !== 'number' || typeof closesAt !== 'number' || opensAt < closesAt) return
  throw unprocessable([{ path: 'closesAt', message: 'must be after it opens' }])
}

/** Throws unless the actor could add a layer to each of these groups. A group that is not there is as one not theirs. */
async function requireTaught(tx: Tx, actor: Actor, groupIds: readonly string[], now: number): Promise<void> {
  const facts = await listGroupFacts(tx, groupIds)
  for (const [index, groupId] of groupIds.entries()) {
    const group = facts.get(groupId)
    if (group && can(actor, 'layer.add', group, now)) continue
    throw unprocessable([{ path: `groups.${index}`, message: 'is no group that you teach' }])
  }
}

const unseenGroups = (actor: Actor, { facts }: StoredLayer) =>
  facts.groupIds.filter((id) => actor.kind !== 'person' || !(id in actor.memberships))

const differing = (one: readonly string[], other: readonly string[]) => [
  ...one.filter((id) => !other.includes(id)),
  ...other.filter((id) => !one.includes(id)),
]
