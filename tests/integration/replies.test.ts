import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { NewReply } from '#domain/wire/thread.ts'
import type { RoomEvent } from '#server/services/contracts/feed.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { aPerson, asNow, privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

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

const newThread = async (author = room.reader, layer = layerId) =>
  (await aThread(test.services, author, { documentId: document.id, layerId: layer })).id

const reply = (author: Person, threadId: string, wanted: Partial<NewReply> = {}) =>
  test.services.replies.create(author, threadId, { body: 'An answer.', ...wanted })

const repliesSeenBy = async (who: Person, threadId: string) =>
  (await test.services.threads.get(who, threadId)).replies.map(({ text }) => text)

const codeOf = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    ({ code }) => code,
  )

describe('a reply', () => {
  it('goes to the only group it can go to', async () => {
    const threadId = await newThread()
    const made = await reply(room.owner, threadId, { body: 'One.\n\nTwo.' })
    expect(made).toMatchObject({ groupId: room.group.id, text: 'One.\n\nTwo.', version: 1, editedAt: null })
    expect(await repliesSeenBy(room.observer, threadId)).toEqual(['One.\n\nTwo.'])
    expect((await test.services.threads.get(room.observer, threadId)).replyCount).toBe(1)
  })

  it('is for those who may', async () => {
    const threadId = await newThread()
    const outcomes = [
      ['owner', 'done'],
      ['instructor', 'done'],
      ['reader', 'done'],
      ['observer', 'forbidden'],
      ['stranger', 'not-found'],
      ['admin', 'not-found'],
    ] as const
    for (const [who, outcome] of outcomes) {
      expect(await codeOf(reply(room[who], threadId)), who).toBe(outcome)
    }
    expect(await codeOf(test.services.replies.create(anonymous, threadId, { body: 'x' }))).toBe(
      'unauthenticated',
    )
  })

  it('under a commentary is for readers too', async () => {
    const { id } = layerOf(room.group, 'commentary')
    const threadId = await newThread(room.instructor, id)
    expect(await codeOf(reply(room.reader, threadId))).toBe('done')
    expect(await codeOf(reply(room.observer, threadId))).toBe('forbidden')
  })

  it('in a private layer has no group', async () => {
    const threadId = await newThread(room.reader, await privateLayerOf(test.services, room.reader))
    expect(await reply(room.reader, threadId)).toMatchObject({ groupId: null })
    expect(await codeOf(reply(room.reader, threadId, { groupId: room.group.id }))).toBe('unprocessable')
    expect(await codeOf(reply(room.owner, threadId))).toBe('not-found')
  })

  it('is refused in a draft, in a locked thread, without words, and with what notes cannot hold', async () => {
    const draft = await aThread(test.services, room.reader, { documentId: document.id, layerId, draft: true })
    expect(await codeOf(reply(room.reader, draft.id))).toBe('forbidden')
    const threadId = await newThread()
    expect(await codeOf(reply(room.reader, threadId, { body: ' \n ' }))).toBe('unprocessable')
    const image = { type: 'doc' as const, content: [{ type: 'image' }] }
    expect(await codeOf(reply(room.reader, threadId, { body: image }))).toBe('unprocessable')
    await test.database.db.thread.update({ where: { id: threadId }, data: { locked: true } })
    await expect(reply(room.reader, threadId)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This thread is locked.',
    })
  })

  it('sent again with its id answers the original, and with other words is refused', async () => {
    const threadId = await newThread()
    const id = randomUUID()
    const made = await Promise.all([1, 2, 3].map(() => reply(room.owner, threadId, { id })))
    expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(await repliesSeenBy(room.owner, threadId)).toHaveLength(1)
    expect(await codeOf(reply(room.owner, threadId, { id, body: 'Other.' }))).toBe('conflict')
    expect(await codeOf(reply(room.reader, threadId, { id }))).toBe('conflict')
    expect(await codeOf(reply(room.owner, await newThread(), { id }))).toBe('conflict')
  })
})

describe('editing a reply', () => {
  it('keeps every wording it had', async () => {
    const threadId = await newThread()
    const { id } = await reply(room.owner, threadId, { body: 'First.' })
    const { replies } = test.services
    await replies.change(room.owner, id, { body: 'Second.' }, 1)
    const changed = await replies.change(room.owner, id, { body: 'Third.' }, null)
    expect(changed).toMatchObject({ text: 'Third.', version: 3, editedAt: expect.any(String) })
    const history = await replies.history(room.observer, id)
    expect(history.map(({ text }) => text)).toEqual(['First.', 'Second.'])
    expect(await codeOf(replies.change(room.owner, id, { body: 'Late.' }, 2))).toBe('stale')
  })

  it('is for its author alone', async () => {
    const threadId = await newThread()
    const { id } = await reply(room.reader, threadId)
    const { replies } = test.services
    for (const who of [room.owner, room.instructor]) {
      expect(await codeOf(replies.change(who, id, { body: 'x' }, null))).toBe('forbidden')
      expect(await codeOf(replies.delete(who, id, null))).toBe('forbidden')
      expect(await codeOf(replies.restore(who, id))).toBe('forbidden')
    }
    expect(await codeOf(replies.change(room.stranger, id, { body: 'x' }, null))).toBe('not-found')
    expect(await codeOf(replies.history(room.stranger, id))).toBe('not-found')
    expect(await codeOf(replies.history(anonymous, id))).toBe('unauthenticated')
  })
})

