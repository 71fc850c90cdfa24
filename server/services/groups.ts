/** Groups: who belongs to them, what they read, and the links that lead into them. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Person } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import { toFreeSlug, toSlug } from '#domain/slug.ts'
import type { ActKind } from '#domain/wire/audit.ts'
import { type Group, groupChange, type NewGroup, newGroup } from '#domain/wire/group.ts'
import type { Tx } from '../db/database.ts'
import { retryOnDuplicate } from '../db/duplicates.ts'
import {
  findGroup,
  insertGroup,
  insertMember,
  listGroupSlugsLike,
  renameGroup,
  setArchived,
} from '../db/groups.ts'
import { insertLayer } from '../db/layers.ts'
import { replaceReadings } from '../db/readings.ts'
import { bodyHash } from './body-hash.ts'
import { checkInput } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { AccountLinkService } from './contracts/account-links.ts'
import type { AccountService } from './contracts/accounts.ts'
import type { GroupService } from './contracts/groups.ts'
import { listActivity } from './group-activity.ts'
import { createInvitations } from './group-invitations.ts'
import { createMembers } from './group-members.ts'
import { checkReadings } from './group-readings.ts'
import { createRoster } from './group-roster.ts'
import { getReadableGroup, lockReadableGroup, showGroup } from './readable-group.ts'
import { actorIdOf, recordAct } from './record-act.ts'

/** Groups over the database of `context`. */
export function createGroupService(
  context: ServiceContext,
  access: AccessService,
  accounts: Pick<AccountService, 'create'>,
  links: Pick<AccountLinkService, 'makePasswordReset'>,
): GroupService {
  const { database, newId, now } = context
  const members = createMembers(context, access)
  const invitations = createInvitations(context, access)

  return {
    ...members,
    ...invitations,
    ...createRoster(context, members, invitations, accounts, links),
    activity: (actor, idOrSlug, limit) => listActivity(context, actor, idOrSlug, limit),

    async create(actor, body) {
      if (actor.kind !== 'person' || !can(actor, 'group.create', null, now())) throw refuseAction(actor)
      const wanted = checkInput(newGroup, body)
      const { group, isNew } = await retryOnDuplicate(() =>
        database.transaction(async (tx) => {
          const original = await findOriginal(tx, actor, wanted)
          return { isNew: !original, group: original ?? (await insertWhole(tx, actor, wanted)) }
        }),
      )
      if (isNew) access.changed(actor.userId)
      return group
    },

    get: async (actor, idOrSlug) =>
      showGroup(actor, await getReadableGroup(database.db, actor, idOrSlug, now()), now()),

    async change(actor, idOrSlug, body, ifMatch) {
      const change = checkInput(groupChange, body)
      const changed = await database.transaction(async (tx) => {
        const group = await lockReadableGroup(tx, actor, idOrSlug, now())
        if (change.archived !== undefined && !can(actor, 'group.archive', group, now())) {
          throw refuseAction(actor, 'Only an owner archives a group.')
        }
        const stays = { ...group, archived: change.archived ?? group.archived }
        if (change.name !== undefined && !can(actor, 'group.change', stays, now())) {
          throw refuseAction(actor, 'Only an owner changes the settings of a group.')
        }
        const isMoreThanArchived = change.archived === undefined || change.readings !== undefined
        if (isMoreThanArchived && !can(actor, 'group.change-readings', stays, now())) {
          throw refuseAction(actor, 'Only owners and instructors change what their group reads.')
        }
        // The lock has counted the version up by one.
        if (ifMatch !== null && ifMatch !== group.version - 1) {
          throw new AppError('stale', 'Somebody changed this group in the meantime.')
        }
        const record = (kind: ActKind) =>
          recordAct(context, tx, { kind, actorId: actorIdOf(actor), groupId: group.id })
        if (change.name !== undefined) {
          await renameGroup(tx, group.id, change.name)
          await record('group.renamed')
        }
        if (change.archived !== undefined && change.archived !== group.archived) {
          await setArchived(tx, group.id, change.archived ? new Date(now()) : null)
          await record(change.archived ? 'group.archived' : 'group.restored')
        }
        if (change.readings) {
          await checkReadings(tx, actor, group.id, change.readings, now())
          const addedById = actor.kind === 'person' ? actor.userId : null
          await replaceReadings(tx, group.id, change.readings, addedById)
          await record('group.readings-changed')
        }
        return getReadableGroup(tx, actor, group.id, now())
      })
      // Members may now read other documents than before, or write no more.
      if (change.readings || change.archived !== undefined)
        for (const { user } of changed.members) access.changed(user.id)
      return showGroup(actor, changed, now())
    },
  }

  /** What the same person made with the same id and body before. Throws `conflict` when anything differs. */
  async function findOriginal(tx: Tx, actor: Person, wanted: NewGroup): Promise<Group | null> {
    const existing = wanted.id === undefined ? null : await findGroup(tx, wanted.id)
    if (!existing || existing.id !== wanted.id) return null
    if (existing.bodyHash !== hashFor(actor, wanted)) {
      throw new AppError('conflict', 'Something else has this id already.')
    }
    return showGroup(actor, existing, now())
  }

  async function insertWhole(tx: Tx, actor: Person, wanted: NewGroup): Promise<Group> {
    const { name } = wanted
    const id = wanted.id ?? newId()
    const base = toSlug(name, 'group')
    const slug = toFreeSlug(base, await listGroupSlugsLike(tx, base))
    const at = now()
    await insertGroup(tx, { id, slug, name, bodyHash: hashFor(actor, wanted), now: at })
    await insertMember(tx, { groupId: id, userId: actor.userId, role: 'owner', now: at })
    await recordAct(context, tx, { kind: 'group.made', actorId: actor.userId, groupId: id })
    const discussion = { id: newId(), kind: 'discussion', name: 'Discussion', write: 'members' } as const
    const commentary = { id: newId(), kind: 'commentary', name: 'Commentary', write: 'instructors' } as const
    await insertLayer(tx, { ...discussion, groupIds: [id], now: at })
    await insertLayer(tx, { ...commentary, groupIds: [id], now: at })
    const owner: Actor = { ...actor, memberships: { ...actor.memberships, [id]: 'owner' } }
    return showGroup(owner, await getReadableGroup(tx, owner, id, at), at)
  }

  function hashFor(actor: Person, wanted: NewGroup): string {
    return bodyHash({ ...wanted, by: actor.userId })
  }
}
