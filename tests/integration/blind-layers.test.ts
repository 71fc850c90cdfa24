/** A layer that covers others' notes until one has written enough of one's own, looked at through every door. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { Layer } from '#domain/wire/group.ts'
import type { RoomEvent } from '#server/services/contracts/feed.ts'
import { aDispute, positionOf } from '#tests/factories/dispute.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aPerson, asNow } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

let api: TestApi
let room: ReadingRoom
let fellow: Person
let document: Document

beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  const joining = await aPerson(api.services, { name: 'Fellow' })
  await api.services.groups.addMember(room.owner, room.group.id, { email: joining.email, role: 'reader' })
  fellow = await asNow(api.services, joining)
  document = await aDocument(api.services, room.admin)
})

const blindLayer = (settings: object): Promise<Layer> =>
  api.services.layers.add(room.instructor, room.group.id, { name: 'Blind', ...settings })

const write = (author: Person, layer: Layer, note = 'secret zebra') =>
  aThread(api.services, author, {
    documentId: document.id,
    layerId: layer.id,
    kind: 'note',
    passages: [{ exact: 'The hedge does not mind' }],
    note,
  })

/** Collects what each person would hear in the layer's room while `work` runs. */
async function heardDuring(layer: Layer, people: readonly Person[], work: () => Promise<unknown>) {
  const events: RoomEvent[] = []
  const end = api.services.feed.subscribe((some) => void events.push(...some))
  await work()
  end()
  const here = events.filter((event) => event.room.layerId === layer.id)
  return Promise.all(
    people.map(async (person) => {
      const told = await Promise.all(here.map((event) => api.services.threads.presentEvent(person, event)))
      return told.filter((event): event is FeedEvent => event !== null)
    }),
  )
}

/** Everything that `reader` is answered about the layer and a thread in it, in one string. */
async function everyDoor(layer: Layer, threadId: string, as: Person): Promise<string> {
  const place = `layer=${layer.id}&group=${room.group.id}`
  const doors = [
    `/documents/${document.id}/threads`,
    `/documents/${document.id}/threads?${place}`,
    `/documents/${document.id}/threads?${place}&since=0`,
    `/documents/${document.id}/threads?${place}&start=0&end=100000`,
    `/threads/${threadId}`,
    `/threads/${threadId}/versions`,
    `/documents/${document.id}/editions/1/anchors`,
    `/groups/${room.group.id}/activity`,
    `/groups/${room.group.id}`,
    `/threads/${threadId}/quotations`,
    `/documents/${document.id}/editions/1/repairs`,
    `/documents/${document.id}/disputes`,
    `/documents/${document.id}/parallels`,
    `/documents?q=zebra`,
    '/disputes',
    '/disputes/export?format=csv',
    '/disputes/export?format=md',
    '/me',
    '/me/data',
    '/me/dispute-news',
  ]
  const answers = await Promise.all(doors.map((door) => api.ask(door, { as })))
  return answers.map(({ text }) => text).join('\n')
}

const countOf = async (as: Person) =>
  (await api.ask(`/documents/${document.id}/editions/1`, { as })).json.anchors.exact