describe('deleting a reply', () => {
  it('leaves a place without words, that its author may fill again', async () => {
    const threadId = await newThread()
    const { id } = await reply(room.owner, threadId, { body: 'Regretted.' })
    const { replies, threads } = test.services
    await replies.change(room.owner, id, { body: 'Still regretted.' }, null)
    await replies.delete(room.owner, id, null)
    const shown = await threads.get(room.reader, threadId)
    expect(shown).toMatchObject({
      replyCount: 0,
      replies: [{ id, body: null, text: '', deletedAt: expect.any(String) }],
    })
    expect(await replies.history(room.reader, id)).toEqual([])
    expect(await codeOf(replies.change(room.owner, id, { body: 'x' }, null))).toBe('conflict')
    expect(await replies.restore(room.owner, id)).toMatchObject({ text: 'Still regretted.', deletedAt: null })
    expect(await repliesSeenBy(room.reader, threadId)).toEqual(['Still regretted.'])
  })

  it('is its author’s right in a locked thread too, and so is bringing it back, though rewording is not', async () => {
    const threadId = await newThread()
    const { id } = await reply(room.reader, threadId)
    const { replies } = test.services
    await test.database.db.thread.update({ where: { id: threadId }, data: { locked: true } })
    expect(await codeOf(replies.change(room.reader, id, { body: 'x' }, null))).toBe('forbidden')
    expect(await codeOf(replies.delete(room.owner, id, null))).toBe('forbidden')
    expect(await codeOf(replies.delete(room.reader, id, null))).toBe('done')
    expect(await replies.restore(room.reader, id)).toMatchObject({ text: 'An answer.', deletedAt: null })
  })

  it('under a tombstone takes the tombstone away with the last, until it is brought back', async () => {
    const threadId = await newThread()
    const { id } = await reply(room.owner, threadId)
    const { replies, threads } = test.services
    await threads.delete(room.reader, threadId, null)
    expect(await codeOf(replies.change(room.owner, id, { body: 'x' }, null))).toBe('forbidden')
    expect(await codeOf(replies.delete(room.owner, id, null))).toBe('done')
    expect(await codeOf(threads.get(room.reader, threadId))).toBe('not-found')
    expect(await codeOf(replies.restore(room.reader, id))).toBe('not-found')
    expect(await replies.restore(room.owner, id)).toMatchObject({ text: 'An answer.' })
    expect(await threads.get(room.reader, threadId)).toMatchObject({ state: 'deleted', replyCount: 1 })
  })

  it('is possible as long as one may read the thread, and no longer', async () => {
    const { groups, replies } = test.services
    const observer = await aPerson(test.services)
    const gone = await aPerson(test.services)
    const threadId = await newThread()
    const made = []
    for (const who of [observer, gone]) {
      await groups.addMember(room.owner, room.group.id, { email: who.email, role: 'reader' })
      made.push(await reply(await asNow(test.services, who), threadId))
    }
    const [first, second] = made
    await groups.changeMember(room.owner, room.group.id, observer.userId, { role: 'observer' })
    await groups.removeMember(room.owner, room.group.id, gone.userId)
    const remove = async (who: Person, id = '') =>
      codeOf(replies.delete(await asNow(test.services, who), id, null))
    expect(await remove(observer, first?.id)).toBe('done')
    expect(await remove(gone, second?.id)).toBe('not-found')
  })

  it('twice changes nothing more', async () => {
    const { id } = await reply(room.owner, await newThread())
    await test.services.replies.delete(room.owner, id, 1)
    await test.services.replies.delete(room.owner, id, null)
    expect(await test.database.db.event.count({ where: { replyId: id } })).toBe(2)
  })
})

