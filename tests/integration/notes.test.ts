import { beforeAll, describe, expect, it } from 'vitest'
import type { DerivedNote } from '#domain/note/derived-note.ts'
import { parseWrittenText } from '#domain/note/written-text.ts'
import { type Actor, anonymous, operator } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { noGroup } from '#domain/wire/feed.ts'
import type { RoomEvent } from '#server/services/contracts/feed.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread, type ThreadOptions } from '#tests/factories/thread.ts'

let test: TestServices
let room: ReadingRoom
let document: Document
let layerId: string

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
  document = await aDocument(test.services, room.admin)
  layerId = layerOf(room.group, 'discussion').id
})

const write = async (options: Partial<ThreadOptions> = {}) =>
  (await aThread(test.services, room.reader, { documentId: document.id, layerId, ...options })).id

const codeOf = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    ({ code }) => code,
  )

describe('entering the room of a note', () => {
  const access = (who: Actor, id: string) => {
    const answer = test.services.notes.access(who, id)
    return answer.then(
      ({ whyNot }) => (whyNot === null ? 'write' : 'read'),
      ({ code }) => code,
    )
  }

  it('is reading for members, and writing for its author', async () => {
    const id = await write()
    expect(await test.services.notes.access(room.reader, id)).toEqual({ threadId: id, whyNot: null })
    for (const who of ['owner', 'instructor', 'observer'] as const) {
      expect(await access(room[who], id), who).toBe('read')
    }
    for (const who of [room.stranger, room.admin, operator]) expect(await access(who, id)).toBe('not-found')
    expect(await access(anonymous, id)).toBe('unauthenticated')
    expect(await access(room.reader, 'nothing')).toBe('not-found')
  })

  it('is writing for all who may write in the layer when the thread is co-written', async () => {
    const id = await write({ coWritten: true })
    expect(await access(room.owner, id)).toBe('write')
    expect(await access(room.observer, id)).toBe('read')
  })

  it('is for the author alone while it is a draft, co-written or not', async () => {
    const id = await write({ draft: true, coWritten: true })
    expect(await access(room.reader, id)).toBe('write')
    expect(await access(room.owner, id)).toBe('not-found')
  })

  it('is for nobody under a tombstone', async () => {
    const id = await write()
    await test.services.replies.create(room.owner, id, { body: 'An answer.' })
    await test.services.threads.delete(room.reader, id, null)
    for (const who of [room.reader, room.owner]) expect(await access(who, id)).toBe('not-found')
  })

  it('is asked for again whenever rights or state of its thread changed', async () => {
    const asked: string[] = []
    const end = test.services.feed.subscribeThreads((threadId) => asked.push(threadId))
    const id = await write({ draft: true })
    const { threads } = test.services
    await threads.post(room.reader, [id])
    await threads.change(room.reader, id, { coWritten: true }, null)
    await threads.delete(room.reader, id, null)
    await threads.restore(room.reader, id)
    await threads.change(room.reader, id, { tags: ['x'] }, null)
    end()
    expect(asked).toEqual([id, id, id, id])
  })
})

describe('entering a margin room', () => {
  const enter = (who: Actor, at: { documentId?: string; layerId?: string; groupId?: string } = {}) =>
    codeOf(
      test.services.notes.enterMargin(who, {
        documentId: document.id,
        layerId,
        groupId: room.group.id,
        ...at,
      }),
    )

  it('is for the members of its group', async () => {
    for (const who of ['owner', 'instructor', 'reader', 'observer'] as const) {
      expect(await enter(room[who]), who).toBe('done')
    }
    expect(await enter(room.stranger)).toBe('not-found')
    expect(await enter(room.admin)).toBe('not-found')
    expect(await enter(anonymous)).toBe('unauthenticated')
  })

  it('needs a document, a layer and a group that belong together', async () => {
    const secret = await aDocument(test.services, room.admin, { visibility: 'group' })
    const other = await aGroup(test.services, room.owner)
    expect(await enter(room.reader, { documentId: secret.id })).toBe('not-found')
    expect(await enter(room.reader, { documentId: 'nothing' })).toBe('not-found')
    expect(await enter(room.reader, { layerId: 'nothing' })).toBe('not-found')
    expect(await enter(room.owner, { groupId: other.id })).toBe('not-found')
    expect(await enter(room.owner, { groupId: noGroup })).toBe('not-found')
  })

  it('of a private layer is for its person alone, under no group', async () => {
    const own = await privateLayerOf(test.services, room.reader)
    expect(await enter(room.reader, { layerId: own, groupId: noGroup })).toBe('done')
    expect(await enter(room.reader, { layerId: own })).toBe('not-found')
    expect(await enter(room.owner, { layerId: own, groupId: noGroup })).toBe('not-found')
    expect(await enter(room.admin, { layerId: own, groupId: noGroup })).toBe('not-found')
  })

  it('of a published layer is for everyone', async () => {
    const { id } = layerOf(room.group, 'commentary')
    expect(await enter(anonymous, { layerId: id })).toBe('unauthenticated')
    await test.database.db.layer.update({ where: { id }, data: { read: 'public' } })
    expect(await enter(anonymous, { layerId: id })).toBe('done')
    expect(await enter(room.stranger, { layerId: id })).toBe('done')
  })
})

