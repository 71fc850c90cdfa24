import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor } = world.people
const { services } = world.server

test('what happens reaches every open margin once and in order', async () => {
  const anna = await world.client(reader, world.marginName)
  const ben = await world.client(instructor, world.marginName)
  await Promise.all([anna.synced(), ben.synced()])
  const threads = await Promise.all(Array.from({ length: 20 }, (_, n) => world.thread({ note: `note ${n}` })))
  const [first] = threads
  if (!first) throw new Error('no thread')
  await services.replies.create(instructor, first.id, { body: 'Why?' })
  const hasHeardAll = () =>
    [anna, ben].every(({ heard }) => heard.feed.filter(({ kind }) => kind === 'thread.posted').length === 20)
  await until(hasHeardAll, 'every thread that was posted')
  await services.threads.delete(reader, threads[19]?.id ?? '', null)
  for (const { heard } of [anna, ben]) {
    await until(() => heard.feed.some(({ kind }) => kind === 'thread.deleted'), 'the last event')
    const seqs = heard.feed.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(heard.feed.filter(({ kind }) => kind === 'reply.posted')).toHaveLength(1)
  }
})

test('a draft is heard of by its author at most, until it is posted', async () => {
  const ben = await world.client(instructor, world.marginName)
  await ben.synced()
  const draft = await world.thread({ draft: true })
  const after = await world.thread()
  const heardOf = (id: string) => ben.heard.feed.some((event) => 'thread' in event && event.thread.id === id)
  await until(() => heardOf(after.id), 'the thread that came after the draft')
  expect(heardOf(draft.id)).toBe(false)
  await services.threads.post(reader, [draft.id])
  await until(() => heardOf(draft.id), 'the draft that was posted')
})

test('a client that does not ask for the feed is sent none, and its room stays empty', async () => {
  const plain = await world.client(instructor, world.marginName, { params: {} })
  const anna = await world.client(reader, world.marginName)
  await Promise.all([plain.synced(), anna.synced()])
  await world.thread()
  await until(() => anna.heard.feed.length > 0, 'the event')
  expect(plain.heard.feed).toEqual([])
  plain.doc.getMap('a').set('b', 'c')
  await until(() => plain.heard.denied.length > 0, 'the refusal')
})

test('words that are written live reach the margin as a changed thread', async () => {
  const { id } = await world.thread()
  const ben = await world.client(instructor, world.marginName)
  const anna = await world.client(reader, `note/${id}`)
  await Promise.all([ben.synced(), anna.synced()])
  anna.write('grown')
  await until(
    () =>
      ben.heard.feed.some(
        (event) =>
          event.kind === 'thread.changed' &&
          event.thread.id === id &&
          event.thread.note?.text === 'First words.\n\ngrown',
      ),
    'the changed thread',
  )
})

/** How many rows the database hands to this process while `work` is done. */
async function countRows<T>(work: () => Promise<T>): Promise<{ rows: number; made: T }> {
  let rows = 0
  const count = (result: unknown) => {
    const own: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, 'rows') : null
    if (Array.isArray(own)) rows += own.length
  }
  const ask = Client.prototype.query
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...args: unknown[]
  ) {
    const answer = args.at(-1)
    // The pool asks with a callback, everyone else for a promise.
    if (typeof answer === 'function') {
      const counted = (error: unknown, result: unknown) => {
        count(result)
        answer(error, result)
      }
      return Reflect.apply(ask, this, [...args.slice(0, -1), counted])
    }
    const asked: unknown = Reflect.apply(ask, this, args)
    if (asked instanceof Promise) void asked.then(count, () => null)
    return asked
  })
  try {
    const made = await work()
    return { made, rows }
  } finally {
    spy.mockRestore()
  }
}

test('who comes back is told what changed, and neither that nor an event makes the server read the whole layer', async () => {
  for (let at = 0; at < 60; at++) await world.thread({ note: `note ${at}` })
  const ben = await world.client(instructor, world.marginName)
  await ben.synced()
  const { documentId, layerId, groupId } = world.margin
  const query = { layer: layerId, group: groupId, limit: 200 }
  const before = await services.threads.list(instructor, documentId, query)
  expect(before.items.length).toBeGreaterThanOrEqual(60)

  const told = await countRows(async () => {
    const thread = await world.thread({ note: 'while you were away' })
    await until(
      () => ben.heard.feed.some((event) => 'thread' in event && event.thread.id === thread.id),
      'the event',
    )
    return thread
  })
  const asked = await countRows(() =>
    services.threads.list(instructor, documentId, { ...query, since: before.seq ?? 0 }),
  )
  expect(asked.made.items.map(({ id }) => id)).toEqual([told.made.id])
  expect(asked.rows).toBeGreaterThan(0)
  expect(asked.rows).toBeLessThan(30)
  expect(told.rows).toBeLessThan(60)
})
