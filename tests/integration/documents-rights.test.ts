import { beforeAll, describe, expect, it } from 'vitest'
import { type Actor, anonymous, operator, type Person } from '#domain/policy/actor.ts'
import { can } from '#domain/policy/can.ts'
import type { Visibility } from '#domain/policy/subjects.ts'
import { findDocument } from '#server/db/documents.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let test: TestServices
let room: ReadingRoom

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
})

const visibilities = ['public', 'signed-in', 'group'] as const satisfies readonly Visibility[]
const forRoom = () => ({ visibility: 'group' as const, groups: [room.group.id] })

describe('who brings in a document', () => {
  it.each(['owner', 'instructor'] as const)('the %s of a group, for that group', async (role) => {
    const made = await aDocument(test.services, room[role], forRoom())
    expect((await test.services.documents.get(room.reader, made.id)).id).toBe(made.id)
    expect((await test.services.groups.get(room.reader, room.group.id)).readings.at(-1)?.documentId).toBe(
      made.id,
    )
  })

  it.each(['reader', 'observer', 'stranger'] as const)('not a %s', async (role) => {
    await expect(aDocument(test.services, room[role], forRoom())).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('nobody without a sign-in', async () => {
    await expect(aDocument(test.services, anonymous)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it.each(['public', 'signed-in'] as const)('only an administrator a %s one', async (visibility) => {
    await expect(aDocument(test.services, room.owner, { visibility })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await aDocument(test.services, room.admin, { visibility })).visibility).toBe(visibility)
  })

  it('an instructor for one group at least', async () => {
    await expect(
      aDocument(test.services, room.instructor, { visibility: 'group', groups: [] }),
    ).rejects.toMatchObject({ code: 'unprocessable' })
  })

  it('nobody for a group that they do not belong to, existing or not', async () => {
    const other = await aReadingRoom(test.services)
    for (const groupId of [other.group.id, 'no-such-group']) {
      for (const person of [room.owner, room.admin]) {
        await expect(
          aDocument(test.services, person, { visibility: 'group', groups: [groupId] }),
        ).rejects.toMatchObject({ code: 'unprocessable', details: { group: groupId } })
      }
    }
  })

  it('nobody for a group in which they only read', async () => {
    const other = await aReadingRoom(test.services)
    const { email } = room.owner
    await test.services.groups.addMember(other.owner, other.group.id, { email, role: 'reader' })
    const both = await test.services.access.actorOf(room.owner.userId)
    await expect(
      aDocument(test.services, both, { visibility: 'group', groups: [other.group.id] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('the command line for any group, without a steward', async () => {
    const made = await aDocument(test.services, operator, forRoom())
    expect(made.steward).toBeNull()
    expect((await test.services.documents.get(room.observer, made.id)).id).toBe(made.id)
  })
})

describe('who reads a document', () => {
  const standings = ['admin', 'owner', 'instructor', 'reader', 'observer', 'stranger'] as const
  const actors = (): [string, Actor][] => [
    ...standings.map((name): [string, Actor] => [name, room[name]]),
    ['anyone', anonymous],
    ['command line', operator],
  ]

  it('is the same in the list, by id, by slug and in the policy, for everyone and every document', async () => {
    const other = await aReadingRoom(test.services)
    const { services } = test
    const ofRoom = { ...forRoom(), title: 'Of the room' }
    const ofOthers = { visibility: 'group' as const, groups: [other.group.id], title: 'Of another room' }
    const withdrawn = await Promise.all(
      visibilities.map((visibility) =>
        aDocument(services, room.admin, { visibility, title: `Withdrawn ${visibility}` }),
      ),
    )
    for (const { id } of withdrawn) await services.documents.withdraw(room.admin, id, null)
    const documents = [
      ...withdrawn,
      ...(await Promise.all([
        ...visibilities.map((visibility) =>
          aDocument(services, room.admin, { visibility, title: `Of the admin ${visibility}` }),
        ),
        aDocument(services, room.instructor, ofRoom),
        aDocument(services, other.owner, ofOthers),
      ])),
    ]

    const table: Record<string, string[]> = {}
    for (const [name, actor] of actors()) {
      const listed = await test.services.documents.list(actor, { limit: 200 })
      const ids = new Set(listed.items.map(({ id }) => id))
      for (const document of documents) {
        const stored = await findDocument(test.database.db, document.id)
        if (!stored) throw new Error(`${document.title} is gone`)
        const may = can(actor, 'document.read', stored.facts, Date.now())
        expect({ name, title: document.title, listed: ids.has(document.id) }).toEqual({
          name,
          title: document.title,
          listed: may,
        })
        for (const key of [document.id, document.slug]) {
          const got = test.services.documents.get(actor, key)
          if (may) expect((await got).id).toBe(document.id)
          else await expect(got).rejects.toMatchObject({ code: refusal(actor) })
        }
        if (may) table[document.title] = [...(table[document.title] ?? []), name]
      }
    }
    expect(table).toEqual({
      'Of the admin public': [...standings, 'anyone', 'command line'],
      'Of the admin signed-in': [...standings, 'command line'],
      'Of the admin group': ['admin', 'command line'],
      'Withdrawn public': ['admin', 'command line'],
      'Withdrawn signed-in': ['admin', 'command line'],
      'Withdrawn group': ['admin', 'command line'],
      'Of the room': ['admin', 'owner', 'instructor', 'reader', 'observer', 'command line'],
      'Of another room': ['admin', 'command line'],
    })
    // Eight imports, each in a thread of its own.
  }, 120_000)

  it('is asked again at every door to its words', async () => {
    const { id, slug } = await aDocument(test.services, room.owner, forRoom())
    const { documents, visits } = test.services
    const doors = (actor: Person) => [
      documents.text(actor, id),
      documents.text(actor, id, 1),
      documents.original(actor, id),
      documents.readSection(actor, slug, { section: 1 }),
      documents.find(actor, id, 'wren', 10),
      documents.change(actor, id, { title: 'Mine' }, null),
      documents.withdraw(actor, id, null),
      visits.begin(actor, id),
      visits.moved(actor, id, 1),
    ]
    const outcomes = await Promise.allSettled(doors(room.stranger))
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
    }
  })
})

const refusal = (actor: Actor) => (actor.kind === 'anonymous' ? 'unauthenticated' : 'not-found')

describe('changing a document', () => {
  it('is for its steward and administrators', async () => {
    const { id } = await aDocument(test.services, room.instructor, forRoom())
    const { documents } = test.services
    for (const person of [room.owner, room.reader, room.observer]) {
      await expect(documents.change(person, id, { title: 'No' }, null)).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(documents.withdraw(person, id, null)).rejects.toMatchObject({ code: 'forbidden' })
    }
    const changed = await documents.change(room.instructor, id, { title: 'Yes', language: null }, null)
    expect(changed).toMatchObject({ title: 'Yes', language: null, version: 2 })
    expect((await documents.change(room.admin, id, { authors: ['A. N. Other'] }, null)).version).toBe(3)
  })

  it('to be readable beyond groups is for administrators', async () => {
    const { id } = await aDocument(test.services, room.instructor, forRoom())
    const { documents } = test.services
    await expect(documents.change(room.instructor, id, { visibility: 'public' }, null)).rejects.toMatchObject(
      {
        code: 'forbidden',
      },
    )
    expect((await documents.get(room.instructor, id)).visibility).toBe('group')
    expect((await documents.change(room.admin, id, { visibility: 'public' }, null)).visibility).toBe('public')
  })

  it('from a version that is not the last is refused, and changes nothing', async () => {
    const { id } = await aDocument(test.services, room.admin, { title: 'First' })
    const { documents } = test.services
    await documents.change(room.admin, id, { title: 'Second' }, 1)
    await expect(documents.change(room.admin, id, { title: 'Third' }, 1)).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(documents.withdraw(room.admin, id, 1)).rejects.toMatchObject({ code: 'stale' })
    expect(await documents.get(anonymous, id)).toMatchObject({ title: 'Second', version: 2 })
  })

  it('keeps its slug, so that links to it last', async () => {
    const { id, slug } = await aDocument(test.services, room.admin, { title: 'Before' })
    expect((await test.services.documents.change(room.admin, id, { title: 'After' }, null)).slug).toBe(slug)
  })
})
