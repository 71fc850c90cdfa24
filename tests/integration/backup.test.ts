import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operator, type Person } from '#domain/policy/actor.ts'
import { type DataFolder, takeDataFolder } from '#server/db/data-folder.ts'
import { type Database, openDatabase } from '#server/db/database.ts'
import { compactNoteLog, loadNoteLog } from '#server/db/note-log.ts'
import { readEveryRow } from '#tests/factories/backup.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { aPerson, asNow, aToken } from '#tests/factories/person.ts'
import { openTestDatabase } from '#tests/factories/test-database.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let folder: string
let dataFolder: DataFolder
let embedded: Database
/** A server with people and words, on PostgreSQL. */
let source: TestServices
let world: World

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postil-backup-'))
  dataFolder = await takeDataFolder(path.join(folder, 'data'))
  embedded = await openDatabase({ databaseUrl: null, folder: dataFolder, log: pino({ level: 'silent' }) })
  source = await startTestServices()
  world = await aWorld(source)
})
afterAll(async () => {
  await embedded.close()
  await dataFolder.release()
  await rm(folder, { recursive: true, force: true })
})

const place = (name: string) => path.join(folder, name)
const unseen = () => {}

describe('a backup of a PostgreSQL, restored on the embedded database', () => {
  let token: string
  let sessionId: string

  beforeAll(async () => {
    token = await aToken(source.services, world.reader)
    sessionId = (await source.services.accounts.startSession(world.reader.userId, null)).sessionId
    await source.services.backups.make(operator, place('first'), unseen)
    const target = await startTestServices(embedded)
    await target.services.accounts.setupLink()
    await target.services.backups.restore(operator, place('first'), unseen)
  })

  it('has every row as it was', async () => {
    const [were, are] = [await readEveryRow(source.database), await readEveryRow(embedded)]
    for (const [table, rows] of were) expect(are.get(table), table).toEqual(rows)
    for (const table of ['User', 'OriginalChunk', 'Block', 'Passage', 'NoteUpdate', 'Reply', 'RoomEvent']) {
      expect(were.get(table), table).not.toEqual([])
    }
  })

  it('lets API tokens in, and asks browsers to sign in again', async () => {
    const { services } = await startTestServices(embedded)
    expect(await services.access.actorForToken(token)).toMatchObject({ userId: world.reader.userId })
    expect(await source.database.db.session.count({ where: { id: sessionId } })).toBe(1)
    expect(await embedded.db.session.count()).toBe(0)
  })

  it('begins every margin room anew, at the number it had', async () => {
    const before = await source.database.db.marginRoom.findMany({ orderBy: { layerId: 'asc' } })
    const after = await embedded.db.marginRoom.findMany({ orderBy: { layerId: 'asc' } })
    expect(after.map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq))
    for (const { epoch } of after) expect(before.map((room) => room.epoch)).not.toContain(epoch)
  })

  it('gives numbers in the note log after those that were given', async () => {
    const [last] = (await source.database.db.noteSnapshot.findMany({ orderBy: { position: 'desc' } })).slice(
      0,
      1,
    )
    const next = await embedded.db.noteUpdate.create({ data: anUpdate(world.noteId, 1) })
    expect(next.position).toBeGreaterThan(last?.position ?? 0n)
    await embedded.db.noteUpdate.delete({ where: { position: next.position } })
  })
})

