import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operator, type Person } from '#domain/policy/actor.ts'
import { setupHeader } from '#domain/wire/backup.ts'
import type { Database } from '#server/db/database.ts'
import { readEveryRow, rewriteBackup } from '#tests/factories/backup.ts'
import { postil } from '#tests/factories/command-line.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aPerson, privateLayerOf } from '#tests/factories/person.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { createTestDatabase, openTestDatabase } from '#tests/factories/test-database.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let folder: string
let source: TestApi
let whole: string
let empty: Database
let target: TestServices
let admin: Person

const place = (name: string) => path.join(folder, name)
const unseen = () => {}
const rowCounts = async (database: Database) =>
  [...(await readEveryRow(database))].filter(([, rows]) => rows.length > 0).map(([table]) => table)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postil-backup-'))
  source = await startTestApi()
  admin = await aPerson(source.services, { admin: true })
  const { id: documentId } = await aDocument(source.services, operator)
  const layerId = await privateLayerOf(source.services, admin)
  const thread = await aThread(source.services, admin, { documentId, layerId })
  await source.services.replies.create(admin, thread.id, { body: 'Yes.' })
  whole = place('whole')
  await source.services.backups.make(operator, whole, unseen)
  empty = await openTestDatabase()
  target = await startTestServices(empty)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const restore = (file: string) => target.services.backups.restore(operator, file, unseen)

