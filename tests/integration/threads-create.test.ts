import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import { anonymous, operator } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { NewPassage, NewThread, ThreadWithReplies } from '#domain/wire/thread.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let test: TestServices
let room: ReadingRoom
let document: Document
let text: string
let layerId: string
let commentaryId: string

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
  document = await aDocument(test.services, room.admin)
  text = await test.services.documents.text(room.admin, document.id)
  layerId = layerOf(room.group, 'discussion').id
  commentaryId = layerOf(room.group, 'commentary').id
})

const here = () => ({ documentId: document.id, layerId })
const rangeOf = (words: string) => {
  const start = text.indexOf(words)
  return { start, end: start + words.length }
}
const mark = (...passages: NewPassage[]) => aThread(test.services, room.reader, { ...here(), passages })

describe('a new thread', () => {
  it('keeps the words it is about, with where they stand and what is around them', async () => {
    const range = rangeOf('sees the wren in it')
    const thread = await mark(range)
    const [passage] = thread.passages
    expect(passage).toMatchObject({
      ...range,
      documentId: document.id,
      editionId: document.edition.id,
      exact: 'sees the wren in it',
      anchor: { state: 'exact', confidence: 1 },
    })
    expect(await test.services.threads.get(room.observer, thread.id)).toMatchObject({
      passages: [passage],
      note: { text: 'A note.' },
      may: { write: false, change: false, organize: false, reply: false },
    })
  })

  it('finds a quote that stands in one place, whatever its quotation marks', async () => {
    const thread = await mark({ exact: '"To look," I said' })
    expect(thread.passages).toMatchObject([{ exact: '“To look,” I said' }])
  })

  it('finds a quote that stands in several places by the words around it', async () => {
    const thread = await mark({ exact: 'does not mind.', prefix: 'The wren ' })
    expect(thread.passages).toMatchObject([{ start: text.indexOf('The wren does') + 'The wren '.length }])
  })

  it('begins its note’s log with one update that yields the note', async () => {
    const thread = await aThread(test.services, room.reader, { ...here(), note: 'One.\n\nTwo.' })
    const { db } = test.database
    const updates = await db.noteUpdate.findMany({ where: { noteId: thread.id } })
    expect(updates).toHaveLength(1)
    const doc = new Y.Doc()
    for (const { update } of updates) Y.applyUpdate(doc, update)
    expect(doc.getXmlFragment(noteFragmentName).toString()).toBe(
      '<paragraph>One.</paragraph><paragraph>Two.</paragraph>',
    )
    expect(updates[0]).toMatchObject({ userId: room.reader.userId, clientId: 1n })
    const note = await db.note.findUniqueOrThrow({ where: { id: thread.id } })
    expect(note).toMatchObject({ text: 'One.\n\nTwo.', derivedPosition: updates[0]?.position })
    expect(thread.note?.text).toBe('One.\n\nTwo.')
  })

  it('has a note to write in even when it is only a highlight', async () => {
    const made = await aThread(test.services, room.reader, {
      ...here(),
      kind: 'highlight',
      passages: [rangeOf('the wren')],
      note: undefined,
    })
    expect(made.note?.text).toBe('')
    expect(await test.database.db.note.count({ where: { id: made.id } })).toBe(1)
    expect(await test.database.db.noteUpdate.count({ where: { noteId: made.id } })).toBe(0)
  })

  it('is co-written as its layer says, unless it says so itself', async () => {
    const { id } = layerOf(await aGroup(test.services, room.owner), 'discussion')
    await test.database.db.layer.update({ where: { id }, data: { coWriting: true } })
    const owner = await test.services.access.actorOf(room.owner.userId)
    if (owner.kind !== 'person') throw new Error('no owner')
    const options = { documentId: document.id, layerId: id }
    expect((await aThread(test.services, owner, options)).coWritten).toBe(true)
    expect((await aThread(test.services, owner, { ...options, coWritten: false })).coWritten).toBe(false)
  })

  it('has each tag once', async () => {
    const thread = await aThread(test.services, room.reader, { ...here(), tags: ['wren', 'bird', 'wren'] })
    expect(thread.tags).toEqual(['wren', 'bird'])
  })
})

