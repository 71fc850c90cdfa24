import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { AnchorRow } from '#domain/wire/edition.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import { keepAllAnchored } from '#server/services/keep-anchored.ts'
import { cleanUpUnfinishedImports } from '#server/services/unfinished-imports.ts'
import { aCopyOf } from '#tests/factories/copied-document.ts'
import { aDocument } from '#tests/factories/document.ts'
import { anEdition } from '#tests/factories/edition.ts'
import { layerOf } from '#tests/factories/group.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

const weir = 'The weir was built by the miller Thomas Hale in the wet spring of 1848.'
const mayor = 'Nobody asked the mayor, who was fishing that whole week above the old bridge.'
const geese = 'Seventeen geese crossed the market square and the baker shut his door on them.'
const letter = 'A letter from the county arrived too late to change what had been decided.'
const lamp = 'Every evening the lamplighter of the upper street forgot one lamp beside the chapel.'
const first = [weir, geese, mayor, letter, lamp].join('\n\n')
/** The mayor's paragraph is changed, the geese come last, and the lamp is gone. */
const second = [weir, mayor.replace('was fishing', 'was not fishing'), letter, geese].join('\n\n')

let test: TestServices
let room: ReadingRoom
let original: Document
let discussion: string

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
  original = await aDocument(test.services, room.admin, { text: first })
  discussion = layerOf(room.group, 'discussion').id
})

const mark = async (
  author: Person,
  document: Document,
  words: string,
  {
    layerId = discussion,
    editionId,
    draft = false,
  }: { layerId?: string; editionId?: string; draft?: boolean } = {},
): Promise<ThreadWithReplies> => {
  const text = await test.services.documents.text(author, document.id)
  const from = editionId === undefined ? text : first
  const start = from.replaceAll('\n\n', '\n').indexOf(words)
  expect(start).toBeGreaterThanOrEqual(0)
  const passages = [{ start, end: start + words.length, ...(editionId && { editionId }) }]
  return aThread(test.services, author, { documentId: document.id, layerId, passages, draft })
}

const preview = async (document: Document, text = second) =>
  (await anEdition(test.services, room.admin, document.id, text)).edition
const placeOf = async (reader: Person, thread: ThreadWithReplies) => {
  const [passage] = (await test.services.threads.get(reader, thread.id)).passages
  if (!passage || !('anchor' in passage)) throw new Error('the passage is hidden')
  const text = await test.services.documents.text(reader, thread.documentId)
  return { state: passage.anchor.state, words: text.slice(passage.start, passage.end), passage }
}
const queue = async (actor: Person, document: Document, number: number, state?: AnchorRow['state']) =>
  (await test.services.editions.anchors(actor, document.id, number, { limit: 50, state })).items
const refused = (code: string) => ({ code })

