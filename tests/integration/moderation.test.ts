import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { aDocument } from '#tests/factories/document.ts'
import { layerOf } from '#tests/factories/group.ts'
import { asNow } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'
import { aThread } from '#tests/factories/thread.ts'

let api: TestApi
let room: ReadingRoom
let document: Document
let layerId: string

beforeAll(async () => {
  api = await startTestApi()
  room = await aReadingRoom(api.services)
  document = await aDocument(api.services, room.admin)
  layerId = layerOf(room.group, 'discussion').id
})

const write = (author: Person) => aThread(api.services, author, { documentId: document.id, layerId })
const moderate = (as: Person, id: string, json: object) =>
  api.ask(`/threads/${id}/moderation`, { method: 'POST', as, json })
const status = async (as: Person, id: string) => (await api.ask(`/threads/${id}`, { as })).status

describe('hiding', () => {
  test('takes a thread from everyone but its author and moderators, with its reason, and gives it back', async () => {
    const { id } = await write(room.reader)
    expect((await moderate(room.instructor, id, { hidden: true })).status).toBe(422)
    expect((await moderate(room.reader, id, { hidden: true, reason: 'mine' })).status).toBe(403)
    const hidden = await moderate(room.instructor, id, { hidden: true, reason: 'unkind' })
    expect(hidden.json).toMatchObject({ hidden: true, hiddenReason: 'unkind' })
    expect([await status(room.observer, id), await status(room.reader, id)]).toEqual([404, 200])
    expect((await moderate(room.owner, id, { hidden: false })).json).toMatchObject({
      hidden: false,
      hiddenReason: null,
    })
    expect(await status(room.observer, id)).toBe(200)
    const events = await api.database.db.event.findMany({ where: { threadId: id }, orderBy: { at: 'asc' } })
    expect(events.map(({ kind, actorId, data }) => [kind, actorId, data])).toContainEqual([
      'vanish',
      room.instructor.userId,
      { hidden: true, reason: 'unkind' },
    ])
  })

  test('takes one reply, which its author may then not reword', async () => {
    const { id } = await write(room.instructor)
    const reply = await api.services.replies.create(room.reader, id, { body: 'Rude words.' })
    const path = `/replies/${reply.id}/moderation`
    const json = { hidden: true, reason: 'rude' }
    expect((await api.ask(path, { method: 'POST', as: room.observer, json })).status).toBe(403)
    expect((await api.ask(path, { method: 'POST', as: room.instructor, json })).json.hidden).toBe(true)
    const texts = async (as: Person) => (await api.ask(`/threads/${id}`, { as })).text
    expect(await texts(room.observer)).not.toContain('Rude words')
    expect(await texts(room.reader)).toContain('rude')
    const change = { method: 'PATCH', as: room.reader, json: { body: 'Kind words.' } }
    expect((await api.ask(`/replies/${reply.id}`, change)).status).toBe(403)
  })
})

test('a locked thread takes no reply and no change until it is unlocked', async () => {
  const { id } = await write(room.reader)
  await moderate(room.instructor, id, { locked: true })
  const reply = () =>
    api.ask(`/threads/${id}/replies`, { method: 'POST', as: room.reader, json: { body: 'But' } })
  expect((await reply()).status).toBe(403)
  await moderate(room.instructor, id, { locked: false })
  expect((await reply()).status).toBe(201)
})

test('what members flag waits for moderators, once for each person, until it is settled or hidden', async () => {
  const [kept, bad] = [await write(room.reader), await write(room.reader)]
  const flag = (as: Person, id: string) =>
    api.ask(`/threads/${id}/flags`, { method: 'POST', as, json: { reason: 'look at this' } })
  expect((await flag(room.stranger, kept.id)).status).toBe(404)
  for (const id of [kept.id, kept.id, bad.id]) expect((await flag(room.observer, id)).status).toBe(204)
  const queue = async (settled: boolean) =>
    (await api.ask(`/groups/${room.group.id}/flags?settled=${settled}`, { as: room.instructor })).json.items
  expect((await api.ask(`/groups/${room.group.id}/flags`, { as: room.reader })).status).toBe(403)
  const waiting = await queue(false)
  expect(waiting).toHaveLength(2)
  expect(waiting[0]).toMatchObject({
    reason: 'look at this',
    flaggedBy: { name: 'Observer' },
    author: { name: 'Reader' },
  })
  const settle = (as: Person, id: string) => api.ask(`/flags/${id}/settle`, { method: 'POST', as })
  const one = waiting.find((each: { thread: { id: string } }) => each.thread.id === kept.id)
  expect((await settle(room.reader, one.id)).status).toBe(404)
  expect((await settle(room.instructor, one.id)).status).toBe(204)
  await moderate(room.instructor, bad.id, { hidden: true, reason: 'indeed' })
  expect(await queue(false)).toEqual([])
  expect(await queue(true)).toHaveLength(2)
})

test('a muted member reads everything and writes nothing, until they are let write again', async () => {
  const at = `/groups/${room.group.id}/members/${room.reader.userId}`
  const mute = (as: Person, muted: boolean) => api.ask(at, { method: 'PATCH', as, json: { muted } })
  expect((await mute(room.observer, true)).status).toBe(403)
  expect((await mute(room.instructor, true)).json.members).toContainEqual(
    expect.objectContaining({ role: 'reader', muted: true }),
  )
  const post = async () =>
    (
      await api.ask('/threads', {
        method: 'POST',
        as: room.reader,
        json: { documentId: document.id, layerId, kind: 'note' },
      })
    ).status
  expect(await post()).toBe(403)
  expect((await api.ask(`/groups/${room.group.id}`, { as: room.reader })).status).toBe(200)
  await mute(room.instructor, false)
  expect(await post()).toBe(201)
})

test('in an archived group everything is read and nothing is written, until its owner takes it up again', async () => {
  const set = async (archived: boolean) =>
    api.services.groups.change(await asNow(api.services, room.owner), room.group.id, { archived }, null)
  const { id } = await write(room.reader)
  await expect(
    api.services.groups.change(room.instructor, room.group.id, { archived: true }, null),
  ).rejects.toMatchObject({ code: 'forbidden' })
  expect((await set(true)).archived).toBe(true)
  expect(await status(room.observer, id)).toBe(200)
  await expect(write(room.reader)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(api.services.replies.create(room.reader, id, { body: 'Late' })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await set(false)
  await write(room.reader)
})
