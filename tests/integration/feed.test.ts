import { beforeAll, describe, expect, it } from 'vitest'
import { applyFeedEvent, catchUp, fromLists, type RoomThreads } from '#components/client/room-threads.ts'
import type { Actor } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { ThreadList } from '#domain/wire/thread.ts'
import type { RoomEvent } from '#server/services/contracts/feed.ts'
import { aCopyOf } from '#tests/factories/copied-document.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
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

const write = async (document: Document, options: Partial<ThreadOptions> = {}, author = room.reader) =>
  (await aThread(test.services, author, { documentId: document.id, layerId, ...options })).id

/** Hears what the feed carries of one document, from now on. */
function listen(document: Document) {
  const heard: RoomEvent[] = []
  const end = test.services.feed.subscribe((events) => {
    heard.push(...events.filter((event) => event.room.documentId === document.id))
  })
  return { heard, end }
}

describe('the count of a room', () => {
  it('goes up by one for each of many who write at once, without gaps, and is carried in order', async () => {
    const document = await newDocument()
    const { heard, end } = listen(document)
    const authors = [room.reader, room.owner, room.instructor]
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => write(document, {}, authors[index % 3] ?? room.reader)),
    )
    end()
    const expected = Array.from({ length: 50 }, (_, index) => index + 1)
    const where = { documentId: document.id, layerId, groupId: room.group.id }
    const rows = await test.database.db.roomEvent.findMany({ where, orderBy: { seq: 'asc' } })
    expect(rows.map(({ seq }) => seq)).toEqual(expected)
    expect(heard.map(({ seq }) => seq)).toEqual(expected)
    expect(new Set(heard.map(({ threadId }) => threadId)).size).toBe(50)
    expect(new Set(heard.map(({ epoch }) => epoch)).size).toBe(1)
  })

  it('does not move for what failed', async () => {
    const document = await newDocument()
    await write(document)
    const { heard, end } = listen(document)
    await expect(
      test.services.threads.post(room.reader, [await write(document, { draft: true }), 'nothing']),
    ).rejects.toThrow()
    await write(document)
    end()
    expect(heard.map(({ seq }) => seq)).toEqual([2])
  })

  it('is one for each document that the passages lie in', async () => {
    const [one, other] = [await newDocument(), await newDocument()]
    const ears = [listen(one), listen(other)] as const
    const id = await write(one, { passages: [{ documentId: other.id, start: 0, end: 5 }] })
    for (const { heard, end } of ears) {
      end()
      expect(heard).toMatchObject([{ kind: 'thread.posted', threadId: id, seq: 1 }])
    }
  })
})

/** What a client holds of the room, with deleted replies left out: a feed takes them away, a list shows their place. */
const stateOf = (threads: RoomThreads['threads']) =>
  Object.fromEntries(
    [...threads]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, thread]) => [
        id,
        { ...thread, replies: thread.replies.filter(({ deletedAt }) => deletedAt === null) },
      ]),
  )

async function listAll(document: Document, since?: number): Promise<ThreadList[]> {
  const query = { layer: layerId, limit: 7, ...(since !== undefined && { since }) }
  const pages = [await test.services.threads.list(room.observer, document.id, query)]
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await test.services.threads.list(room.observer, document.id, { ...query, cursor: next }))
  }
  return pages
}

