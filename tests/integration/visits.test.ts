import { beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let test: TestServices
let admin: Person
let reader: Person

beforeAll(async () => {
  test = await startTestServices()
  const room = await aReadingRoom(test.services)
  admin = room.admin
  reader = room.reader
})

let ahead = 0
const advance = (ms: number) => {
  ahead += ms
  test.advance(ms)
}
const minutes = (count: number) => count * 60_000

describe('a visit', () => {
  it('opens the first time at the beginning, with nothing that is new since', async () => {
    const { id } = await aDocument(test.services, admin)
    expect(await test.services.visits.begin(reader, id)).toEqual({ position: 0, unreadSince: null })
  })

  it('opens where the person stopped', async () => {
    const { id, slug } = await aDocument(test.services, admin)
    await test.services.visits.begin(reader, id)
    await test.services.visits.moved(reader, id, 42)
    expect((await test.services.visits.begin(reader, slug)).position).toBe(42)
    expect((await test.services.visits.begin(admin, id)).position).toBe(0)
  })

  it('goes on while the person is there: what was new stays new', async () => {
    const { visits } = test.services
    const { id } = await aDocument(test.services, admin)
    await visits.begin(reader, id)
    advance(minutes(31))
    const { unreadSince } = await visits.begin(reader, id)
    expect(unreadSince).not.toBeNull()
    for (const position of [10, 20, 30]) {
      advance(minutes(29))
      await visits.moved(reader, id, position)
    }
    advance(minutes(29))
    expect(await visits.begin(reader, id)).toEqual({ position: 30, unreadSince })
  })

  it('is over after 30 minutes without a sign: from then on, what came after its end is new', async () => {
    const { visits } = test.services
    const { id } = await aDocument(test.services, admin)
    await visits.begin(reader, id)
    advance(minutes(5))
    await visits.moved(reader, id, 10)
    const last = await test.database.db.visit.findFirst({ where: { documentId: id } })
    advance(minutes(31))
    const { unreadSince } = await visits.begin(reader, id)
    expect(unreadSince).toBe(last?.updatedAt.toISOString())
    // Stored and read as the same instant, whatever zone the server or its database keeps.
    expect(Math.abs(Date.parse(unreadSince ?? '') - (Date.now() + ahead - minutes(31)))).toBeLessThan(
      minutes(1),
    )
  })

  it('begun in two tabs at once is one', async () => {
    const { visits } = test.services
    const { id } = await aDocument(test.services, admin)
    const begun = await Promise.all([1, 2, 3].map(() => visits.begin(reader, id)))
    expect(begun).toEqual(Array(3).fill({ position: 0, unreadSince: null }))
    expect(await test.database.db.visit.count({ where: { documentId: id } })).toBe(1)
  })

  it.each([-1, 0.5, 1_000_000])('has no position %d', async (position) => {
    const { id } = await aDocument(test.services, admin)
    await expect(test.services.visits.moved(reader, id, position)).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })
})