describe('a new edition', () => {
  let document: Document
  let threads: Record<'exact' | 'changed' | 'orphaned' | 'moved', ThreadWithReplies>
  let own: ThreadWithReplies

  beforeAll(async () => {
    document = await aCopyOf(test.database, original)
    const { reader, instructor } = room
    threads = {
      exact: await mark(reader, document, 'the miller Thomas Hale in the wet spring of 1848'),
      changed: await mark(reader, document, 'who was fishing that whole week above the old bridge'),
      orphaned: await mark(instructor, document, 'the lamplighter of the upper street forgot one lamp'),
      moved: await mark(reader, document, geese),
    }
    own = await mark(reader, document, mayor, { layerId: await privateLayerOf(test.services, reader) })
    await mark(reader, document, weir, { draft: true })
  })

  it('is a preview, with every passage in it, counted for those who may read them', async () => {
    const report = await anEdition(test.services, room.admin, document.id, second)
    expect(report.edition).toMatchObject({ number: 2, state: 'preview', publishedAt: null, format: 'txt' })
    expect(report.anchors).toEqual({ exact: 0, moved: 0, changed: 0, uncertain: 0, orphaned: 0 })
    const rows = await test.database.db.anchor.groupBy({
      by: ['state'],
      where: { editionId: report.edition.id },
      _count: true,
    })
    const stored = Object.fromEntries(rows.map(({ state, _count }) => [state, _count]))
    expect(stored).toEqual({ exact: 2, moved: 1, changed: 2, orphaned: 1 })
  })

  it('is seen by those who may change the document, and does not exist for others', async () => {
    const { editions, documents, threads: listed } = test.services
    for (const actor of [room.reader, room.instructor, room.owner, room.observer]) {
      await expect(editions.report(actor, document.id, 2)).rejects.toMatchObject(refused('not-found'))
      await expect(editions.anchors(actor, document.id, 2, { limit: 1 })).rejects.toMatchObject(
        refused('not-found'),
      )
      await expect(documents.text(actor, document.id, 2)).rejects.toMatchObject(refused('not-found'))
      await expect(editions.original(actor, document.id, 2)).rejects.toMatchObject(refused('not-found'))
      await expect(editions.publish(actor, document.id, 2)).rejects.toMatchObject(refused('not-found'))
      expect((await editions.list(actor, document.id)).map(({ number }) => number)).toEqual([1])
    }
    await expect(editions.report(anonymous, document.id, 2)).rejects.toMatchObject(refused('unauthenticated'))
    const [made] = await editions.list(room.admin, document.id)
    expect(made).toMatchObject({ number: 2, state: 'preview' })
    const query = { edition: made?.id, limit: 10 }
    await expect(listed.list(room.reader, document.id, query)).rejects.toMatchObject(refused('unprocessable'))
    await expect(anEdition(test.services, room.reader, document.id, second)).rejects.toMatchObject(
      refused('forbidden'),
    )
  })

  it('is published with all that was written since, and those who have the document open hear of it', async () => {
    const late = await mark(room.reader, document, 'built by the miller Thomas Hale')
    await test.services.threads.list(room.reader, document.id, { layer: discussion, limit: 1 })
    const heard: unknown[] = []
    const stop = test.services.feed.subscribe((events) => heard.push(...events))
    const published = await test.services.editions.publish(room.admin, document.id, 2)
    stop()
    expect(published).toMatchObject({ edition: { number: 2 }, version: document.version + 1 })
    const edition = { id: published.edition.id, number: 2 }
    const rooms = await test.database.db.marginRoom.count({ where: { documentId: document.id } })
    expect(heard).toEqual(
      Array.from({ length: rooms }, () => expect.objectContaining({ kind: 'edition.published', edition })),
    )
    expect(await placeOf(room.reader, late)).toMatchObject({
      state: 'exact',
      words: 'built by the miller Thomas Hale',
    })
    expect(await placeOf(room.reader, threads.changed)).toMatchObject({
      state: 'changed',
      words: 'who was not fishing that whole week above the old bridge',
    })
    expect(await placeOf(room.reader, threads.moved)).toMatchObject({
      state: 'moved',
      words: geese,
    })
    expect(await placeOf(room.reader, threads.orphaned)).toMatchObject({ state: 'orphaned' })
    const list = await test.services.threads.list(room.reader, document.id, { limit: 1 })
    expect(list.edition).toEqual({ id: published.edition.id, number: 2 })
  })

  it('published again changes nothing', async () => {
    const again = await test.services.editions.publish(room.admin, document.id, 2)
    expect(again.version).toBe(document.version + 1)
  })

  it('counts for each person what they may read: private notes and drafts for their author alone', async () => {
    const countFor = async (actor: Person) => {
      const { anchors } = await test.services.editions.report(actor, document.id, 2)
      return Object.values(anchors).reduce((sum, count) => sum + count, 0)
    }
    expect(await countFor(room.reader)).toBe(7)
    expect(await countFor(room.instructor)).toBe(5)
    expect(await countFor(room.observer)).toBe(5)
    expect(await countFor(room.stranger)).toBe(0)
    expect(await countFor(room.admin)).toBe(0)
    expect((await queue(room.instructor, document, 2)).some(({ thread }) => thread.id === own.id)).toBe(false)
  })

  it('is looked at without writing; what a killed server left without a place gets it at the next start', async () => {
    const { database, services } = test
    const where = { editionId: document.edition.id }
    const all = await database.db.anchor.count({ where })
    await database.db.anchor.deleteMany({ where: { ...where, passage: { threadId: threads.moved.id } } })
    await services.editions.report(room.reader, document.id, 1)
    await services.editions.anchors(room.reader, document.id, 1, { limit: 50 })
    await services.threads.list(room.reader, document.id, { edition: document.edition.id, limit: 50 })
    expect(await database.db.anchor.count({ where })).toBe(all - 1)
    await keepAllAnchored({ database, newId: randomUUID, log: pino({ level: 'silent' }) })
    expect(await database.db.anchor.count({ where })).toBe(all)
  })

  it('leaves older editions as they stood, with what is marked in them carried to the current one', async () => {
    const late = await mark(room.reader, document, 'who was fishing', { editionId: document.edition.id })
    expect(await placeOf(room.reader, late)).toMatchObject({ state: 'changed', words: 'who was not fishing' })
    const old = await test.services.threads.list(room.reader, document.id, {
      edition: document.edition.id,
      limit: 50,
    })
    const shown = old.items.find(({ id }) => id === late.id)?.passages[0]
    const text = await test.services.documents.text(room.reader, document.id, 1)
    if (!shown || !('start' in shown)) throw new Error('the passage is hidden')
    expect(text.slice(shown.start, shown.end)).toBe('who was fishing')
    const gone = await mark(room.reader, document, 'beside the chapel', {
      editionId: document.edition.id,
    })
    expect((await placeOf(room.reader, gone)).state).toBe('orphaned')
  })

  it('shows where each passage stands, in text order, with the words then and now', async () => {
    const rows = await queue(room.instructor, document, 2)
    expect(rows.map(({ now }) => now.start)).toEqual(rows.map(({ now }) => now.start).sort((a, b) => a - b))
    const [changed] = (await queue(room.instructor, document, 2, 'changed')).filter(
      ({ thread }) => thread.id === threads.changed.id,
    )
    expect(changed?.then).toMatchObject({
      words: 'who was fishing that whole week above the old bridge',
      edition: 1,
    })
    expect(changed).toMatchObject({
      now: { words: 'who was not fishing that whole week above the old bridge' },
      differences: [{ kind: 'same', text: 'who was ' }, { kind: 'added', text: 'not ' }, { kind: 'same' }],
      may: { decide: true },
    })
    const all: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await test.services.editions.anchors(room.reader, document.id, 2, { limit: 2, cursor })
      all.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      cursor = page.next
    }
    expect(all).toEqual((await queue(room.reader, document, 2)).map(({ id }) => id))
  })

  it('lets the author and the instructors of the layer place a passage, and nobody else', async () => {
    const { editions } = test.services
    const row = (await queue(room.reader, document, 2, 'orphaned')).find(
      ({ thread }) => thread.id === threads.orphaned.id,
    )
    if (!row) throw new Error('not in the queue')
    expect(row.may.decide).toBe(false)
    const gone = { state: 'orphaned' } as const
    await expect(editions.decide(room.reader, row.id, gone, null)).rejects.toMatchObject(refused('forbidden'))
    await expect(editions.decide(room.stranger, row.id, gone, null)).rejects.toMatchObject(
      refused('not-found'),
    )
    await expect(editions.decide(room.admin, row.id, gone, null)).rejects.toMatchObject(refused('not-found'))
    await expect(
      editions.decide(room.instructor, row.id, { start: 5, end: 9_999 }, null),
    ).rejects.toMatchObject(refused('unprocessable'))
    const placed = await editions.decide(room.instructor, row.id, { start: 0, end: 8 }, row.version)
    expect(placed).toMatchObject({
      state: 'changed',
      confidence: 1,
      reason: null,
      decidedBy: { name: 'Instructor' },
    })
    expect((await placeOf(room.reader, threads.orphaned)).words).toBe(weir.slice(0, 8))
    await expect(editions.decide(room.owner, row.id, gone, row.version)).rejects.toMatchObject(
      refused('stale'),
    )
    const undone = await editions.decide(room.owner, row.id, gone, placed.version)
    expect(undone).toMatchObject({ state: 'orphaned', now: { words: '' } })
    const [event] = await test.database.db.event.findMany({
      where: { threadId: threads.orphaned.id },
      orderBy: { at: 'desc' },
      take: 1,
    })
    expect(event?.kind).toBe('thread.changed')
  })

  it('is rolled back to the one before, with what was written in it placed there, and can be published again', async () => {
    const { editions } = test.services
    const late = await mark(room.reader, document, 'the mayor, who was not fishing')
    const fresh = await mark(room.reader, document, weir)
    const before = await queue(room.reader, document, 2)
    const back = await editions.rollBack(room.admin, document.id, 2)
    expect(back.edition.number).toBe(1)
    expect((await editions.rollBack(room.admin, document.id, 2)).version).toBe(back.version)
    expect(await placeOf(room.reader, late)).toMatchObject({
      state: 'changed',
      words: 'the mayor, who was fishing',
    })
    expect(await placeOf(room.reader, fresh)).toMatchObject({ state: 'exact', words: weir })
    expect(await placeOf(room.reader, threads.orphaned)).toMatchObject({ state: 'exact' })
    expect((await editions.list(room.reader, document.id)).map(({ state }) => state)).toEqual([
      'rolled-back',
      'current',
    ])
    await expect(editions.rollBack(room.admin, document.id, 1)).rejects.toMatchObject(refused('conflict'))
    await expect(editions.discard(room.admin, document.id, 2)).rejects.toMatchObject(refused('conflict'))
    const again = await editions.publish(room.admin, document.id, 2)
    expect(again.edition.number).toBe(2)
    const after = await queue(room.reader, document, 2)
    expect(after.map(({ id, state, now }) => [id, state, now.start])).toEqual(
      before.map(({ id, state, now }) => [id, state, now.start]),
    )
  })

  it('anchors from where a person last confirmed a passage, also what was decided while another waits as a preview', async () => {
    const { editions } = test.services
    const third = await preview(document, second.replace('too late', 'far too late'))
    const row = (await queue(room.reader, document, 2)).find(({ thread }) => thread.id === threads.changed.id)
    if (!row) throw new Error('not in the queue')
    const text = await test.services.documents.text(room.reader, document.id, 2)
    const start = text.indexOf('Thomas Hale')
    await editions.decide(room.reader, row.id, { start, end: start + 'Thomas Hale'.length }, row.version)
    await editions.publish(room.admin, document.id, third.number)
    expect(await placeOf(room.reader, threads.changed)).toMatchObject({ words: 'Thomas Hale' })
    const now = (await queue(room.reader, document, third.number)).find(
      ({ thread }) => thread.id === threads.changed.id,
    )
    expect(now?.then).toMatchObject({ words: 'Thomas Hale', edition: 2 })
    const old = (await queue(room.reader, document, 2)).find(({ may }) => may.decide)
    if (!old) throw new Error('the queue is empty')
    await expect(editions.decide(room.reader, old.id, { accept: true }, null)).rejects.toMatchObject(
      refused('conflict'),
    )
  })
})

