/**
 * Two servers on one database and one Redis, people writing on both, and what may fail between them. Every time, what
 * was acknowledged is what is read back, and all copies are the same in the end.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openDatabase } from '#server/db/database.ts'
import { compactNoteLog, loadNoteLog } from '#server/db/note-log.ts'
import { startRedis } from '#tests/factories/redis.ts'
import { startTcpProxy } from '#tests/factories/tcp-proxy.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { type SyncClient, until } from '#tests/sync/sync-client.ts'
import { startSyncWorld } from '#tests/sync/sync-world.ts'
import { startKillableServer } from './killable-server.ts'
import { beginWriting, expectEverywhere, expectInLog } from './writers.ts'

const redis = await startRedis()
afterAll(() => redis.stop())
/** Between the other server and Redis. */
const wire = await startTcpProxy(() => redis.port)
afterAll(() => wire.stop())
const limits = { POSTIL_MAX_MESSAGES_PER_SECOND: '0', POSTIL_MAX_CONNECTIONS_PER_PERSON: '0' }
const world = await startSyncWorld({ REDIS_URL: redis.url, ...limits })
const settings = { DATABASE_URL: world.databaseUrl, REDIS_URL: redis.url, ...limits }
const other = await startTestServer({ ...settings, REDIS_URL: `redis://127.0.0.1:${wire.port}` })
const urls = [world.server.url, other.url]
const { reader, owner } = world.people

/** A note, and somebody writing in it on each server. */
async function writing(name: string, at: readonly string[] = urls) {
  const { id } = await world.thread()
  const clients = await Promise.all(
    at.map((url, who) => world.client(who % 2 === 0 ? reader : owner, `note/${id}`, { url })),
  )
  await Promise.all(clients.map((client) => client.synced()))
  const writers = beginWriting(name, clients)
  await writers.goOn(5)
  return { id, clients, writers }
}

const isShownTo = (watcher: SyncClient, other: SyncClient) =>
  watcher.provider.awareness.getStates().get(other.doc.clientID)?.user !== undefined

/** Resolves once each has read something that the other wrote from now on. */
async function hearEachOther(clients: readonly SyncClient[]): Promise<void> {
  const marks = clients.map((client, who) => {
    const mark = `mark${who}at${client.sent()}.`
    client.write(mark)
    return mark
  })
  await until(
    () => clients.every((client) => marks.every((mark) => client.text().includes(mark))),
    'all to have read the others',
  )
}

test('Redis is stopped, started empty, and emptied, while people write', async () => {
  const { id, clients, writers } = await writing('redis')
  await redis.halt()
  await writers.goOn(8)
  // Slower, by way of the database.
  await hearEachOther(clients)
  await redis.resume()
  await writers.goOn(6)
  await redis.command('FLUSHALL')
  await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await writers.goOn(6)
  await hearEachOther(clients)
  await writers.stop()
  expect(clients.flatMap((client) => client.heard.closed)).toEqual([])
  await expectEverywhere(world, id, writers, urls)
})

test('the network between the servers is cut, without a word, and comes back', async () => {
  const { id, clients, writers } = await writing('cut')
  const [here, far] = clients
  if (!here || !far) throw new Error('one on each server')
  for (const client of clients) client.provider.awareness.setLocalState({ cursor: null })
  await until(() => isShownTo(here, far) && isShownTo(far, here), 'both to see each other')
  wire.cut()
  await hearEachOther(clients)
  await until(() => !isShownTo(here, far) && !isShownTo(far, here), 'whoever cannot be heard to be gone')
  wire.heal()
  await until(() => isShownTo(here, far) && isShownTo(far, here), 'both to see each other again')
  await writers.stop()
  expect(clients.flatMap((client) => client.heard.closed)).toEqual([])
  await expectEverywhere(world, id, writers, urls)
})