describe('a passage that is none', () => {
  const outside = [
    ['that is empty', () => ({ start: 3, end: 3 })],
    ['that ends before it begins', () => ({ start: 5, end: 3 })],
    ['that reaches outside the text', () => ({ start: 0, end: text.length + 1 })],
    ['that begins inside a character', () => ({ start: text.indexOf('🐦') + 1, end: text.length })],
    ['of words that do not stand there', () => ({ exact: 'an ostrich in it' })],
    ['in an edition of another document', () => ({ start: 0, end: 5, editionId: randomUUID() })],
  ] satisfies [string, () => NewPassage][]
  it.each(outside)('is refused: one %s', async (_, passage) => {
    await expect(mark(passage())).rejects.toMatchObject({ code: 'unprocessable' })
  })

  it('is refused when other words stand at the range, and accepted when they differ in typography alone', async () => {
    const range = rangeOf('“To look,” I said')
    await expect(mark({ ...range, exact: 'To listen' })).rejects.toMatchObject({ code: 'quote-mismatch' })
    await expect(mark({ ...range, exact: '"To look," I said' })).resolves.toBeDefined()
  })

  it('is answered with the candidates when its quote stands in several places', async () => {
    await expect(mark({ exact: 'does not mind.' })).rejects.toMatchObject({
      code: 'ambiguous-quote',
      details: { candidates: [{ start: expect.any(Number) }, { start: expect.any(Number) }] },
    })
  })

  it('leaves nothing behind, the good passages beside it neither', async () => {
    const count = () => test.database.db.thread.count()
    const before = await count()
    await expect(mark(rangeOf('the wren'), { start: 0, end: 0 })).rejects.toThrow()
    expect(await count()).toBe(before)
  })
})

describe('a passage marked in an older edition', () => {
  let renewed: Document
  let older: string

  beforeAll(async () => {
    renewed = await aDocument(test.services, room.admin, { text: 'The wren sang.\n\nThe lark sang.\n' })
    older = renewed.edition.id
    const source = await aDocument(test.services, room.admin, {
      text: 'A preface.\n\nThe wren sang.\n\nThe lark flew.\n',
    })
    const { db } = test.database
    const newer = await db.edition.update({
      where: { id: source.edition.id },
      data: { documentId: renewed.id, number: 2 },
    })
    await db.document.update({ where: { id: source.id }, data: { currentEditionId: null } })
    await db.document.update({ where: { id: renewed.id }, data: { currentEditionId: newer.id } })
  })

  const markOld = (words: string) => {
    const start = 'The wren sang.\nThe lark sang.'.indexOf(words)
    return aThread(test.services, room.reader, {
      documentId: renewed.id,
      layerId,
      passages: [{ editionId: older, start, end: start + words.length }],
    })
  }

  it('stands where its words are now, and keeps where they were', async () => {
    const thread = await markOld('The wren sang.')
    expect(thread.passages).toMatchObject([
      { editionId: older, start: 'A preface.\n'.length, anchor: { state: 'exact' } },
    ])
    const query = { edition: older, limit: 10 }
    const listed = await test.services.threads.list(room.reader, renewed.id, query)
    expect(listed.items.find(({ id }) => id === thread.id)?.passages).toMatchObject([
      { start: 0, anchor: { state: 'exact' } },
    ])
  })

  it('is taken with its true state when its words are no longer the same', async () => {
    const { passages } = await markOld('The lark sang.')
    expect(passages).toMatchObject([
      { exact: 'The lark sang.', anchor: { state: expect.not.stringMatching(/exact|moved/) } },
    ])
  })

  it('is refused as a quotation from outside that is there no more', async () => {
    const passages = [{ editionId: older, exact: 'The lark sang.' }]
    const made = aThread(test.services, room.reader, { documentId: renewed.id, layerId, passages })
    await expect(made).rejects.toMatchObject({ code: 'quote-mismatch' })
  })
})