describe('what is derived from a note’s log', () => {
  const derived = (noteId: string, text: string, position: bigint): DerivedNote => ({
    noteId,
    text,
    json: parseWrittenText(text),
    position,
  })

  async function heardWhile(deed: () => Promise<void>): Promise<RoomEvent[]> {
    const heard: RoomEvent[] = []
    const end = test.services.feed.subscribe((events) => heard.push(...events))
    await deed()
    end()
    return heard
  }

  it('is shown, and told to the rooms, without a new version', async () => {
    const id = await write()
    const before = await test.services.threads.get(room.observer, id)
    test.advance(1_000)
    const heard = await heardWhile(() => test.services.notes.saveDerived([derived(id, 'Grown.', 1_000n)]))
    expect(heard).toMatchObject([{ kind: 'thread.changed', threadId: id, actorId: null }])
    const after = await test.services.threads.get(room.observer, id)
    expect(after).toMatchObject({ note: { text: 'Grown.' }, version: before.version })
    expect(after.updatedAt > before.updatedAt).toBe(true)
  })

  it('changes nothing when it is older than what is there, or when there is no such note', async () => {
    const id = await write()
    const { notes, threads } = test.services
    await notes.saveDerived([derived(id, 'Newer.', 1_001n)])
    const heard = await heardWhile(async () => {
      await notes.saveDerived([derived(id, 'Older.', 1_000n)])
      await notes.saveDerived([derived(id, 'Same place.', 1_001n)])
      await notes.saveDerived([derived('nothing', 'Lost.', 1n)])
    })
    expect(heard).toEqual([])
    expect((await threads.get(room.observer, id)).note?.text).toBe('Newer.')
  })

  it('is told to nobody when the words are the same, or the thread is a draft', async () => {
    const id = await write({ note: 'As it is.' })
    const draft = await write({ draft: true })
    const heard = await heardWhile(async () => {
      await test.services.notes.saveDerived([derived(id, 'As it is.', 1_002n)])
      await test.services.notes.saveDerived([derived(draft, 'Mine.', 1_002n)])
    })
    expect(heard).toEqual([])
    expect((await test.services.threads.get(room.reader, draft)).note?.text).toBe('Mine.')
  })
})

describe('the versions of a note', () => {
  it('from before it was posted are its author’s alone', async () => {
    const id = await write({ draft: true })
    const { db } = test.database
    const common = {
      noteId: id,
      state: new Uint8Array(),
      json: {},
      authorIds: [room.reader.userId],
      reason: '',
    }
    const [thread] = await test.services.threads.post(room.reader, [id])
    const posted = new Date(thread?.postedAt ?? '').getTime()
    await db.noteVersion.createMany({
      data: [
        { ...common, number: 1, text: 'Before.', createdAt: new Date(posted - 1) },
        { ...common, number: 2, text: 'After.', createdAt: new Date(posted + 1) },
      ],
    })
    const { notes } = test.services
    const textsFor = async (who: Actor) => (await notes.versions(who, id)).map(({ text }) => text)
    expect(await textsFor(room.reader)).toEqual(['Before.', 'After.'])
    expect(await textsFor(room.observer)).toEqual(['After.'])
    expect(await codeOf(notes.versions(room.stranger, id))).toBe('not-found')
    expect((await notes.versions(room.reader, id))[0]?.authors).toEqual([
      { id: room.reader.userId, name: room.reader.name },
    ])
  })
})

describe('restoring a version', () => {
  async function withVersions() {
    const id = await write({ draft: true, coWritten: true })
    const [thread] = await test.services.threads.post(room.reader, [id])
    const posted = new Date(thread?.postedAt ?? '').getTime()
    const common = { noteId: id, state: new Uint8Array(), authorIds: [], reason: 'session-ended' }
    const json = (text: string) => JSON.parse(JSON.stringify(parseWrittenText(text)))
    await test.database.db.noteVersion.createMany({
      data: [
        { ...common, number: 1, text: 'Before.', json: json('Before.'), createdAt: new Date(posted - 1) },
        { ...common, number: 2, text: 'After.', json: json('After.'), createdAt: new Date(posted + 1) },
      ],
    })
    return id
  }

  it('writes it in the note as whoever restores, whose writing it takes to be done', async () => {
    const id = await withVersions()
    const written: unknown[] = []
    const end = test.services.noteWriter.provide({
      replaceContent: async (note, json, author) => void written.push([note, json, author.userId]),
    })
    const { notes } = test.services
    expect(await notes.restoreVersion(room.owner, id, 2)).toMatchObject({ id })
    expect(written).toEqual([[{ noteId: id, threadId: id }, parseWrittenText('After.'), room.owner.userId]])
    expect(await codeOf(notes.restoreVersion(room.owner, id, 1))).toBe('not-found')
    expect(await codeOf(notes.restoreVersion(room.owner, id, 3))).toBe('not-found')
    expect(await codeOf(notes.restoreVersion(room.observer, id, 2))).toBe('forbidden')
    for (const who of [room.stranger, room.admin, operator]) {
      expect(await codeOf(notes.restoreVersion(who, id, 2))).toBe('not-found')
    }
    expect(await codeOf(notes.restoreVersion(anonymous, id, 2))).toBe('unauthenticated')
    expect(written).toHaveLength(1)
    expect(await codeOf(notes.restoreVersion(room.reader, id, 1))).toBe('done')
    end()
  })

  it('needs a server that serves the note', async () => {
    const id = await withVersions()
    expect(await codeOf(test.services.notes.restoreVersion(room.reader, id, 2))).toBe('unavailable')
  })
})
