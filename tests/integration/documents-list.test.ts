import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous } from '#domain/policy/actor.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let test: TestServices

beforeAll(async () => {
  test = await startTestServices()
  const { admin } = await aReadingRoom(test.services)
  for (const title of ['Zebra', 'apple', 'Banana', 'Same', 'Same', 'Same']) {
    await aDocument(test.services, admin, { title })
  }
  await aDocument(test.services, admin, { title: '100% of_it', authors: ['Émile Durkheim', 'Mary Douglas'] })
})

const list = (query: { limit?: number; cursor?: string; q?: string }) =>
  test.services.documents.list(anonymous, { limit: 50, ...query })
const titles = async (q: string) => (await list({ q })).items.map(({ title }) => title)

describe('the list of documents', () => {
  it('goes by title, whatever the case', async () => {
    const { items } = await list({})
    expect(items.map(({ title }) => title)).toEqual([
      '100% of_it',
      'apple',
      'Banana',
      'Same',
      'Same',
      'Same',
      'Zebra',
    ])
  })

  it('gives every document once, page by page, those of one title too', async () => {
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await list({ limit: 2, cursor: cursor ?? undefined })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual((await list({})).items.map(({ id }) => id))
  })

  it('has no next page when the last one is just full', async () => {
    expect((await list({ limit: 7 })).next).toBeNull()
  })

  it.each([
    ['a part of the title', 'BANA', ['Banana']],
    ['an author', 'durkheim', ['100% of_it']],
    ['an author with an accent in the other case', 'émile', ['100% of_it']],
    ['words of both, in any order', 'douglas of_', ['100% of_it']],
    ['signs that mean something to a database', '100%', ['100% of_it']],
    ['such signs where they do not stand', 'b%a', []],
    ['words that nothing has', 'unicorn', []],
    ['U+0000', 'app\0', ['apple']],
  ])('finds %s', async (_, q, found) => {
    expect(await titles(q)).toEqual(found)
  })

  it.each(['', 'nonsense', Buffer.from('[1]').toString('base64url')])(
    'refuses “%s” as a cursor',
    async (cursor) => {
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'unprocessable' })
    },
  )
})
