import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { ThreadList, ThreadQuery } from '#domain/wire/thread.ts'
import { aCopyOf } from '#tests/factories/copied-document.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread, type ThreadOptions } from '#tests/factories/thread.ts'

let test: TestServices
let room: ReadingRoom
let layerId: string
let original: Document

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
  layerId = layerOf(room.group, 'discussion').id
  original = await aDocument(test.services, room.admin)
})

const newDocument = () => aCopyOf(test.database, original)

const at = (start: number, end = start + 5) => ({ passages: [{ start, end }] })

const write = async (document: Document, options: Partial<ThreadOptions>, author = room.reader) =>
  (await aThread(test.services, author, { documentId: document.id, layerId, ...options })).id

const list = (person: Person, document: Document, query: Partial<ThreadQuery> = {}) =>
  test.services.threads.list(person, document.id, { limit: 100, ...query })

const idsOf = ({ items }: ThreadList) => items.map(({ id }) => id)

describe('the threads of a document', () => {
  it('come in the order of the text: those about all of it first, then by first passage, then by age', async () => {
    const document = await newDocument()
    const late = await write(document, at(60))
    const early = await write(document, at(5))
    test.advance(10)
    const younger = await write(document, at(5))
    const whole = await write(document, {})
    const both = await write(document, {
      passages: [
        { start: 90, end: 95 },
        { start: 30, end: 35 },
      ],
    })
    expect(idsOf(await list(room.observer, document))).toEqual([whole, early, younger, both, late])
  })

  it('come page by page, each once, under the count of the first page', async () => {
    const document = await newDocument()
    const made: string[] = []
    for (const start of [-1, -1, 5, 5, 5, 20, 40]) {
      made.push(await write(document, start < 0 ? {} : at(start)))
    }
    const first = await list(room.reader, document, { layer: layerId, limit: 2 })
    const pages = [first]
    for (let next = first.next; next !== null; next = pages.at(-1)?.next ?? null) {
      if (pages.length === 1) await write(document, at(50))
      pages.push(await list(room.reader, document, { layer: layerId, limit: 2, cursor: next }))
    }
    const found = pages.flatMap(idsOf)
    expect(new Set(found).size).toBe(found.length)
    expect(found.filter((id) => made.includes(id)).sort()).toEqual([...made].sort())
    expect(pages.map(({ seq }) => seq)).toEqual(pages.map(() => first.seq))
    expect(first.seq).toBe(made.length)
  })

  it('can be those that overlap a range, however early they begin', async () => {
    const document = await newDocument()
    const long = await write(document, at(5, 100))
    const inside = await write(document, at(45, 50))
    await write(document, at(10, 40))
    await write(document, at(60, 70))
    await write(document, {})
    expect(idsOf(await list(room.reader, document, { start: 40, end: 60 }))).toEqual([long, inside])
    expect(idsOf(await list(room.reader, document, { start: 90 }))).toEqual([long])
  })

  it('can be those of one kind or status', async () => {
    const document = await newDocument()
    const question = await write(document, { kind: 'question' })
    const settled = await write(document, {})
    await test.services.threads.setStatus(room.reader, settled, { status: 'resolved', reason: 'Agreed.' })
    expect(idsOf(await list(room.reader, document, { kind: 'question' }))).toEqual([question])
    expect(idsOf(await list(room.reader, document, { status: 'resolved' }))).toEqual([settled])
    expect(idsOf(await list(room.reader, document, { status: 'open' }))).toEqual([question])
  })

  it('are listed in every document that their passages lie in', async () => {
    const [here, there] = [await newDocument(), await newDocument()]
    const id = await write(here, {
      passages: [
        { start: 50, end: 55 },
        { documentId: there.id, start: 7, end: 9 },
      ],
    })
    expect(idsOf(await list(room.reader, there))).toEqual([id])
    expect(idsOf(await list(room.reader, there, { start: 0, end: 10 }))).toEqual([id])
    expect(idsOf(await list(room.reader, here, { start: 0, end: 10 }))).toEqual([])
  })

  it('bear no count where no one room is meant', async () => {
    const document = await newDocument()
    expect(await list(room.reader, document)).toMatchObject({ seq: null, epoch: null })
    expect(await list(room.reader, document, { layer: layerId })).toMatchObject({
      seq: 0,
      epoch: expect.any(String),
    })
    await expect(list(room.reader, document, { since: 0 })).rejects.toMatchObject({ code: 'unprocessable' })
  })

  it.each([
    '!',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('[0,0,"\\u0000",null]').toString('base64url'),
  ])('refuse a cursor that is none: %s', async (cursor) => {
    const document = await newDocument()
    await expect(list(room.reader, document, { cursor })).rejects.toMatchObject({ code: 'unprocessable' })
  })

  it('refuse an edition of another document', async () => {
    const [one, other] = [await newDocument(), await newDocument()]
    await expect(list(room.reader, one, { edition: other.edition.id })).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })
})

