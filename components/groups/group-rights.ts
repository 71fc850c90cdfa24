import { type Person, type Role, roles } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { Group } from '#domain/wire/group.ts'

/** What one member may do in a group: what its page offers. The server asks again. */
export interface GroupRights {
  /** Null for who is no member (any more). */
  readonly role: Role | null
  readonly mayRename: boolean
  readonly mayChangeReadings: boolean
  readonly maySetRoles: boolean
  readonly mayArchive: boolean
  readonly mayAddLayers: boolean
  readonly mayModerate: boolean
  readonly mayReadAudit: boolean
  /** Roles that they may invite somebody to. */
  readonly inviteTo: readonly Role[]
  mayRemove(member: Group['members'][number]): boolean
  mayMute(member: Group['members'][number]): boolean
}

/** The rights of the person with `userId`, by the role that the group itself says they have. */
export function toGroupRights(group: Group, userId: string): GroupRights {
  const role = group.members.find(({ user }) => user.id === userId)?.role ?? null
  const memberships: Person['memberships'] = role ? { [group.id]: role } : {}
  const actor: Person = {
    kind: 'person',
    userId,
    name: '',
    email: '',
    admin: false,
    scope: 'admin',
    memberships,
  }
  const facts = { id: group.id, archived: group.archived }
  // Nothing that is decided here hangs on the time.
  const now = 0
  return {
    role,
    mayRename: can(actor, 'group.change', facts, now),
    mayChangeReadings: can(actor, 'group.change-readings', facts, now),
    maySetRoles: can(actor, 'group.set-role', { ...facts, from: 'reader', to: 'reader' }, now),
    mayArchive: can(actor, 'group.archive', facts, now),
    mayAddLayers: can(actor, 'layer.add', facts, now),
    mayModerate: can(actor, 'group.moderate', facts, now),
    mayReadAudit: can(actor, 'group.read-audit', facts, now),
    inviteTo: roles.filter((wanted) => can(actor, 'group.invite', { ...facts, role: wanted }, now)),
    mayMute: (member) =>
      can(actor, 'group.mute-member', { ...facts, role: member.role, userId: member.user.id }, now),
    mayRemove: (member) =>
      can(actor, 'group.remove-member', { ...facts, role: member.role, userId: member.user.id }, now),
  }
}
