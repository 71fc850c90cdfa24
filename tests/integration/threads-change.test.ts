import { beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { ThreadChange } from '#domain/wire/thread.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
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

const write = (options: Partial<ThreadOptions> = {}, author = room.reader) =>
  aThread(test.services, author, { documentId: document.id, layerId, ...options })

const change = (actor: Person, id: string, wanted: ThreadChange, ifMatch: number | null = null) =>
  test.services.threads.change(actor, id, wanted, ifMatch)

const codeOf = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    ({ code }) => code,
  )

describe('changing a thread', () => {
  const rights = [
    ['what it is', { kind: 'question' }, { reader: 'done', owner: 'forbidden', instructor: 'forbidden' }],
    ['co-writing', { coWritten: true }, { reader: 'done', owner: 'forbidden', instructor: 'forbidden' }],
    ['its passages', { passages: [] }, { reader: 'done', owner: 'forbidden', instructor: 'forbidden' }],
    ['its tags', { tags: ['x'] }, { reader: 'done', owner: 'done', instructor: 'done' }],
    ['its pin', { pinned: true }, { reader: 'forbidden', owner: 'done', instructor: 'done' }],
  ] as const
  it.each(rights)('%s is for those who may', async (_, wanted, outcomes) => {
    const { id } = await write()
    const tried: ThreadChange =
      'tags' in wanted ? { tags: [...wanted.tags] } : 'passages' in wanted ? { passages: [] } : wanted
    for (const who of ['reader', 'owner', 'instructor'] as const) {
      expect(await codeOf(change(room[who], id, tried)), who).toBe(outcomes[who])
    }
    expect(await codeOf(change(room.observer, id, tried))).toBe('forbidden')
    expect(await codeOf(change(room.stranger, id, tried))).toBe('not-found')
  })

  it('does none of it when one of it is not allowed', async () => {
    const { id } = await write()
    expect(await codeOf(change(room.reader, id, { tags: ['x'], pinned: true }))).toBe('forbidden')
    expect((await test.services.threads.get(room.reader, id)).tags).toEqual([])
  })

  it('counts the version up, and refuses one who saw an older version', async () => {
    const made = await write()
    const changed = await change(room.reader, made.id, { tags: ['x'] }, made.version)
    expect(changed.version).toBe(made.version + 1)
    expect(await codeOf(change(room.reader, made.id, { tags: ['y'] }, made.version))).toBe('stale')
    expect(await codeOf(test.services.threads.delete(room.reader, made.id, made.version))).toBe('stale')
  })

  it('lets one of several win who all saw the same version', async () => {
    const { id, version } = await write()
    const tries = ['a', 'b', 'c', 'd'].map((tag) => codeOf(change(room.reader, id, { tags: [tag] }, version)))
    expect((await Promise.all(tries)).sort()).toEqual(['done', 'stale', 'stale', 'stale'])
  })

  it('asked for nothing changes nothing', async () => {
    const made = await write()
    expect((await change(room.reader, made.id, {})).version).toBe(made.version)
  })

  it('is not for a locked thread, but for its moderators’ order', async () => {
    const { id } = await write()
    await test.database.db.thread.update({ where: { id }, data: { locked: true } })
    expect(await codeOf(change(room.reader, id, { kind: 'question' }))).toBe('forbidden')
    expect(await codeOf(change(room.instructor, id, { tags: ['x'] }))).toBe('done')
  })

  it('makes no commentary in a discussion, and leaves a dispute a dispute', async () => {
    const { id } = await write()
    expect(await codeOf(change(room.reader, id, { kind: 'commentary' }))).toBe('unprocessable')
    await test.database.db.thread.update({ where: { id }, data: { kind: 'dispute' } })
    expect(await codeOf(change(room.reader, id, { kind: 'note' }))).toBe('conflict')
  })
})

