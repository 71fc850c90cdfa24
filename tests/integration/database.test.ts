import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/database.ts'
import { openTestDatabase } from '#tests/factories/test-database.ts'

let database: Database

beforeAll(async () => {
  database = await openTestDatabase()
})

describe('the database', () => {
  it('takes back everything a transaction wrote when its end fails', async () => {
    const { db, transaction } = database
    const failing = transaction(async (tx) => {
      await tx.serverFact.create({ data: { name: 'half', value: 1 } })
      throw new Error('in the middle')
    })
    await expect(failing).rejects.toThrow('in the middle')
    expect(await db.serverFact.count()).toBe(0)
  })

  it('holds text of every plane of Unicode as it was written', async () => {
    const { db } = database
    const text = 'e\u0301 👩‍👩‍👧 𝔘 שלום \u200f'
    await db.serverFact.create({ data: { name: 'text', value: text } })
    expect((await db.serverFact.findUnique({ where: { name: 'text' } }))?.value).toBe(text)
  })
})