describe('a file that is not as it was written is refused in one line, and nothing is changed', () => {
  const bytesOf = () => readFile(whole)
  const cases: [what: string, make: (file: string) => Promise<void>, words: RegExp][] = [
    ['one cut off in the middle', async (file) => cutTo(file, 0.5), /: is cut off before its end$/],
    ['one without its last byte', async (file) => cutTo(file, 1), /: is cut off before its end$/],
    [
      'one with another letter in it',
      (file) => rewriteKeepingSum(file, (text) => text.replace('wren', 'swan')),
      /: is damaged$/,
    ],
    [
      'one without one of its rows',
      (file) => rewriteKeepingSum(file, (text) => text.replace(/\n\["[^\n]*wren[^\n]*\n/, '\n')),
      /: is damaged$/,
    ],
    [
      'one with a bit turned',
      async (file) => {
        const bytes = await bytesOf()
        const middle = Math.floor(bytes.length / 2)
        bytes[middle] = (bytes[middle] ?? 0) ^ 1
        await writeFile(file, bytes)
      },
      /: is (damaged|cut off before its end)$/,
    ],
    [
      'one whose first line is damaged',
      (file) => rewriteKeepingSum(file, (text) => text.replace('"migrations":[', '"migrations":')),
      /: is damaged$/,
    ],
    ['an empty file', (file) => writeFile(file, ''), /: is not a backup of Postil$/],
    ['a text', (file) => writeFile(file, 'A letter.\n'), /: is not a backup of Postil$/],
    ['other lines of JSON', (file) => writeFile(file, gzipSync('{"a":1}\n')), /: is not a backup of Postil$/],
    [
      'one in a format of the future',
      (file) => rewriteBackup(whole, file, (header) => Object.assign(header, { format: 2 })),
      /: was made by a newer release \(format 2\)$/,
    ],
    [
      'one with a migration of the future',
      (file) => rewriteBackup(whole, file, (header) => void header.migrations.push('29990101000000_later')),
      /: was made by a newer release \(it has 29990101000000_later\)$/,
    ],
    [
      'one with a column that there is no place for',
      (file) => rewriteBackup(whole, file, (header) => renameColumn(header, 'Reply', 'text', 'words')),
      /: has Reply rows that this release has no place for$/,
    ],
    [
      'one with a reply without its thread',
      (file) =>
        rewriteBackup(whole, file, (_, rows) => rows('Reply', ([id, , ...row]) => [id, 'nowhere', ...row])),
      /: has rows that cannot be restored: .*Reply_threadId_fkey/,
    ],
    [
      'one with a number that is none',
      (file) => rewriteBackup(whole, file, (_, rows) => rows('MarginRoom', (row) => row.fill('x'))),
      /: has rows that cannot be restored: /,
    ],
    ['one that is not there', async () => {}, /: there is no such file$/],
  ]

  it.each(cases)('%s', async (what, make, words) => {
    const file = place(what.replaceAll(' ', '-'))
    await make(file)
    const refused = await restore(file).catch((error: Error) => error)
    expect(refused).toMatchObject({ name: 'AppError', message: expect.stringMatching(words) })
    expect(await rowCounts(empty)).toEqual([])
  })

  async function cutTo(file: string, share: number): Promise<void> {
    const bytes = await bytesOf()
    await writeFile(file, bytes)
    await truncate(file, Math.min(bytes.length - 1, Math.floor(bytes.length * share)))
  }

  async function rewriteKeepingSum(file: string, change: (text: string) => string): Promise<void> {
    await rewriteBackup(whole, file, unseen, change)
  }
})

describe('a restore', () => {
  it('of an older release leaves what came later to its defaults', async () => {
    const older = await startTestServices()
    const file = place('older')
    await rewriteBackup(whole, file, (header, rows) => {
      header.migrations.pop()
      dropColumn(header, rows, 'Thread', 'pinned')
    })
    await older.services.backups.restore(operator, file, unseen)
    expect(await readEveryRow(older.database)).toEqual(await readEveryRow(source.database))
  })

  it('that was interrupted leaves nothing, and can be done again', async () => {
    // The server process behind the restore ends when it comes to the last table that has rows.
    await empty.db.$executeRaw`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'`
    await empty.db.$executeRaw`CREATE TRIGGER cut BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION cut()`
    await expect(restore(whole)).rejects.toThrow('terminating connection')
    expect(await rowCounts(empty)).toEqual([])
    await empty.db.$executeRaw`DROP FUNCTION cut CASCADE`
    await restore(whole)
    expect(await readEveryRow(empty)).toEqual(await readEveryRow(source.database))
  })

  it('is refused where anything is already', async () => {
    await expect(restore(whole)).rejects.toThrow(/^this server is not empty \(it has \w+ rows\)/)
    expect(await readEveryRow(empty)).toEqual(await readEveryRow(source.database))
  })

  it('is for whoever has the setup link of a running server, which a refused file leaves as it was', async () => {
    const running = await startTestApi()
    const link = await running.services.accounts.setupLink()
    const secret = link?.split('/').at(-1) ?? ''
    const send = (body: Uint8Array<ArrayBuffer>, setup = secret) =>
      running.ask('/setup/backup', { method: 'POST', body, headers: { [setupHeader]: setup } })
    const bytes = new Uint8Array(await readFile(whole))
    expect(await send(bytes, 'another')).toMatchObject({ status: 404 })
    expect(await send(bytes.slice(0, bytes.length / 2))).toMatchObject({
      status: 422,
      json: { detail: 'This file is cut off before its end.' },
    })
    expect(await rowCounts(running.database)).toEqual(['Invitation'])
    expect(await send(bytes)).toMatchObject({ status: 200, json: { rows: expect.any(Number) } })
    expect(await readEveryRow(running.database)).toEqual(await readEveryRow(source.database))
    expect(await send(bytes)).toMatchObject({ status: 404 })
  })

  it('is recorded, with the moment of the backup', async () => {
    const [event] = await empty.db.event.findMany({ where: { kind: 'backup.restored' } })
    expect(event?.data).toEqual({ madeAt: expect.stringMatching(/^\d{4}-.*Z$/) })
  })
})

describe('a backup', () => {
  it('does not write over a file, and leaves nothing beside it', async () => {
    await expect(source.services.backups.make(operator, whole, unseen)).rejects.toThrow('exists already')
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('is one at a time', async () => {
    const first = source.services.backups.make(operator, place('one'), unseen)
    await expect(source.services.backups.make(operator, place('two'), unseen)).rejects.toThrow('being made')
    await first
  })

  it.each([
    ['nobody', undefined, 401],
    ['somebody who does not run the server', () => aPerson(source.services), 403],
  ])('is handed out over HTTP to no %s', async (_who, person, status) => {
    expect(await source.ask('/backup', { as: await person?.() })).toMatchObject({ status })
    expect(
      await source.database.db.event.count({ where: { kind: 'backup.begun', actorId: { not: null } } }),
    ).toBe(0)
  })

  it('is handed out to administrators as a file that can be restored, and that is recorded', async () => {
    const { token } = await source.services.accounts.createToken(admin, {
      userId: admin.userId,
      name: 'test',
    })
    const request = new Request('http://127.0.0.1:3000/api/v1/backup', {
      headers: { Authorization: `Bearer ${token}` },
    })
    const answer = await source.fetch(request)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="postil-[\dT-]+\.backup"/,
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    await writeFile(place('downloaded'), bytes)
    const other = await startTestServices()
    await other.services.backups.restore(operator, place('downloaded'), unseen)
    expect(await readEveryRow(other.database)).toEqual(await readEveryRow(source.database))
    expect(
      await source.database.db.event.count({ where: { kind: 'backup.begun', actorId: admin.userId } }),
    ).toBe(1)
  })
})

describe('on the command line, beside a running server', () => {
  it('the server makes the backup; a restore is refused until it is stopped', async () => {
    const settings = {
      POSTIL_DATA_DIR: place('data'),
      DATABASE_URL: await createTestDatabase(),
      NEXTAUTH_SECRET: 'a secret for tests, of 32 letters',
    }
    const server = await startTestServer(settings)
    const [made, refused] = await Promise.all([
      postil(['--json', 'backup', 'by-hand'], { cwd: folder, settings }),
      postil(['restore', whole], { cwd: folder, settings }),
    ])
    expect(JSON.parse(made.stdout)).toMatchObject({ file: place('by-hand'), bytes: expect.any(Number) })
    expect(refused).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/ is in use by [^\n]+\n$/) })
    await server.close()
    const fresh = { ...settings, DATABASE_URL: await createTestDatabase() }
    const restored = await postil(['--json', 'restore', whole], { cwd: folder, settings: fresh })
    expect(JSON.parse(restored.stdout)).toMatchObject({ madeAt: expect.any(String) })
  })
})

interface LooseHeader {
  readonly tables: { name: string; columns: { name: string }[] }[]
}

function renameColumn({ tables }: LooseHeader, table: string, from: string, to: string): void {
  for (const column of tables.find(({ name }) => name === table)?.columns ?? []) {
    if (column.name === from) column.name = to
  }
}

function dropColumn(
  { tables }: LooseHeader,
  rows: (table: string, change: (row: unknown[]) => unknown[]) => void,
  table: string,
  column: string,
): void {
  const columns = tables.find(({ name }) => name === table)?.columns ?? []
  const index = columns.findIndex(({ name }) => name === column)
  columns.splice(index, 1)
  rows(table, (row) => row.toSpliced(index, 1))
}