describe('marking anew', () => {
  it('keeps what is kept, in the new order, and the words that were replaced', async () => {
    const passages = [
      { start: 0, end: 5 },
      { start: 10, end: 15 },
    ]
    const made = await write({ passages })
    const [first, second] = made.passages
    if (!first || !second) throw new Error('no passages')
    const changed = await change(room.reader, made.id, {
      passages: [{ id: second.id }, { start: 20, end: 25 }],
    })
    expect(changed.passages).toMatchObject([
      { id: second.id, start: 10 },
      { start: 20, end: 25 },
    ])
    const replaced = await test.database.db.passage.findUniqueOrThrow({ where: { id: first.id } })
    expect(replaced).toMatchObject({ start: 0, end: 5, replacedAt: expect.any(Date) })
  })

  it('keeps no passage of another thread, and none twice', async () => {
    const [one, other] = [
      await write({ passages: [{ start: 0, end: 5 }] }),
      await write({ passages: [{ start: 0, end: 5 }] }),
    ]
    const [own, theirs] = [one.passages[0]?.id ?? '', other.passages[0]?.id ?? '']
    expect(await codeOf(change(room.reader, one.id, { passages: [{ id: theirs }] }))).toBe('unprocessable')
    const twice = { passages: [{ id: own }, { id: own }] }
    expect(await codeOf(change(room.reader, one.id, twice))).toBe('unprocessable')
  })

  it('asks no text about words for one who may not mark', async () => {
    const { id } = await write()
    const quote = { passages: [{ exact: 'no such words' }] }
    expect(await codeOf(change(room.owner, id, quote))).toBe('forbidden')
    expect(await codeOf(change(room.stranger, id, quote))).toBe('not-found')
  })
})

describe('resolving', () => {
  it('keeps who resolved and reopened, when and why', async () => {
    const { id } = await write()
    const { threads } = test.services
    await threads.setStatus(room.instructor, id, { status: 'resolved', reason: 'Answered.' })
    const reopened = await threads.setStatus(room.reader, id, { status: 'open', reason: 'Not quite.' })
    expect(reopened).toMatchObject({
      status: 'open',
      lastStatusChange: { status: 'open', reason: 'Not quite.', by: { id: room.reader.userId } },
      statusHistory: [{ status: 'resolved', by: { name: room.instructor.name } }, { status: 'open' }],
    })
  })

  it('what is resolved changes nothing', async () => {
    const { id } = await write()
    const { threads } = test.services
    const once = await threads.setStatus(room.reader, id, { status: 'resolved', reason: 'a' })
    const twice = await threads.setStatus(room.owner, id, { status: 'resolved', reason: 'b' })
    expect(twice).toMatchObject({ version: once.version, statusHistory: [{ reason: 'a' }] })
  })

  it('is for its author and moderators', async () => {
    const { id } = await write({}, room.owner)
    const resolve = (who: Person) =>
      codeOf(test.services.threads.setStatus(who, id, { status: 'resolved', reason: '' }))
    expect(await resolve(room.reader)).toBe('forbidden')
    expect(await resolve(room.observer)).toBe('forbidden')
    expect(await resolve(room.stranger)).toBe('not-found')
    expect(await resolve(room.instructor)).toBe('done')
  })
})

