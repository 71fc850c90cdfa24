import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DataFolder, takeDataFolder } from '#server/db/data-folder.ts'
import { type Database, openDatabase } from '#server/db/database.ts'

let place: string
let folder: DataFolder
let database: Database

const leftOver = () => path.join(place, 'postgres', 'left-over')
const open = () => openDatabase({ databaseUrl: null, folder, log: pino({ level: 'silent' }) })

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), 'postil-embedded-'))
  folder = await takeDataFolder(place)
  // As a server leaves it that was killed in its very first start.
  await mkdir(path.join(place, 'postgres'))
  await Promise.all([writeFile(leftOver(), '16'), writeFile(path.join(place, 'postgres-unfinished'), '')])
  database = await open()
})
afterAll(async () => {
  await database.close()
  await folder.release()
  await rm(place, { recursive: true, force: true })
})

describe('the embedded database', () => {
  it('begins over where its very first start was killed, and only there', async () => {
    expect(existsSync(leftOver())).toBe(false)
    await database.db.serverFact.create({ data: { name: 'first', value: 1 } })
    await database.close()
    database = await open()
    expect(await database.db.serverFact.count({ where: { name: 'first' } })).toBe(1)
    await database.db.serverFact.deleteMany()
  })

  it('answers each of many queries at once with its own parameters, however long they are', async () => {
    const { db } = database
    const numbers = Array.from({ length: 120 }, (_, n) => n)
    const answers = await Promise.all(
      numbers.map((n) => {
        const words = `${n}`.repeat(1 + (n % 4) * 60_000)
        if (n % 3 === 0) return db.$queryRaw`SELECT left(${words}, ${`${n}`.length}::int) AS n`
        if (n % 3 === 1) return db.$queryRaw`SELECT left(${words}, ${0}::int + ${`${n}`.length}::int) AS n`
        return database.transaction((tx) => tx.$queryRaw`SELECT ${n}::text AS n WHERE ${words} <> ''`)
      }),
    )
    expect(answers).toEqual(numbers.map((n) => [{ n: `${n}` }]))
  })

  it('takes back what a transaction wrote when its end fails, while others write', async () => {
    const { db } = database
    const failing = database.transaction(async (tx) => {
      await tx.serverFact.create({ data: { name: 'half', value: 1 } })
      throw new Error('in the middle')
    })
    await Promise.all([
      expect(failing).rejects.toThrow('in the middle'),
      db.serverFact.create({ data: { name: 'whole', value: 1 } }),
    ])
    expect((await db.serverFact.findMany()).map(({ name }) => name)).toEqual(['whole'])
  })

  it('keeps what was written when it is opened again', async () => {
    await database.close()
    database = await open()
    expect(await database.db.serverFact.count({ where: { name: 'whole' } })).toBe(1)
  })
})
