import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, type Person, type Role } from '#domain/policy/actor.ts'
import type { Group } from '#domain/wire/group.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup } from '#tests/factories/group.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

const password = 'slow walks in the rain'
let running: TestServices
let groups: TestServices['services']['groups']
let admin: Person
beforeAll(async () => {
  running = await startTestServices()
  groups = running.services.groups
  admin = await aPerson(running.services, { name: 'Root', admin: true })
})

let group: Group
let people: Record<Role | 'stranger', Person>
beforeEach(async () => {
  const [owner, instructor, reader, observer, stranger] = await Promise.all(
    ['Olga', 'Ira', 'Rosa', 'Ole', 'Sten'].map((name) => aPerson(running.services, { name })),
  )
  if (!owner || !instructor || !reader || !observer || !stranger) throw new Error('people are missing')
  group = await aGroup(running.services, owner, {
    members: [
      [instructor, 'instructor'],
      [reader, 'reader'],
      [observer, 'observer'],
    ],
  })
  people = {
    owner: await asNow(running.services, owner),
    instructor: await asNow(running.services, instructor),
    reader: await asNow(running.services, reader),
    observer: await asNow(running.services, observer),
    stranger,
  }
})

const refused = (code: string) => ({ code })
const roleIn = (shown: Group, person: Person) =>
  shown.members.find((member) => member.user.id === person.userId)?.role

