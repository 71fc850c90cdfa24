import { describe, expect, test } from 'vitest'
import { toGroupRights } from '#components/groups/group-rights.ts'
import { type Role, roles } from '#domain/policy/actor.ts'
import type { Group } from '#domain/wire/group.ts'

const joinedAt = '2026-01-01T00:00:00.000Z'
const members = roles.map((role) => ({ user: { id: role, name: role }, role, joinedAt, muted: false }))
const group: Group = {
  id: 'g',
  slug: 'g',
  name: 'G',
  layers: [],
  readings: [],
  members,
  archived: false,
  version: 1,
}

/** Rights of the member with this role, as one line: whom they may remove stands by role. */
function rightsOf(role: Role) {
  const { mayRemove, mayMute, ...rights } = toGroupRights(group, role)
  return {
    ...rights,
    mutes: members.filter(mayMute).map((member) => member.role),
    removes: members.filter(mayRemove).map((member) => member.role),
  }
}

describe('the page of a group offers', () => {
  test('an owner everything', () => {
    expect(rightsOf('owner')).toEqual({
      role: 'owner',
      mayRename: true,
      mayChangeReadings: true,
      maySetRoles: true,
      mayArchive: true,
      mayAddLayers: true,
      mayReadAudit: true,
      mayModerate: true,
      mutes: ['instructor', 'reader', 'observer'],
      inviteTo: ['owner', 'instructor', 'reader', 'observer'],
      removes: ['owner', 'instructor', 'reader', 'observer'],
    })
  })

  test('an instructor the reading list, and those below them to invite and remove', () => {
    expect(rightsOf('instructor')).toEqual({
      role: 'instructor',
      mayRename: false,
      mayChangeReadings: true,
      maySetRoles: false,
      mayArchive: false,
      mayAddLayers: true,
      mayReadAudit: false,
      mayModerate: true,
      mutes: ['reader', 'observer'],
      inviteTo: ['reader', 'observer'],
      removes: ['instructor', 'reader', 'observer'],
    })
  })

  test.each(['reader', 'observer'] as const)('a mere %s nothing but leaving', (role) => {
    const nothing = {
      mayRename: false,
      mayChangeReadings: false,
      maySetRoles: false,
      mayArchive: false,
      mayAddLayers: false,
      mayReadAudit: false,
      mayModerate: false,
      mutes: [],
      inviteTo: [],
    }
    expect(rightsOf(role)).toEqual({ role, ...nothing, removes: [role] })
  })

  test('who is no member any more nothing at all', () => {
    const rights = toGroupRights(group, 'somebody')
    expect(rights.role).toBeNull()
    expect(rights.inviteTo).toEqual([])
    expect(members.some(rights.mayRemove)).toBe(false)
  })
})