describe('one layer over two groups', () => {
  let ann: Person
  let bob: Person
  let both: Person
  let groups: { a: string; b: string }
  let shared: string

  beforeAll(async () => {
    const { services, database } = test
    const people = [await aPerson(services), await aPerson(services), await aPerson(services)] as const
    const a = await aGroup(services, people[0], { name: 'A', members: [[people[2], 'reader']] })
    const b = await aGroup(services, people[1], { name: 'B', members: [[people[2], 'reader']] })
    groups = { a: a.id, b: b.id }
    shared = layerOf(a, 'discussion').id
    await database.db.layerGroup.create({ data: { layerId: shared, groupId: b.id } })
    ann = await asNow(services, people[0])
    bob = await asNow(services, people[1])
    both = await asNow(services, people[2])
  })

  const list = (who: Person, group?: string) =>
    test.services.threads.list(who, document.id, { layer: shared, limit: 100, ...(group && { group }) })

  it('shares threads, and keeps replies in the group they were said in', async () => {
    const threadId = await newThread(ann, shared)
    await reply(ann, threadId, { body: 'Among A.' })
    await reply(bob, threadId, { body: 'Among B.' })
    expect(await repliesSeenBy(ann, threadId)).toEqual(['Among A.'])
    expect(await repliesSeenBy(bob, threadId)).toEqual(['Among B.'])
    expect(await repliesSeenBy(both, threadId)).toEqual(['Among A.', 'Among B.'])
    const textsIn = async (group: string) =>
      (await list(both, group)).items
        .filter(({ id }) => id === threadId)
        .flatMap(({ replies }) => replies.map(({ text }) => text))
    expect(await textsIn(groups.a)).toEqual(['Among A.'])
    expect(await textsIn(groups.b)).toEqual(['Among B.'])
  })

  it('tells a member of both, in each room, of what was said there alone', async () => {
    const threadId = await newThread(ann, shared)
    await reply(ann, threadId, { body: 'Among A.' })
    await reply(bob, threadId, { body: 'Among B.' })
    const heard: RoomEvent[] = []
    const end = test.services.feed.subscribe((events) => heard.push(...events))
    await test.services.threads.change(ann, threadId, { tags: ['x'] }, null)
    end()
    const shown = await Promise.all(heard.map((event) => test.services.threads.presentEvent(both, event)))
    const texts = shown.map((event) =>
      event && 'thread' in event ? event.thread.replies.map(({ text }) => text) : null,
    )
    const inRoom = (group: string) => texts[heard.findIndex(({ room: { groupId } }) => groupId === group)]
    expect(heard).toHaveLength(2)
    expect(inRoom(groups.a)).toEqual(['Among A.'])
    expect(inRoom(groups.b)).toEqual(['Among B.'])
  })

  it('asks a member of both which group a reply goes to', async () => {
    const threadId = await newThread(ann, shared)
    expect(await codeOf(reply(both, threadId))).toBe('unprocessable')
    expect(await reply(both, threadId, { groupId: groups.b })).toMatchObject({ groupId: groups.b })
    expect(await repliesSeenBy(ann, threadId)).toEqual([])
    expect(await codeOf(reply(ann, threadId, { groupId: groups.b }))).toBe('forbidden')
    expect(await codeOf(reply(ann, threadId, { groupId: room.group.id }))).toBe('unprocessable')
  })

  it('shows a reply of one group to the other through no door', async () => {
    const threadId = await newThread(ann, shared)
    const { id } = await reply(bob, threadId, { body: 'Among B.' })
    const { replies } = test.services
    expect(await codeOf(replies.history(ann, id))).toBe('not-found')
    expect(await codeOf(replies.change(ann, id, { body: 'x' }, null))).toBe('not-found')
    expect((await test.services.threads.get(ann, threadId)).replyCount).toBe(0)
    expect(await codeOf(list(ann, groups.b))).toBe('not-found')
  })

  it('counts each group’s room apart', async () => {
    const before = { a: (await list(ann)).seq ?? 0, b: (await list(bob)).seq ?? 0 }
    const threadId = await newThread(ann, shared)
    await reply(ann, threadId)
    expect((await list(ann)).seq).toBe(before.a + 2)
    expect((await list(bob)).seq).toBe(before.b + 1)
    expect((await list(both)).seq).toBeNull()
    const since = { layer: shared, since: 0, limit: 10 }
    const asked = test.services.threads.list(both, document.id, since)
    expect(await codeOf(asked)).toBe('unprocessable')
  })

  it('leaves a tombstone only where there are replies to be seen', async () => {
    const threadId = await newThread(ann, shared)
    await reply(bob, threadId)
    await test.services.threads.delete(ann, threadId, null)
    expect(await codeOf(test.services.threads.get(ann, threadId))).toBe('not-found')
    expect((await test.services.threads.get(bob, threadId)).state).toBe('deleted')
    const idsIn = async (who: Person, group: string) => (await list(who, group)).items.map(({ id }) => id)
    expect(await idsIn(both, groups.a)).not.toContain(threadId)
    expect(await idsIn(both, groups.b)).toContain(threadId)
  })
})