describe('deleting a thread', () => {
  it('without replies leaves nothing to see', async () => {
    const { id } = await write()
    await test.services.threads.delete(room.reader, id, null)
    for (const who of [room.reader, room.owner]) {
      expect(await codeOf(test.services.threads.get(who, id))).toBe('not-found')
    }
  })

  it('with replies leaves a tombstone: the replies and the passages, not the note', async () => {
    const { id } = await write({ passages: [{ start: 0, end: 5 }], tags: ['secret'], note: 'Regretted.' })
    await test.services.replies.create(room.owner, id, { body: 'An answer.' })
    await test.services.threads.delete(room.reader, id, null)
    const tombstone = await test.services.threads.get(room.observer, id)
    expect(tombstone).toMatchObject({
      state: 'deleted',
      note: null,
      tags: [],
      passages: [{ start: 0 }],
      replies: [{ text: 'An answer.' }],
      may: { write: false, change: false, organize: false, reply: false },
    })
    expect(JSON.stringify(tombstone)).not.toContain('Regretted')
    const tried = [
      change(room.reader, id, { tags: ['x'] }),
      test.services.threads.setStatus(room.reader, id, { status: 'resolved', reason: '' }),
      test.services.threads.post(room.reader, [id]),
      test.services.replies.create(room.owner, id, { body: 'More.' }),
    ]
    expect(await Promise.all(tried.map(codeOf))).toEqual(tried.map(() => 'conflict'))
  })

  it('is for its author alone', async () => {
    const { id } = await write()
    for (const who of [room.owner, room.instructor, room.observer]) {
      expect(await codeOf(test.services.threads.delete(who, id, null))).toBe('forbidden')
    }
    expect(await codeOf(test.services.threads.delete(room.stranger, id, null))).toBe('not-found')
  })

  it('can be taken back by its author, and everything is as it was', async () => {
    const made = await write({ passages: [{ start: 0, end: 5 }], tags: ['x'] })
    await test.services.replies.create(room.owner, made.id, { body: 'An answer.' })
    const before = await test.services.threads.get(room.reader, made.id)
    await test.services.threads.delete(room.reader, made.id, null)
    expect(await codeOf(test.services.threads.restore(room.owner, made.id))).toBe('forbidden')
    const { version, updatedAt, ...after } = await test.services.threads.restore(room.reader, made.id)
    expect({ ...before, ...after }).toEqual(before)
    expect(version).toBe(before.version + 2)
    expect(updatedAt >= before.updatedAt).toBe(true)
    expect((await test.services.threads.restore(room.reader, made.id)).version).toBe(version)
  })

  it('and taking it back tells nobody else that it was there', async () => {
    const { id } = await write()
    await test.services.threads.delete(room.reader, id, null)
    expect(await codeOf(test.services.threads.restore(room.owner, id))).toBe('not-found')
    expect((await test.services.threads.restore(room.reader, id)).state).toBe('posted')
  })

  it('leaves a deleted draft unknown to all, and brings it back as a draft', async () => {
    const { id } = await write({ draft: true })
    await test.services.threads.delete(room.reader, id, null)
    expect(await codeOf(test.services.threads.restore(room.owner, id))).toBe('not-found')
    expect((await test.services.threads.restore(room.reader, id)).state).toBe('draft')
    expect(await codeOf(test.services.threads.get(room.owner, id))).toBe('not-found')
  })
})

describe('posting drafts', () => {
  it('releases all of them together', async () => {
    const ids = [(await write({ draft: true })).id, (await write({ draft: true })).id]
    const posted = await test.services.threads.post(room.reader, ids)
    expect(posted.map(({ id, state }) => [id, state])).toEqual(ids.map((id) => [id, 'posted']))
    expect(posted[0]?.postedAt).not.toBeNull()
    expect(await codeOf(test.services.threads.get(room.observer, ids[1] ?? ''))).toBe('done')
  })

  it('releases none when one of them is not there, or not one’s own', async () => {
    const own = await write({ draft: true })
    const theirs = await write({ draft: true }, room.owner)
    const posted = await write({}, room.owner)
    const tried = [
      [[own.id, theirs.id], 'not-found'],
      [[own.id, 'nothing'], 'not-found'],
      [[own.id, posted.id], 'forbidden'],
    ] as const
    for (const [ids, code] of tried) {
      expect(await codeOf(test.services.threads.post(room.reader, ids))).toBe(code)
      expect((await test.services.threads.get(room.reader, own.id)).state).toBe('draft')
    }
  })

  it('may be asked for again', async () => {
    const { id } = await write({ draft: true })
    const [once] = await test.services.threads.post(room.reader, [id])
    const [twice] = await test.services.threads.post(room.reader, [id, id])
    expect(twice).toEqual(once)
  })
})
