import { expect, test } from 'vitest'
import type { Person, Role } from '#domain/policy/actor.ts'
import type { LayerFacts } from '#domain/policy/subjects.ts'
import { whyNotWrite } from '#domain/policy/why-not-write.ts'

const now = 1_000
const person = (role?: Role): Person => ({
  kind: 'person',
  userId: 'anna',
  name: 'Anna',
  email: 'anna@example.org',
  admin: false,
  scope: 'write',
  memberships: role ? { group: role } : {},
})
const layer: LayerFacts = {
  kind: 'discussion',
  ownerId: null,
  groupIds: ['group'],
  archivedGroupIds: [],
  read: 'members',
  write: 'members',
  opensAt: null,
  closesAt: null,
  blind: null,
}

test.each<[string, Role | undefined, boolean, Partial<LayerFacts>, string]>([
  ['a locked thread', 'reader', true, { closesAt: 1 }, 'This thread is locked.'],
  ['a layer that has closed', 'reader', false, { closesAt: now }, 'This layer is closed for writing.'],
  [
    'a layer that has not opened',
    'reader',
    false,
    { opensAt: now + 1 },
    'This layer is not open for writing yet.',
  ],
  [
    'an archived group',
    'reader',
    false,
    { archivedGroupIds: ['group'] },
    'The group is archived, and is only read now.',
  ],
  // Whoever is muted acts as an observer.
  ['an observer', 'observer', false, {}, 'You may only read in this group.'],
  [
    'a stranger to a published layer',
    undefined,
    false,
    { read: 'public' },
    'Only members of the group write here.',
  ],
  ['another reason', 'reader', false, { write: 'instructors' }, 'You may not write in this layer.'],
])('%s is named as what keeps somebody from writing', (_, role, locked, changes, reason) => {
  const place = { locked, layer: { ...layer, ...changes } }
  expect(whyNotWrite(person(role), place, now, 'You may not write in this layer.')).toBe(reason)
})