describe('who may open a thread', () => {
  const outcomes = [
    ['owner', 'discussion', 'made'],
    ['instructor', 'discussion', 'made'],
    ['reader', 'discussion', 'made'],
    ['observer', 'discussion', 'forbidden'],
    ['stranger', 'discussion', 'not-found'],
    ['admin', 'discussion', 'not-found'],
    ['instructor', 'commentary', 'made'],
    ['reader', 'commentary', 'forbidden'],
  ] as const
  it.each(outcomes)('%s in the %s layer: %s', async (who, kind, outcome) => {
    const layer = kind === 'discussion' ? layerId : commentaryId
    const made = aThread(test.services, room[who], { documentId: document.id, layerId: layer }).then(
      () => 'made',
      ({ code }) => code,
    )
    expect(await made).toBe(outcome)
  })

  it('nobody without a sign-in, and not the command line', async () => {
    const wanted: NewThread = { ...here(), kind: 'note', passages: [], tags: [], draft: false }
    await expect(test.services.threads.create(anonymous, wanted)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(test.services.threads.create(operator, wanted)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('nobody in another’s private layer, administrators included', async () => {
    const own = await privateLayerOf(test.services, room.reader)
    const options = { documentId: document.id, layerId: own }
    await expect(aThread(test.services, room.reader, options)).resolves.toBeDefined()
    for (const other of [room.owner, room.admin]) {
      await expect(aThread(test.services, other, options)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('nobody about a document they may not read, and its words answer nothing', async () => {
    const secret = await aDocument(test.services, room.admin, { visibility: 'group' })
    const quotes: NewPassage[] = [
      { documentId: secret.id, exact: 'does not mind.' },
      { documentId: secret.id, exact: 'the wren in it' },
      { documentId: secret.id, exact: 'no such words' },
      { documentId: secret.id, start: 0, end: 5, exact: 'wrong' },
    ]
    for (const passage of quotes) {
      await expect(mark(passage)).rejects.toMatchObject({ code: 'not-found', details: {} })
    }
  })

  it('not in a layer that does not lie over the document', async () => {
    const unlisted = await aDocument(test.services, room.admin, { visibility: 'group' })
    const options = { documentId: unlisted.id, layerId }
    await test.database.db.document.update({
      where: { id: unlisted.id },
      data: { stewardId: room.reader.userId },
    })
    await expect(aThread(test.services, room.reader, options)).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await test.database.db.reading.create({ data: { groupId: room.group.id, documentId: unlisted.id } })
    await expect(aThread(test.services, room.reader, options)).resolves.toBeDefined()
  })

  it('no commentary in a discussion', async () => {
    const wanted = aThread(test.services, room.instructor, { ...here(), kind: 'commentary' })
    await expect(wanted).rejects.toMatchObject({ code: 'unprocessable' })
    const fitting = { documentId: document.id, layerId: commentaryId, kind: 'commentary' } as const
    await expect(aThread(test.services, room.instructor, fitting)).resolves.toBeDefined()
  })
})

describe('an id from the client', () => {
  it('answers the original when the same is sent again, at the same time too', async () => {
    const id = randomUUID()
    const make = () => aThread(test.services, room.reader, { ...here(), id, passages: [rangeOf('the wren')] })
    const made: ThreadWithReplies[] = await Promise.all([make(), make(), make()])
    made.push(await make())
    expect(new Set(made.map((thread) => JSON.stringify(thread))).size).toBe(1)
    expect(await test.database.db.passage.count({ where: { threadId: id } })).toBe(1)
    expect(await test.database.db.event.count({ where: { threadId: id } })).toBe(1)
  })

  it('is refused with another body, and to another person', async () => {
    const id = randomUUID()
    await aThread(test.services, room.reader, { ...here(), id, note: 'First.' })
    const other = aThread(test.services, room.reader, { ...here(), id, note: 'Second.' })
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
    const stolen = aThread(test.services, room.owner, { ...here(), id, note: 'First.' })
    await expect(stolen).rejects.toMatchObject({ code: 'conflict' })
  })
})