describe.each([
  ['PostgreSQL', () => source.database],
  ['the embedded database', () => embedded],
])('a backup of %s while people write', (_kind, databaseOf) => {
  let restored: Database
  /** What was committed when it began. */
  let before: Written
  let after: Written
  let anchors: { readonly before: unknown; readonly after: unknown }

  beforeAll(async () => {
    const database = databaseOf()
    const own = await startTestServices(database)
    const writing = beginWriting(own, world)
    await writing.until(({ updates, threads }) => updates >= 12 && threads >= 2)
    before = writing.written()
    const file = place(`while-writing-${database.isEmbedded}`)
    const unchanged = await listAnchors(database)
    let changing: Promise<void> | null = null
    await own.services.backups.make(operator, file, () => {
      changing ??= changeAnchors(database)
    })
    await changing
    anchors = { before: unchanged, after: await listAnchors(database) }
    after = writing.written()
    await writing.stop()
    restored = await openTestDatabase()
    const target = await startTestServices(restored)
    await target.services.backups.restore(operator, file, unseen)
  })

  it('is taken beside them', () => {
    expect(after.updates).toBeGreaterThan(before.updates)
  })

  it('has what changed or went after it was copied as it was at one moment', async () => {
    const moment = databaseOf().isEmbedded ? anchors.after : anchors.before
    expect(anchors.after).not.toEqual(anchors.before)
    expect(await listAnchors(restored)).toEqual(moment)
  })

  it('has everything that was committed before it began', async () => {
    const threads = await restored.db.thread.count({ where: { id: { in: before.threadIds } } })
    const replies = await restored.db.reply.count({ where: { id: { in: before.replyIds } } })
    expect([threads, replies]).toEqual([before.threadIds.length, before.replyIds.length])
  })

  it('has the log of a note without a gap, though it was compacted meanwhile', async () => {
    const numbers = toNumbers(await loadNoteLog(restored.db, world.noteId))
    expect(numbers.length).toBeGreaterThanOrEqual(before.updates)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('has each feed as far as it is counted, and with each event what it is of', async () => {
    const rooms = await restored.db.$queryRaw<{ seq: number; events: number; last: number }[]>`
      SELECT room.seq, count(event.seq)::int AS events, coalesce(max(event.seq), 0)::int AS last
      FROM "MarginRoom" room LEFT JOIN "RoomEvent" event USING ("documentId", "layerId", "groupId")
      GROUP BY room."documentId", room."layerId", room."groupId", room.seq`
    for (const { seq, events, last } of rooms) expect([events, last]).toEqual([seq, seq])
    const half = await restored.db.$queryRaw<unknown[]>`
      SELECT id FROM "Event" event WHERE
        (kind = 'thread.posted' AND NOT EXISTS (SELECT 1 FROM "Note" WHERE "threadId" = event."threadId")) OR
        (kind = 'reply.posted' AND NOT EXISTS (SELECT 1 FROM "Reply" WHERE id = event."replyId"))`
    expect(half).toEqual([])
    const posted = await restored.db.event.count({ where: { kind: 'thread.posted' } })
    expect(await restored.db.thread.count({ where: { state: 'posted' } })).toBe(posted)
  })
})

interface World {
  readonly documentId: string
  readonly layerId: string
  readonly groupId: string
  readonly owner: Person
  readonly reader: Person
  /** A note whose log the tests write: update `n` is the number `n`. */
  readonly noteId: string
}

/** One of everything, with what is easily lost: accents, empty strings, JSON null, bytes, tags, fractions of a second. */
async function aWorld({ services, database }: TestServices): Promise<World> {
  const owner = await aPerson(services, {
    name: 'Ödön “\u2028” \\N {null}',
    password: 'long enough to be one',
  })
  const reader = await aPerson(services, { name: '🐦\t' })
  const { id: documentId } = await aDocument(services, operator, { authors: ['"Anon", {x}', 'NULL'] })
  const group = await aGroup(services, owner, { members: [[reader, 'reader']], readings: [documentId] })
  await services.groups.invite(await asNow(services, owner), group.id, { role: 'reader', uses: null })
  const layerId = layerOf(group, 'discussion').id
  const there = { documentId, layerId }
  const thread = await aThread(services, await asNow(services, owner), {
    ...there,
    passages: [
      { start: 0, end: 17 },
      { start: 40, end: 50 },
    ],
    tags: ['null', 'a,b', '"{}"'],
  })
  const reply = await services.replies.create(await asNow(services, reader), thread.id, { body: 'One.' })
  await services.replies.change(await asNow(services, reader), reply.id, { body: 'Two.' }, null)
  await database.db.serverFact.create({ data: { name: 'null', value: [null, { a: 'b' }] } })
  const { id: noteId } = await database.db.note.findFirstOrThrow({
    where: { thread: { id: (await aThread(services, await asNow(services, owner), there)).id } },
  })
  await database.db.noteUpdate.deleteMany({ where: { noteId } })
  await database.db.noteSnapshot.deleteMany({ where: { noteId } })
  return {
    documentId,
    layerId,
    groupId: group.id,
    owner: await asNow(services, owner),
    reader: await asNow(services, reader),
    noteId,
  }
}

interface Written {
  readonly threadIds: string[]
  readonly replyIds: string[]
  readonly threads: number
  readonly updates: number
}

/** People write threads, replies and in a note, which is compacted now and then, until `stop`. */
function beginWriting({ services, database }: TestServices, world: World) {
  const { documentId, layerId, groupId, owner, reader, noteId } = world
  const threadIds: string[] = []
  const replyIds: string[] = []
  let updates = 0
  let isOver = false
  let listener = () => {}

  async function writeThreads() {
    while (!isOver) {
      const { id } = await aThread(services, owner, { documentId, layerId })
      threadIds.push(id)
      const reply = await services.replies.create(reader, id, { body: 'Yes.' })
      replyIds.push(reply.id)
      await services.groups.change(owner, groupId, { readings: [] }, null)
      await services.groups.change(owner, groupId, { readings: [documentId] }, null)
      listener()
    }
  }

  async function writeNote() {
    updates = toNumbers(await loadNoteLog(database.db, noteId)).length
    while (!isOver) {
      await database.db.noteUpdate.create({ data: anUpdate(noteId, updates + 1) })
      updates += 1
      if (updates % 5 === 0) await compact(database, noteId)
      listener()
    }
  }

  const done = Promise.all([writeThreads(), writeNote()])
  const written = (): Written => ({
    threadIds: [...threadIds],
    replyIds: [...replyIds],
    threads: threadIds.length,
    updates,
  })
  return {
    written,
    until: (isEnough: (written: Written) => boolean) =>
      Promise.race([
        done,
        new Promise<void>((resolve) => {
          listener = () => isEnough(written()) && resolve()
        }),
      ]),
    async stop() {
      isOver = true
      await done
    },
  }
}

const listAnchors = ({ db }: Database) => db.anchor.findMany({ orderBy: { id: 'asc' } })

/** Changes one anchor and removes another: rows of the table that is copied first. */
async function changeAnchors({ db }: Database): Promise<void> {
  const [first, second] = await db.anchor.findMany({ take: 2 })
  await db.anchor.update({ where: { id: first?.id }, data: { confidence: 0.1 } })
  await db.anchor.delete({ where: { id: second?.id } })
}

const anUpdate = (noteId: string, number: number) => {
  const update = new Uint8Array(4)
  new DataView(update.buffer).setUint32(0, number)
  return { noteId, update }
}

type Log = Awaited<ReturnType<typeof loadNoteLog>>

/** The numbers that the log holds, in snapshot and updates. */
function toNumbers(log: Log): number[] {
  const bytes = Buffer.concat([
    log?.snapshot?.state ?? new Uint8Array(),
    ...(log?.updates ?? []).map((row) => row.update),
  ])
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32BE(index * 4))
}

async function compact(database: Database, noteId: string): Promise<void> {
  const log = await loadNoteLog(database.db, noteId)
  if (!log) throw new Error('the note is gone')
  const state = Buffer.concat([
    log.snapshot?.state ?? new Uint8Array(),
    ...log.updates.map((row) => row.update),
  ])
  const positions = log.updates.map(({ position }) => position)
  const from = log.snapshot?.position ?? null
  await database.transaction((tx) => compactNoteLog(tx, { noteId, from, positions, state }))
}