describe('while others write', () => {
  /** Writes, answers, settles, marks anew, deletes and brings back, as the numbers say. */
  async function writeMuch(document: Document, other: Document, numbers: readonly number[]) {
    const { threads, replies } = test.services
    const made: string[] = []
    const answers: string[] = []
    const act = async (number: number) => {
      const id = made[number % Math.max(1, made.length)]
      const answer = answers[number % Math.max(1, answers.length)]
      const deed = number % 10
      const place = { start: number % 90, end: (number % 90) + 5 }
      if (!id || deed === 0) made.push(await write(document, { passages: [place] }))
      else if (deed === 1) await threads.change(room.reader, id, { tags: [`${number}`] }, null)
      else if (deed === 2) await threads.setStatus(room.reader, id, { status: 'resolved', reason: '' })
      else if (deed === 3 || !answer) {
        answers.push((await replies.create(room.owner, id, { body: `${number}` })).id)
      } else if (deed === 4) await replies.change(room.owner, answer, { body: `${number}!` }, null)
      else if (deed === 5) await replies.delete(room.owner, answer, null)
      else if (deed === 6) await replies.restore(room.owner, answer)
      else if (deed === 7) await threads.delete(room.reader, id, null)
      else if (deed === 8) await threads.restore(room.reader, id)
      else {
        const passages = [{ ...place, documentId: number % 4 === 1 ? document.id : other.id }]
        await threads.change(room.reader, id, { passages }, null)
      }
    }
    for (const number of numbers) await act(number).catch(refused)
  }

  const everyDeed = [
    'appear',
    'reply.changed',
    'reply.deleted',
    'reply.posted',
    'thread.changed',
    'thread.deleted',
    'thread.posted',
  ]

  const refused = ({ code }: { code: string }) => {
    if (!['conflict', 'not-found', 'forbidden'].includes(code)) throw new Error(`refused with ${code}`)
  }

  /** Numbers that look random and are the same in each run. */
  const numbersFrom = (seed: number, count: number) => {
    let state = seed
    return Array.from({ length: count }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state >> 8
    })
  }

  it('who asks what changed, and who listens, end with exactly what the server has', async () => {
    const [document, other] = [await newDocument(), await newDocument()]
    let polling = fromLists(await listAll(document))
    let listening: RoomThreads | null = polling
    let presented = Promise.resolve()
    const end = test.services.feed.subscribe((events) => {
      for (const event of events.filter(({ room: { documentId } }) => documentId === document.id)) {
        presented = presented.then(async () => {
          const heard = await test.services.threads.presentEvent(room.observer, event)
          if (heard && listening) listening = applyFeedEvent(listening, heard)
        })
      }
    })
    let isWriting = true
    const writing = Promise.all(
      // Half of the writers are at home in the other document, so that whole threads come and go with their passages.
      [1, 2, 3, 4].map((seed) =>
        seed % 2
          ? writeMuch(document, other, numbersFrom(seed, 60))
          : writeMuch(other, document, numbersFrom(seed, 60)),
      ),
    ).finally(() => {
      isWriting = false
    })
    const poll = async () => {
      const next = catchUp(polling, await listAll(document, polling.seq ?? 0))
      if (!next) throw new Error('the room began anew')
      polling = next
    }
    while (isWriting) await poll()
    await writing
    await poll()
    await presented
    end()

    const server = stateOf(fromLists(await listAll(document)).threads)
    const { db } = test.database
    const deeds = await db.event.groupBy({ by: ['kind'], where: { documentId: document.id }, _count: true })
    expect(deeds.map(({ kind }) => kind).sort()).toEqual(everyDeed)
    expect(Object.keys(server).length).toBeGreaterThan(5)
    expect(stateOf(polling.threads)).toEqual(server)
    expect(listening && stateOf(listening.threads)).toEqual(server)
  }, 120_000)
})