describe.each([{ untilOwnNotes: 2 }, { untilRevealed: true }])('blind %o', (blind) => {
  let layer: Layer
  let hidden: string
  beforeAll(async () => {
    layer = await blindLayer({ blind })
    hidden = (await write(fellow, layer)).id
  })

  test('covers a fellow reader’s note at every door, with the same answer as for what does not exist', async () => {
    const seen = await everyDoor(layer, hidden, room.reader)
    expect(seen).not.toContain('zebra')
    expect(seen).not.toContain(hidden)
    const missing = await api.ask('/threads/no-such-thread', { as: room.reader })
    const covered = await api.ask(`/threads/${hidden}`, { as: room.reader })
    expect([covered.status, covered.text]).toEqual([404, missing.text])
  })

  test('covers it in counts, and lets nothing be done to it', async () => {
    const before = await countOf(room.reader)
    await write(fellow, layer)
    expect(await countOf(room.reader)).toBe(before)
    for (const [path, json] of [
      [`/threads/${hidden}/replies`, { body: 'What?' }],
      [`/threads/${hidden}/flags`, { reason: 'no' }],
      ['/threads/move', { threadIds: [hidden], layerId: layer.id, copy: true }],
    ] as const) {
      expect((await api.ask(path, { method: 'POST', as: room.reader, json })).status, path).toBe(404)
    }
    await expect(api.services.notes.access(room.reader, hidden)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('covers it in the feed, and names it to nobody when it is hidden, moved or deleted', async () => {
    const [toReader, toInstructor] = await heardDuring(layer, [room.reader, room.instructor], async () => {
      const { id } = await write(fellow, layer)
      await api.services.threads.moderate(room.instructor, id, { hidden: true, reason: 'off topic' })
      await api.services.threads.moderate(room.instructor, id, { hidden: false, reason: '' })
      await api.services.threads.delete(fellow, id, null)
    })
    expect(toReader).toEqual([])
    expect(toInstructor?.length).toBeGreaterThan(0)
  })

  test('shows one’s own notes and those of instructors, and a fellow reader’s replies to neither', async () => {
    const own = await write(room.reader, await blindLayer({ blind: { untilRevealed: true } }), 'mine')
    expect((await api.services.threads.get(room.reader, own.id)).note?.text).toBe('mine')
    const asked = await write(room.instructor, layer, 'A question for all')
    await api.services.replies.create(fellow, asked.id, { body: 'an answer like a zebra' })
    const seen = await api.services.threads.get(room.reader, asked.id)
    expect(seen).toMatchObject({ note: { text: 'A question for all' }, replies: [], replyCount: 0 })
    expect((await api.services.threads.get(room.instructor, asked.id)).replyCount).toBe(1)
  })

  test('is told by the reader what it covers', async () => {
    const row = async (as: Person) =>
      (await api.services.layers.forDocument(as, document.id)).find((each) => each.layer.id === layer.id)
    expect((await row(room.reader))?.covers).toEqual({
      ownNotes: 'untilOwnNotes' in blind ? { posted: 0, needed: 2 } : null,
    })
    expect((await row(room.instructor))?.covers).toBeNull()
  })
})

test('who has posted enough sees the rest, hears of it alone, and goes on seeing it without notes of their own', async () => {
  const layer = await blindLayer({ blind: { untilOwnNotes: 2 } })
  const theirs = await write(fellow, layer)
  const first = await write(room.reader, layer, 'one')
  const [before] = await heardDuring(layer, [room.reader], () => write(fellow, layer))
  expect(before).toEqual([])
  let second = ''
  const [toReader, toFellow] = await heardDuring(layer, [room.reader, fellow], async () => {
    const draft = await aThread(api.services, room.reader, {
      documentId: document.id,
      layerId: layer.id,
      draft: true,
    })
    second = draft.id
    await api.services.threads.post(room.reader, [draft.id])
  })
  expect(toReader?.map(({ kind }) => kind)).toEqual(['thread.posted', 'appear', 'appear'])
  // They have posted two themselves, and hear of what is posted, not of what others uncover.
  expect(toFellow?.map(({ kind }) => kind)).toEqual(['thread.posted'])
  for (const id of [first.id, second]) await api.services.threads.delete(room.reader, id, null)
  expect((await api.services.threads.get(room.reader, theirs.id)).note?.text).toBe('secret zebra')
})

test('a bare highlight does not count, and neither does a note in another document', async () => {
  const layer = await blindLayer({ blind: { untilOwnNotes: 1 } })
  const other = await aDocument(api.services, room.admin)
  const theirs = await write(fellow, layer)
  await aThread(api.services, room.reader, {
    documentId: document.id,
    layerId: layer.id,
    kind: 'highlight',
    note: undefined,
  })
  await aThread(api.services, room.reader, { documentId: other.id, layerId: layer.id })
  expect((await api.ask(`/threads/${theirs.id}`, { as: room.reader })).status).toBe(404)
})

test('revealing makes everything appear to everybody, and is for those who moderate', async () => {
  const layer = await blindLayer({ blind: { untilRevealed: true } })
  const { id } = await write(fellow, layer)
  const asked = (as: Person) => api.ask(`/layers/${layer.id}/reveal`, { method: 'POST', as })
  expect([(await asked(room.reader)).status, (await asked(room.stranger)).status]).toEqual([403, 404])
  const [toReader] = await heardDuring(layer, [room.reader], () => asked(room.instructor))
  expect(toReader).toMatchObject([{ kind: 'appear', thread: { id } }])
  expect((await asked(room.instructor)).json.revealedAt).not.toBeNull()
  const listed = await api.services.threads.list(room.reader, document.id, {
    layer: layer.id,
    group: room.group.id,
    since: 1,
    limit: 100,
  })
  expect(listed.items.map((thread) => thread.id)).toEqual([id])
})

test('a layer that becomes blind makes whoever is in its rooms fetch everything again', async () => {
  const layer = await blindLayer({})
  await write(fellow, layer)
  const room1 = { layer: layer.id, group: room.group.id, limit: 100 }
  const { epoch } = await api.services.threads.list(room.reader, document.id, room1)
  const [toReader] = await heardDuring(layer, [room.reader], () =>
    api.services.layers.change(room.instructor, layer.id, { blind: { untilRevealed: true } }, null),
  )
  expect(toReader).toMatchObject([{ kind: 'reset' }])
  const after = await api.services.threads.list(room.reader, document.id, room1)
  expect(after.items).toEqual([])
  expect(after.epoch).not.toBe(epoch)
})

describe('a dispute of an instructor', () => {
  test('says nothing of what its readers hold, and they add nothing to it that others would read', async () => {
    const layer = await blindLayer({ blind: { untilRevealed: true } })
    const dispute = await aDispute(api.services, room.instructor, {
      documentId: document.id,
      layerId: layer.id,
    })
    const path = `/disputes/${dispute.id}`
    const ask = (as: Person, method: string, rest: string, json: unknown) =>
      api.ask(`${path}${rest}`, { as, method, json })
    const held = { positions: [{ id: positionOf(dispute, 1), weight: 1 }], reason: 'a zebra' }
    expect((await ask(fellow, 'PUT', '/stance', held)).status).toBe(200)
    expect((await ask(fellow, 'POST', '/positions', { statement: 'A zebra.' })).status).toBe(403)
    const evidence = { positionId: positionOf(dispute, 1), side: 'for', citation: 'A zebra.' }
    expect((await ask(fellow, 'POST', '/evidence', evidence)).status).toBe(403)
    expect((await ask(fellow, 'POST', '/status', { status: 'contested' })).status).toBe(403)
    const said = await ask(room.instructor, 'POST', '/positions', { statement: 'A third.' })
    expect(said.status).toBe(200)
    const doors = [
      path,
      ...['md', 'csv', 'argdown', 'jsonld'].map((format) => `${path}/export?format=${format}`),
    ]
    const answers = await Promise.all(doors.map((door) => api.ask(door, { as: room.reader })))
    const told = answers.map(({ text }) => text).join('\n')
    for (const secret of ['zebra', fellow.name, fellow.userId]) expect(told).not.toContain(secret)
    await api.services.layers.reveal(room.instructor, layer.id)
    expect((await ask(fellow, 'POST', '/positions', { statement: 'A zebra.' })).status).toBe(200)
    expect((await api.ask(path, { as: room.reader })).text).toContain('zebra')
  })
})