describe('writing while an edition is published', () => {
  it('leaves nothing without a place in the current edition', async () => {
    const document = await aCopyOf(test.database, original)
    await preview(document)
    const writing = Array.from({ length: 12 }, () =>
      mark(room.reader, document, 'the miller Thomas Hale', { editionId: document.edition.id }),
    )
    const [published, ...threads] = await Promise.all([
      test.services.editions.publish(room.admin, document.id, 2),
      ...writing,
    ])
    const lacking = await test.database.db.passage.count({
      where: { documentId: document.id, anchors: { none: { editionId: published.edition.id } } },
    })
    expect(lacking).toBe(0)
    for (const thread of threads)
      expect(await placeOf(room.reader, thread)).toMatchObject({ words: 'the miller Thomas Hale' })
  })
})

describe('a preview', () => {
  it('is discarded, and leaves nothing', async () => {
    const document = await aCopyOf(test.database, original)
    await mark(room.reader, document, weir)
    const made = await preview(document)
    await test.services.editions.discard(room.admin, document.id, made.number)
    await expect(test.services.editions.report(room.admin, document.id, made.number)).rejects.toMatchObject(
      refused('not-found'),
    )
    expect(await test.database.db.edition.count({ where: { id: made.id } })).toBe(0)
    expect(await test.database.db.block.count({ where: { editionId: made.id } })).toBe(0)
  })

  it('sent again with its id is the same, and with other words a conflict', async () => {
    const document = await aCopyOf(test.database, original)
    const id = randomUUID()
    const send = (text: string) =>
      test.services.editions.preview(room.admin, document.id, {
        id,
        bytes: new TextEncoder().encode(text),
        format: 'txt',
      })
    const made = await send(second)
    expect((await send(second)).edition).toEqual(made.edition)
    expect(made.edition.id).toBe(id)
    await expect(send(first)).rejects.toMatchObject(refused('conflict'))
  })

  it('of a file that cannot be read leaves nothing', async () => {
    const document = await aCopyOf(test.database, original)
    const source = { bytes: new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), format: 'epub' } as const
    await expect(test.services.editions.preview(room.admin, document.id, source)).rejects.toMatchObject({
      name: 'AppError',
    })
    expect(await test.database.db.edition.count({ where: { documentId: document.id } })).toBe(1)
  })

  it('that a killed server left half written does not exist, and is removed', async () => {
    const document = await aCopyOf(test.database, original)
    const { db } = test.database
    const row = {
      documentId: document.id,
      number: 2,
      format: 'txt',
      sha256: '',
      size: 1,
      length: 1,
      blockCount: 1,
    }
    const { id } = await db.edition.create({ data: { ...row, id: randomUUID(), sections: [] } })
    await db.block.create({
      data: { editionId: id, index: 0, start: 0, end: 1, text: 'x', marks: [], form: {} },
    })
    await expect(test.services.editions.report(room.admin, document.id, 2)).rejects.toMatchObject(
      refused('not-found'),
    )
    await cleanUpUnfinishedImports({ database: test.database, now: Date.now })
    expect(await db.edition.count({ where: { id } })).toBe(1)
    await cleanUpUnfinishedImports({ database: test.database, now: Date.now }, { isAlone: true })
    expect(await db.edition.count({ where: { id } })).toBe(0)
    expect(await db.block.count({ where: { editionId: id } })).toBe(0)
  })
})

describe('two editions side by side', () => {
  it('show what changed, and nothing of a preview to those who may not see it', async () => {
    const document = await aCopyOf(test.database, original)
    await preview(document)
    const query = { with: 1, section: 1 }
    const { rows } = await test.services.editions.compare(room.admin, document.id, 2, query)
    expect(
      rows.map(({ earlier, later, moved }) => [
        earlier.map(({ index }) => index),
        later.map(({ index }) => index),
        moved,
      ]),
    ).toEqual([
      [[0], [0], false],
      [[2], [1], false],
      [[3], [2], false],
      [[4], [], false],
      [[1], [3], true],
    ])
    await expect(test.services.editions.compare(room.reader, document.id, 2, query)).rejects.toMatchObject(
      refused('not-found'),
    )
    await expect(
      test.services.editions.compare(room.reader, document.id, 1, { with: 2, section: 1 }),
    ).rejects.toMatchObject(refused('not-found'))
  })
})