describe('who sees which threads', () => {
  it('members see the group’s, strangers and administrators do not', async () => {
    const document = await newDocument()
    const id = await write(document, {})
    for (const who of ['owner', 'instructor', 'reader', 'observer'] as const) {
      expect(idsOf(await list(room[who], document)), who).toEqual([id])
    }
    for (const who of ['stranger', 'admin'] as const) {
      expect(idsOf(await list(room[who], document)), who).toEqual([])
      await expect(test.services.threads.get(room[who], id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(list(room[who], document, { layer: layerId })).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(test.services.threads.get(anonymous, id)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('a private layer is its person’s alone', async () => {
    const document = await newDocument()
    const own = await privateLayerOf(test.services, room.reader)
    const id = await write(document, { layerId: own })
    expect(idsOf(await list(room.reader, document))).toEqual([id])
    expect((await list(room.reader, document, { layer: own })).seq).toBe(1)
    for (const other of [room.owner, room.admin]) {
      expect(idsOf(await list(other, document))).toEqual([])
      await expect(test.services.threads.get(other, id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(list(other, document, { layer: own, since: 0 })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })

  it('a draft is its author’s alone, and no count knows of it', async () => {
    const document = await newDocument()
    const id = await write(document, { draft: true })
    expect(idsOf(await list(room.reader, document))).toEqual([id])
    expect((await list(room.reader, document, { layer: layerId })).seq).toBe(0)
    expect(await test.database.db.event.count({ where: { threadId: id } })).toBe(0)
    for (const other of [room.owner, room.instructor, room.admin]) {
      expect(idsOf(await list(other, document))).toEqual([])
      await expect(test.services.threads.get(other, id)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('a hidden thread is seen by its author and by moderators', async () => {
    const document = await newDocument()
    const id = await write(document, {})
    await test.database.db.thread.update({ where: { id }, data: { hidden: true } })
    for (const who of ['owner', 'instructor', 'reader'] as const) {
      expect(idsOf(await list(room[who], document)), who).toEqual([id])
    }
    expect(idsOf(await list(room.observer, document))).toEqual([])
    await expect(test.services.threads.get(room.observer, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('a published commentary is seen by everyone, its replies by the group alone', async () => {
    const document = await newDocument()
    const { id: commentary } = layerOf(room.group, 'commentary')
    await test.database.db.layer.update({ where: { id: commentary }, data: { read: 'public' } })
    const id = await write(document, { layerId: commentary, kind: 'commentary' }, room.instructor)
    await test.services.replies.create(room.reader, id, { body: 'Among ourselves.' })
    const shown = await test.services.threads.list(anonymous, document.id, { limit: 10 })
    expect(shown.items).toMatchObject([{ id, replies: [], replyCount: 0, may: { reply: false } }])
    expect((await test.services.threads.get(room.observer, id)).replyCount).toBe(1)
  })

  it('a document that one may not read has no threads for one', async () => {
    const secret = await aDocument(test.services, room.admin, { visibility: 'group' })
    await expect(list(room.reader, secret)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a passage in a document that one may not read', () => {
  it('shows that it exists, and no word of it, through any door', async () => {
    const open = await newDocument()
    const secret = await aDocument(test.services, room.admin, {
      visibility: 'group',
      text: 'Xylophone zebra quokka.\n',
    })
    await test.database.db.document.update({
      where: { id: secret.id },
      data: { stewardId: room.reader.userId },
    })
    const id = await write(open, { passages: [{ documentId: secret.id, exact: 'zebra quokka' }] })
    const [own] = (await test.services.threads.get(room.reader, id)).passages
    expect(own).toMatchObject({ exact: 'zebra quokka' })

    const reply = await test.services.replies.create(room.instructor, id, { body: 'About what?' })
    const heard = await test.services.threads.presentEvent(room.instructor, {
      room: { documentId: open.id, layerId, groupId: room.group.id },
      seq: 1,
      epoch: 'e',
      kind: 'thread.changed',
      threadId: id,
      replyId: null,
      actorId: null,
      recipientId: null,
    })
    const doors = {
      get: await test.services.threads.get(room.instructor, id),
      list: await list(room.instructor, open),
      since: await list(room.instructor, open, { layer: layerId, since: 0 }),
      status: await test.services.threads.setStatus(room.instructor, id, { status: 'resolved', reason: '' }),
      change: await test.services.threads.change(room.instructor, id, { tags: ['x'] }, null),
      reply,
      heard,
    }
    expect(doors.get.passages).toEqual([{ id: own?.id, hidden: true }])
    const said = JSON.stringify(doors)
    for (const word of ['zebra', 'quokka', 'Xylophone', secret.id]) expect(said).not.toContain(word)
  })

  it('keeps its words when the document is withdrawn', async () => {
    const document = await newDocument()
    const id = await write(document, at(5))
    await test.database.db.document.update({
      where: { id: document.id },
      data: { withdrawnAt: new Date() },
    })
    await expect(list(room.reader, document)).rejects.toMatchObject({ code: 'not-found' })
    expect((await test.services.threads.get(room.reader, id)).passages).toMatchObject([
      { exact: expect.any(String) },
    ])
  })
})

describe('what changed since', () => {
  it('is each changed thread once, as it is now, and the ids of those that are gone', async () => {
    const document = await newDocument()
    const kept = await write(document, at(5))
    const changed = await write(document, at(10))
    const deleted = await write(document, at(15))
    const { seq } = await list(room.observer, document, { layer: layerId })
    if (seq === null) throw new Error('the list has no count')
    const { threads } = test.services
    await threads.setStatus(room.reader, changed, { status: 'resolved', reason: 'Done.' })
    await threads.change(room.reader, changed, { tags: ['late'] }, null)
    await threads.delete(room.reader, deleted, null)
    const made = await write(document, {})
    const answer = await list(room.observer, document, { layer: layerId, since: seq })
    expect(idsOf(answer)).toEqual([made, changed])
    expect(answer.items[1]).toMatchObject({ tags: ['late'], status: 'resolved' })
    expect(answer.gone).toEqual([deleted])
    expect(answer.seq).toBe(seq + 4)
    expect(idsOf(answer)).not.toContain(kept)
    const later = await list(room.observer, document, { layer: layerId, since: seq + 4 })
    expect(later).toMatchObject({ items: [], gone: [], seq: seq + 4 })
  })

  it('is everything when the count is ahead of the room’s, as after a restore', async () => {
    const document = await newDocument()
    const id = await write(document, at(5))
    expect(idsOf(await list(room.reader, document, { layer: layerId, since: 99 }))).toEqual([id])
  })

  it('names a thread as gone when its passages left the document', async () => {
    const [home, here] = [await newDocument(), await newDocument()]
    const id = await write(home, { passages: [{ documentId: here.id, start: 5, end: 9 }] })
    const before = await list(room.observer, here, { layer: layerId })
    expect(idsOf(before)).toEqual([id])
    await test.services.threads.change(room.reader, id, { passages: [{ start: 5, end: 9 }] }, null)
    const answer = await list(room.observer, here, { layer: layerId, since: before.seq ?? 0 })
    expect(answer).toMatchObject({ items: [], gone: [id] })
  })

  it('names a thread as gone when it no longer answers the query', async () => {
    const document = await newDocument()
    const id = await write(document, { kind: 'question' })
    const query = { layer: layerId, kind: 'question' } as const
    const { seq } = await list(room.observer, document, query)
    await test.services.threads.change(room.reader, id, { kind: 'note' }, null)
    expect(await list(room.observer, document, { ...query, since: seq ?? 0 })).toMatchObject({
      items: [],
      gone: [id],
    })
  })

  it('does not name what was never the asker’s to see', async () => {
    const document = await newDocument()
    const hidden = await write(document, {})
    await test.database.db.thread.update({ where: { id: hidden }, data: { hidden: true } })
    await test.services.threads.change(room.reader, hidden, { tags: ['x'] }, null)
    await test.services.threads.delete(room.reader, hidden, null)
    const answer = await list(room.observer, document, { layer: layerId, since: 0 })
    expect(JSON.stringify(answer)).not.toContain(hidden)
    expect((await list(room.instructor, document, { layer: layerId, since: 0 })).gone).toEqual([hidden])
  })
})

describe('a document with very many threads', () => {
  it('is listed whole, in order, page by page', async () => {
    const document = await newDocument()
    const { db } = test.database
    const count = 3_000
    const now = new Date()
    const rows = Array.from({ length: count }, () => ({ thread: randomUUID(), passage: randomUUID() }))
    const common = { documentId: document.id, createdAt: now }
    await db.thread.createMany({
      data: rows.map(({ thread }) => ({
        ...common,
        id: thread,
        layerId,
        authorId: room.reader.userId,
        kind: 'note',
        state: 'posted',
      })),
    })
    const words = { exact: 'words', prefix: '', suffix: '' }
    const place = (index: number) => ({ start: index % 150, end: (index % 150) + 5 })
    await db.passage.createMany({
      data: rows.map(({ thread, passage }, index) => ({
        ...common,
        ...words,
        ...place(index),
        id: passage,
        threadId: thread,
        editionId: document.edition.id,
        position: 0,
      })),
    })
    await db.anchor.createMany({
      data: rows.map(({ passage }, index) => ({
        ...place(index),
        id: randomUUID(),
        passageId: passage,
        editionId: document.edition.id,
        state: 'exact',
        confidence: 1,
      })),
    })
    const starts: number[] = []
    const found = new Set<string>()
    let cursor: string | undefined
    do {
      const page = await list(room.observer, document, { limit: 200, ...(cursor && { cursor }) })
      for (const { id, passages } of page.items) {
        found.add(id)
        const [passage] = passages
        if (passage && 'start' in passage) starts.push(passage.start)
      }
      cursor = page.next ?? undefined
    } while (cursor)
    expect(found.size).toBe(count)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
  })
})