describe('a group', () => {
  test('begins with its owner, a discussion that members write and a commentary that instructors write', () => {
    expect(group.layers).toMatchObject([
      { kind: 'discussion', read: 'members', write: 'members', groups: [group.id] },
      { kind: 'commentary', read: 'members', write: 'instructors', groups: [group.id] },
    ])
    expect(roleIn(group, people.owner)).toBe('owner')
  })

  test.each([
    ['Slow Readers!', 'slow-readers'],
    ['Café Éluard’s', 'cafe-eluards'],
    ['読書会', '読書会'],
    ['Кружок чтения', 'кружок-чтения'],
    ['🐦 🐦', 'group'],
  ])('named “%s” has an address, and the next of that name another', async (name, slug) => {
    const first = await aGroup(running.services, people.owner, { name })
    const both = await Promise.all([1, 2].map(() => aGroup(running.services, people.owner, { name })))
    const slugs = [first, ...both].map((each) => each.slug)
    expect(new Set(slugs).size).toBe(3)
    for (const each of slugs) expect(each).toMatch(new RegExp(`^${slug}(-\\d+)?$`, 'u'))
    expect((await groups.get(await asNow(running.services, people.owner), first.slug)).id).toBe(first.id)
  })

  test('made twice with the same id and body is one; with another body or by another it is refused', async () => {
    const wanted = { id: randomUUID(), name: 'Once' }
    const [first, second] = await Promise.all([
      groups.create(people.owner, wanted),
      groups.create(people.owner, wanted),
    ])
    expect(second.id).toBe(first.id)
    expect(await groups.create(people.owner, wanted)).toMatchObject({ id: wanted.id, slug: first.slug })
    await expect(groups.create(people.owner, { ...wanted, name: 'Other' })).rejects.toMatchObject(
      refused('conflict'),
    )
    await expect(groups.create(people.reader, wanted)).rejects.toMatchObject(refused('conflict'))
  })

  test('is there for its members alone: not for strangers, not for administrators', async () => {
    for (const member of [people.owner, people.instructor, people.reader, people.observer]) {
      await expect(groups.get(member, group.slug)).resolves.toMatchObject({ id: group.id })
    }
    for (const other of [people.stranger, admin]) {
      await expect(groups.get(other, group.id)).rejects.toMatchObject(refused('not-found'))
      await expect(groups.change(other, group.id, { name: 'Mine' }, null)).rejects.toMatchObject(
        refused('not-found'),
      )
    }
    await expect(groups.get(anonymous, group.id)).rejects.toMatchObject(refused('unauthenticated'))
    await expect(groups.get(people.owner, 'no such group')).rejects.toMatchObject(refused('not-found'))
  })

  test('is renamed by an owner, from the version they saw', async () => {
    await expect(groups.change(people.instructor, group.id, { name: 'X' }, null)).rejects.toMatchObject(
      refused('forbidden'),
    )
    const renamed = await groups.change(people.owner, group.id, { name: 'Slower readers' }, group.version)
    expect(renamed).toMatchObject({ name: 'Slower readers', slug: group.slug })
    expect(renamed.version).toBeGreaterThan(group.version)
    await expect(groups.change(people.owner, group.id, { name: 'Y' }, group.version)).rejects.toMatchObject(
      refused('stale'),
    )
    expect((await groups.get(people.owner, group.id)).version).toBe(renamed.version)
  })

  test('of two changes from the same version, one is refused', async () => {
    const changes = await Promise.allSettled(
      ['A', 'B', 'C'].map((name) => groups.change(people.owner, group.id, { name }, group.version)),
    )
    expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('the reading list', () => {
  test('is set by owners and instructors, in order', async () => {
    const [a, b] = [await aDocument(running.services, admin), await aDocument(running.services, admin)]
    await groups.change(people.instructor, group.id, { readings: [a.id, b.id] }, null)
    const { readings } = await groups.change(people.owner, group.id, { readings: [b.id, a.id] }, null)
    expect(readings.map((reading) => reading.documentId)).toEqual([b.id, a.id])
    for (const member of [people.reader, people.observer]) {
      await expect(groups.change(member, group.id, { readings: [] }, null)).rejects.toMatchObject(
        refused('forbidden'),
      )
    }
    expect((await groups.change(people.owner, group.id, { readings: [a.id] }, null)).readings).toHaveLength(1)
  })

  test('opens a document to the members, so it takes only what one may share', async () => {
    const secret = await aDocument(running.services, admin, { visibility: 'group' })
    const unread = groups.change(people.owner, group.id, { readings: [secret.id] }, null)
    await expect(unread).rejects.toMatchObject({
      code: 'unprocessable',
      details: { errors: [{ path: 'readings.0' }] },
    })
    const elsewhere = await aGroup(running.services, admin, {
      members: [[people.owner, 'reader']],
      readings: [secret.id],
    })
    const owner = await asNow(running.services, people.owner)
    expect(owner.memberships[elsewhere.id]).toBe('reader')
    await expect(groups.change(owner, group.id, { readings: [secret.id] }, null)).rejects.toMatchObject(
      refused('forbidden'),
    )
    expect((await groups.get(owner, group.id)).readings).toEqual([])
  })
})

describe('members', () => {
  test.each<[Role, Role, boolean]>([
    ['owner', 'owner', true],
    ['owner', 'instructor', true],
    ['instructor', 'reader', true],
    ['instructor', 'observer', true],
    ['instructor', 'instructor', false],
    ['instructor', 'owner', false],
    ['reader', 'reader', false],
    ['observer', 'observer', false],
  ])('%s adds an %s: %s', async (by, role, isAllowed) => {
    const added = groups.addMember(people[by], group.id, { email: people.stranger.email, role })
    if (isAllowed) expect(roleIn(await added, people.stranger)).toBe(role)
    else await expect(added).rejects.toMatchObject(refused('forbidden'))
  })

  test('are added twice without harm, and not with two roles', async () => {
    const { email } = people.stranger
    await groups.addMember(people.owner, group.id, { email, role: 'reader' })
    const again = await groups.addMember(people.owner, group.id, {
      email: email.toUpperCase(),
      role: 'reader',
    })
    expect(again.members).toHaveLength(5)
    const other = groups.addMember(people.owner, group.id, { email, role: 'observer' })
    await expect(other).rejects.toMatchObject(refused('conflict'))
    const nobody = groups.addMember(people.owner, group.id, { email: 'nobody@example.org', role: 'reader' })
    await expect(nobody).rejects.toMatchObject(refused('unprocessable'))
  })

  test('get their roles from an owner alone', async () => {
    const { instructor, owner, reader, stranger } = people
    const promoted = await groups.changeMember(owner, group.id, reader.userId, { role: 'instructor' })
    expect(roleIn(promoted, reader)).toBe('instructor')
    for (const by of [instructor, people.observer]) {
      await expect(
        groups.changeMember(by, group.id, reader.userId, { role: 'reader' }),
      ).rejects.toMatchObject(refused('forbidden'))
    }
    await expect(
      groups.changeMember(stranger, group.id, reader.userId, { role: 'reader' }),
    ).rejects.toMatchObject(refused('not-found'))
    await expect(
      groups.changeMember(owner, group.id, stranger.userId, { role: 'reader' }),
    ).rejects.toMatchObject(refused('not-found'))
  })

  test('may leave, and are removed by owners, or by instructors when they only read', async () => {
    const { instructor, owner, reader, observer, stranger } = people
    await expect(groups.removeMember(reader, group.id, observer.userId)).rejects.toMatchObject(
      refused('forbidden'),
    )
    await expect(groups.removeMember(instructor, group.id, owner.userId)).rejects.toMatchObject(
      refused('forbidden'),
    )
    await groups.removeMember(instructor, group.id, observer.userId)
    await groups.removeMember(reader, group.id, reader.userId)
    await groups.removeMember(owner, group.id, instructor.userId)
    expect((await groups.get(owner, group.id)).members).toHaveLength(1)
    await expect(groups.removeMember(owner, group.id, stranger.userId)).rejects.toMatchObject(
      refused('not-found'),
    )
    expect((await asNow(running.services, reader)).memberships).toEqual({})
  })

  test('never leave a group without an owner, even when two owners step down at once', async () => {
    const { owner, instructor } = people
    await expect(groups.removeMember(owner, group.id, owner.userId)).rejects.toMatchObject(
      refused('conflict'),
    )
    await expect(
      groups.changeMember(owner, group.id, owner.userId, { role: 'reader' }),
    ).rejects.toMatchObject(refused('conflict'))
    await groups.changeMember(owner, group.id, instructor.userId, { role: 'owner' })
    const second = await asNow(running.services, instructor)
    const steps = await Promise.allSettled([
      groups.removeMember(owner, group.id, owner.userId),
      groups.changeMember(second, group.id, second.userId, { role: 'reader' }),
    ])
    expect(steps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('an invitation link', () => {
  const secretOf = (url: string) => url.split('/').at(-1) ?? ''

  test('is made by owners for any role and by instructors for those who read', async () => {
    const invite = (by: Person, role: Role) => groups.invite(by, group.id, { role, uses: 1 })
    const { url } = await invite(people.instructor, 'observer')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/join\/[\w-]{43}$/)
    expect(await groups.invitation(secretOf(url))).toEqual({ groupName: group.name, role: 'observer' })
    await expect(invite(people.owner, 'owner')).resolves.toMatchObject({ role: 'owner' })
    await expect(invite(people.instructor, 'instructor')).rejects.toMatchObject(refused('forbidden'))
    await expect(invite(people.reader, 'reader')).rejects.toMatchObject(refused('forbidden'))
    await expect(invite(people.stranger, 'reader')).rejects.toMatchObject(refused('not-found'))
  })

  test('lets in as many as it says, however many come at once', async () => {
    const { url } = await groups.invite(people.owner, group.id, { role: 'reader', uses: 2 })
    const guests = await Promise.all([1, 2, 3, 4, 5].map(() => aPerson(running.services)))
    const tries = await Promise.allSettled(guests.map((guest) => groups.join(guest, secretOf(url))))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const each of tries)
      if (each.status === 'rejected') expect(each.reason).toMatchObject(refused('not-found'))
    expect((await groups.get(people.owner, group.id)).members).toHaveLength(6)
    expect(await groups.invitation(secretOf(url))).toBeNull()
  })

  test('is not used up by a member, and changes no role', async () => {
    const { url } = await groups.invite(people.owner, group.id, { role: 'owner', uses: 1 })
    await expect(groups.join(people.reader, secretOf(url))).resolves.toEqual({ groupSlug: group.slug })
    expect(roleIn(await groups.get(people.owner, group.id), people.reader)).toBe('reader')
    await groups.join(people.stranger, secretOf(url))
    expect(roleIn(await groups.get(people.owner, group.id), people.stranger)).toBe('owner')
  })

  test('is nothing to anyone once it has expired, and can be made for no time that is past', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const { url } = await groups.invite(people.owner, group.id, { role: 'reader', uses: null, expiresAt })
    await running.database.db.invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await groups.invitation(secretOf(url))).toBeNull()
    await expect(groups.join(people.stranger, secretOf(url))).rejects.toMatchObject(refused('not-found'))
    const past = { role: 'reader', uses: 1, expiresAt: '2001-01-01T00:00:00Z' } as const
    await expect(groups.invite(people.owner, group.id, past)).rejects.toMatchObject(refused('unprocessable'))
  })

  test('makes an account and its membership together, or neither', async () => {
    const { url } = await groups.invite(people.owner, group.id, { role: 'reader', uses: 1 })
    const account = { email: `${randomUUID()}@example.org`, name: 'New', password }
    const taken = groups.joinAsNewPerson(secretOf(url), { ...account, email: people.reader.email })
    await expect(taken).rejects.toMatchObject(refused('conflict'))
    const { userId } = await groups.joinAsNewPerson(secretOf(url), account)
    expect((await asNow(running.services, { userId })).memberships).toEqual({ [group.id]: 'reader' })
    const late = { ...account, email: `${randomUUID()}@example.org` }
    await expect(groups.joinAsNewPerson(secretOf(url), late)).rejects.toMatchObject(refused('not-found'))
    expect(await running.services.accounts.findByEmail(late.email)).toBeNull()
  })
})