describe('what a recipient hears', () => {
  const present = (who: Actor, event: RoomEvent) => test.services.threads.presentEvent(who, event)

  async function eventOf(document: Document, deed: () => Promise<unknown>): Promise<RoomEvent> {
    const { heard, end } = listen(document)
    await deed()
    end()
    const [event] = heard
    if (!event) throw new Error('nothing was carried')
    return event
  }

  it('is the thread as they may see it, with what they may do', async () => {
    const document = await newDocument()
    const event = await eventOf(document, () => write(document))
    const heard = await Promise.all([room.reader, room.observer].map((who) => present(who, event)))
    expect(heard).toMatchObject([
      { kind: 'thread.posted', seq: event.seq, thread: { may: { write: true } } },
      { kind: 'thread.posted', epoch: event.epoch, thread: { may: { write: false } } },
    ])
    for (const who of [room.stranger, room.admin]) expect(await present(who, event)).toBeNull()
  })

  it('is a posted draft as a posted thread', async () => {
    const document = await newDocument()
    const id = await write(document, { draft: true })
    const event = await eventOf(document, () => test.services.threads.post(room.reader, [id]))
    expect(await present(room.observer, event)).toMatchObject({ kind: 'thread.posted', thread: { id } })
  })

  it('is the end of a thread, or its tombstone where replies are left', async () => {
    const document = await newDocument()
    const { threads, replies } = test.services
    const bare = await write(document)
    const gone = await eventOf(document, () => threads.delete(room.reader, bare, null))
    expect(await present(room.observer, gone)).toMatchObject({ kind: 'thread.deleted', threadId: bare })
    expect(await present(room.stranger, gone)).toBeNull()
    const answered = await write(document)
    await replies.create(room.owner, answered, { body: 'An answer.' })
    const left = await eventOf(document, () => threads.delete(room.reader, answered, null))
    expect(await present(room.observer, left)).toMatchObject({
      kind: 'thread.changed',
      thread: { id: answered, state: 'deleted', note: null },
    })
    const back = await eventOf(document, () => threads.restore(room.reader, answered))
    expect(await present(room.observer, back)).toMatchObject({ kind: 'appear', thread: { state: 'posted' } })
  })

  it('is a reply, its change and its end', async () => {
    const document = await newDocument()
    const { replies } = test.services
    const threadId = await write(document)
    let id = ''
    const deeds: [FeedEvent['kind'], () => Promise<unknown>][] = [
      [
        'reply.posted',
        async () => {
          id = (await replies.create(room.owner, threadId, { body: 'One.' })).id
        },
      ],
      ['reply.changed', () => replies.change(room.owner, id, { body: 'Two.' }, null)],
      ['reply.deleted', () => replies.delete(room.owner, id, null)],
      ['reply.changed', () => replies.restore(room.owner, id)],
    ]
    for (const [kind, deed] of deeds) {
      const event = await eventOf(document, deed)
      const heard = await present(room.observer, event)
      expect(heard).toMatchObject(
        kind === 'reply.deleted' ? { kind, threadId, replyId: id } : { kind, threadId, reply: { id } },
      )
      expect(await present(room.stranger, event)).toBeNull()
    }
  })

  it('is that a thread was hidden, and nothing of what happens to it then', async () => {
    const document = await newDocument()
    const id = await write(document)
    const event = await eventOf(document, () =>
      test.services.threads.change(room.reader, id, { tags: ['x'] }, null),
    )
    await test.database.db.thread.update({ where: { id }, data: { hidden: true } })
    const hiding: RoomEvent = { ...event, kind: 'vanish' }
    expect(await present(room.observer, hiding)).toMatchObject({ kind: 'vanish', threadId: id })
    expect(await present(room.instructor, hiding)).toMatchObject({ kind: 'thread.changed' })
    expect(await present(room.stranger, hiding)).toBeNull()
    expect(await present(room.observer, { ...event })).toBeNull()
  })

  it('is that a thread left the document', async () => {
    const [home, here] = [await newDocument(), await newDocument()]
    const id = await write(home, { passages: [{ documentId: here.id, start: 0, end: 5 }] })
    const event = await eventOf(here, () =>
      test.services.threads.change(room.reader, id, { passages: [] }, null),
    )
    expect(await present(room.observer, event)).toMatchObject({ kind: 'vanish', threadId: id })
  })

  it('is to fetch everything again, when the room was reset', async () => {
    const document = await newDocument()
    const event = await eventOf(document, () => write(document))
    const reset: RoomEvent = { ...event, kind: 'reset', threadId: null }
    expect(await present(room.observer, reset)).toEqual({ kind: 'reset', seq: event.seq, epoch: event.epoch })
  })
})