test('two servers compact a note at once, again and again, while it is written in', async () => {
  const { id, writers } = await writing('compact')
  const log = pino({ level: 'silent' })
  const databases = await Promise.all(
    [1, 2].map(() => openDatabase({ databaseUrl: world.databaseUrl, folder: null, log })),
  )
  let compacted = 0
  for (let round = 0; round < 4; round++) {
    const done = await Promise.all(
      databases.map(async (database) => {
        const read = await loadNoteLog(database.db, id)
        if (!read) throw new Error('the note is gone')
        const { snapshot, updates } = read
        const state = Y.mergeUpdates([
          ...(snapshot ? [snapshot.state] : []),
          ...updates.map(({ update }) => update),
        ])
        const positions = updates.map(({ position }) => position)
        const compaction = { noteId: id, from: snapshot?.position ?? null, positions, state }
        return database.transaction((tx) => compactNoteLog(tx, compaction))
      }),
    )
    expect(done.filter(Boolean).length).toBeLessThan(2)
    compacted += done.filter(Boolean).length
    await expectInLog(world, id, writers)
    await writers.goOn(1)
  }
  expect(compacted).toBeGreaterThan(0)
  await writers.stop()
  await Promise.all(databases.map((database) => database.close()))
  await expectEverywhere(world, id, writers, urls)
})

test('a database that refuses every write, as on a full or read-only disk, and then takes them again', async () => {
  const { id, clients, writers } = await writing('disk')
  const name = new URL(world.databaseUrl).pathname.slice(1)
  const refuse = async (isRefusing: boolean) => {
    await world.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = ${isRefusing ? 'on' : 'off'}`)
    // It holds for new connections only.
    await world.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  }
  await refuse(true)
  const warned = clients.map(({ heard }) => heard.unsaved.length)
  await until(
    () => clients.every(({ heard }, who) => heard.unsaved.length > (warned[who] ?? 0)),
    'everyone to be told that their words are not saved',
  )
  await refuse(false)
  await writers.goOn(6)
  await writers.stop()
  expect(clients.flatMap((client) => client.heard.closed)).toEqual([])
  await expectEverywhere(world, id, writers, urls)
})

test('all servers are restarted, one after the other, behind a balancer, while people write', async () => {
  const running = [await startTestServer(settings), await startTestServer(settings)]
  let next = 0
  const balancer = await startTcpProxy(() =>
    Number(new URL(running[next++ % running.length]?.url ?? '').port),
  )
  const url = `http://127.0.0.1:${balancer.port}`
  const { id, clients, writers } = await writing('rolling', [url, url, url, url])
  for (const [index, server] of [...running].entries()) {
    // The balancer turns away from it first.
    const others = running.filter((one) => one !== server)
    running.splice(0, running.length, ...others)
    await server.close()
    await expectInLog(world, id, writers)
    await writers.goOn(6)
    running.push(await startTestServer(settings))
    expect(running).toHaveLength(2)
    expect(index).toBeLessThan(2)
  }
  await writers.goOn(6)
  await writers.stop()
  expect(new Set(clients.flatMap((client) => client.heard.closed))).toEqual(new Set([4512]))
  await expectEverywhere(world, id, writers, [...urls, ...running.map((server) => server.url)])
  await balancer.stop()
})

test('a server whose clock jumps an hour ahead and two back goes on, and is killed: its people are gone', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'postil-clock-'))
  afterAll(() => rm(dataDir, { recursive: true, force: true }))
  const third = await startKillableServer({
    ...settings,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    POSTIL_DATA_DIR: dataDir,
    POSTIL_LOG_LEVEL: 'error',
    NEXTAUTH_SECRET: 'a secret for tests, of 32 letters',
  })
  afterAll(() => third.kill())
  const { id, clients, writers } = await writing('clock', [world.server.url, third.url])
  const [here, far] = clients
  if (!here || !far) throw new Error('one on each server')
  far.provider.awareness.setLocalState({ cursor: 1 })
  await until(() => isShownTo(here, far), 'her to be seen')
  for (const [jump, hours] of [1, -2].entries()) {
    third.setClockAhead(hours * 3_600_000)
    await writers.goOn(6)
    far.provider.awareness.setLocalState({ cursor: { jump } })
    const caret = () => here.provider.awareness.getStates().get(far.doc.clientID)?.cursor
    await until(() => caret()?.jump === jump, 'her caret to move')
    await hearEachOther(clients)
  }
  expect(clients.flatMap((client) => client.heard.closed)).toEqual([])
  await third.kill()
  await expectInLog(world, id, writers)
  await until(() => !isShownTo(here, far), 'her to be gone with her server')
  far.provider.disconnect()
  far.provider.serverUrl = `${other.url.replace('http', 'ws')}/sync`
  far.provider.connect()
  await writers.stop()
  await expectEverywhere(world, id, writers, urls)
})
