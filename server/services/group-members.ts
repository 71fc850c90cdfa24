/** Who belongs to a group, and as what. */
import { AppError } from '#domain/app-error.ts'
import type { Actor, Role } from '#domain/policy/actor.ts'
import { can, refuseAction } from '#domain/policy/can.ts'
import type { ActKind } from '#domain/wire/audit.ts'
import { memberChange, newMember } from '#domain/wire/group.ts'
import { findByEmail } from '../db/accounts.ts'
import type { Tx } from '../db/database.ts'
import { deleteMember, insertMember, type StoredGroup, setMuted, updateRole } from '../db/groups.ts'
import { checkInput, unprocessable } from './check-input.ts'
import type { ServiceContext } from './context.ts'
import type { AccessService } from './contracts/access.ts'
import type { GroupService } from './contracts/groups.ts'
import { getReadableGroup, lockReadableGroup, showGroup } from './readable-group.ts'
import { actorIdOf, recordAct } from './record-act.ts'

type Members = Pick<GroupService, 'addMember' | 'changeMember' | 'removeMember'>

/** The part of the group service that is about members. */
export function createMembers(context: ServiceContext, access: AccessService): Members {
  const { database, now } = context
  const record = (
    tx: Tx,
    kind: ActKind,
    actor: Actor,
    { groupId, subjectId, role }: { groupId: string; subjectId: string; role?: Role },
  ) =>
    recordAct(context, tx, {
      kind,
      actorId: actorIdOf(actor),
      groupId,
      subjectId,
      ...(role && { data: { role } }),
    })

  return {
    async addMember(actor, idOrSlug, body) {
      const { email, role } = checkInput(newMember, body)
      const { added, group } = await database.transaction(async (tx) => {
        const before = await lockReadableGroup(tx, actor, idOrSlug, now())
        if (!can(actor, 'group.invite', { ...before, role }, now())) {
          throw refuseAction(actor, `You may not add an ${role} to this group.`)
        }
        const person = await findByEmail(tx, email)
        if (!person) {
          throw unprocessable([
            { path: 'email', message: 'nobody has an account with this address: send them an invitation' },
          ])
        }
        const isNew = await insertMember(tx, {
          groupId: before.id,
          userId: person.id,
          role,
          now: now(),
        })
        if (!isNew && roleOf(before, person.id) !== role) {
          throw new AppError('conflict', 'This person is a member already, with another role.')
        }
        if (isNew) await record(tx, 'member.added', actor, { groupId: before.id, subjectId: person.id, role })
        return { added: person.id, group: await getReadableGroup(tx, actor, before.id, now()) }
      })
      access.changed(added)
      return showGroup(actor, group, now())
    },

    async changeMember(actor, idOrSlug, userId, change) {
      const { role, muted } = checkInput(memberChange, change)
      const group = await database.transaction(async (tx) => {
        const before = await lockReadableGroup(tx, actor, idOrSlug, now())
        const from = roleOf(before, userId)
        const to = role ?? from ?? 'reader'
        if (role && !can(actor, 'group.set-role', { ...before, from: from ?? to, to }, now())) {
          throw refuseAction(actor, 'Only an owner changes roles.')
        }
        const member = { ...before, role: from ?? 'reader', userId }
        if (muted !== undefined && !can(actor, 'group.mute-member', member, now())) {
          throw refuseAction(actor, 'You may not mute this member.')
        }
        if (!from) throw notAMember()
        if (to !== 'owner') keepAnOwner(before, userId)
        const about = { groupId: before.id, subjectId: userId }
        if (role) {
          await updateRole(tx, before.id, userId, to)
          await record(tx, 'member.role-changed', actor, { ...about, role })
        }
        if (muted !== undefined) {
          await setMuted(tx, before.id, userId, muted ? new Date(now()) : null)
          await record(tx, muted ? 'member.muted' : 'member.unmuted', actor, about)
        }
        // Whoever gives the ownership away sees what is left to them.
        const after: Actor =
          actor.kind === 'person' && actor.userId === userId
            ? { ...actor, memberships: { ...actor.memberships, [before.id]: to } }
            : actor
        return showGroup(after, await getReadableGroup(tx, after, before.id, now()), now())
      })
      access.changed(userId)
      return group
    },

    async removeMember(actor, idOrSlug, userId) {
      await database.transaction(async (tx) => {
        const group = await lockReadableGroup(tx, actor, idOrSlug, now())
        const role = roleOf(group, userId)
        if (!can(actor, 'group.remove-member', { ...group, role: role ?? 'reader', userId }, now())) {
          throw refuseAction(actor, 'You may not remove this member.')
        }
        if (!role) throw notAMember()
        keepAnOwner(group, userId)
        await deleteMember(tx, group.id, userId)
        const isSelf = actor.kind === 'person' && actor.userId === userId
        const kind = isSelf ? 'member.left' : 'member.removed'
        await record(tx, kind, actor, { groupId: group.id, subjectId: userId })
      })
      access.changed(userId)
    },
  }
}

const roleOf = (group: StoredGroup, userId: string) =>
  group.members.find((member) => member.user.id === userId)?.role

const notAMember = () => new AppError('not-found', 'This person is not a member of the group.')

/** A group without an owner could never be changed again. */
function keepAnOwner(group: StoredGroup, leavingId: string): void {
  const isOwner = roleOf(group, leavingId) === 'owner'
  const owners = group.members.filter((member) => member.role === 'owner')
  if (isOwner && owners.length === 1) {
    throw new AppError('conflict', 'A group keeps at least one owner: make somebody else an owner first.')
  }
}
