import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { type Database, openDatabase } from '#server/db/database.ts'
import { createTestDatabase, openTestDatabase } from '#tests/factories/test-database.ts'

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

  it('goes on when a connection is ended in the moment in which it is handed over', async () => {
    const { url, holdUntilEnded } = await startHoldingProxy(await createTestDatabase())
    const through = await openDatabase({ databaseUrl: url, folder: null, log: pino({ level: 'silent' }) })
    onTestFinished(() => through.close())
    const held = holdUntilEnded()
    const work = through.transaction(async (tx) => tx.serverFact.count())
    const ended = expect(work).rejects.toThrow()
    await database.db.$queryRawUnsafe(`SELECT pg_terminate_backend(${await held})`)
    await ended
    expect(await through.transaction(async (tx) => tx.serverFact.count())).toBe(0)
  })
})

const socketName = '.s.PGSQL.5432'
const backendKeyData = Buffer.from([0x4b, 0, 0, 0, 12])
const adminShutdown = '57P01'

/**
 * A way to the database on which what it says of a new connection can be held back until it ends that connection, so
 * that both are read at once. `holdUntilEnded` holds the next one, and resolves with the process that serves it.
 */
async function startHoldingProxy(databaseUrl: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'postil-proxy-'))
  let onHeld: ((pid: number) => void) | null = null
  const server = createServer((client) => {
    const upstream = connect(path.join(inject('postgresSocket'), socketName))
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy())
    const tellHeld = onHeld
    onHeld = null
    let bytes = Buffer.alloc(0)
    client.on('data', (data) => upstream.write(data))
    client.on('close', () => upstream.destroy())
    upstream.on('data', (data: Buffer) => {
      bytes = Buffer.concat([bytes, data])
      const key = bytes.indexOf(backendKeyData)
      if (tellHeld && key >= 0) tellHeld(bytes.readInt32BE(key + backendKeyData.length))
      if (tellHeld && !bytes.includes(adminShutdown)) return
      client.write(bytes)
      bytes = Buffer.alloc(0)
    })
    upstream.on('end', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(path.join(folder, socketName), resolve))
  onTestFinished(async () => {
    server.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    url: databaseUrl.replace(/host=.*/, `host=${encodeURIComponent(folder)}`),
    holdUntilEnded: () =>
      new Promise<number>((resolve) => {
        onHeld = resolve
      }),
  }
}
