import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { asNow, privateLayerOf } from '#tests/factories/person.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { aThread } from '#tests/factories/thread.ts'

let running: TestServices
let room: ReadingRoom
let document: Document
let discussion: string
let commentary: string
let own: string

beforeAll(async () => {
  running = await startTestServices()
  room = await aReadingRoom(running.services)
  document = await aDocument(running.services, room.admin)
  discussion = layerOf(room.group, 'discussion').id
  commentary = layerOf(room.group, 'commentary').id
  own = await privateLayerOf(running.services, room.reader)
})

const move = (actor: Person, threadIds: string[], layerId: string, copy = false) =>
  running.services.threads.move(actor, { threadIds, layerId, copy })
const write = (author: Person, layerId: string, more = {}) =>
  aThread(running.services, author, {
    documentId: document.id,
    layerId,
    passages: [{ exact: 'The hedge does not mind' }],
    note: 'About the hedge.',
    ...more,
  })

describe('a private note', () => {
  test('is shared into a group in one step, with where it comes from', async () => {
    const { id, createdAt } = await write(room.reader, own)
    const [moved] = await move(room.reader, [id], discussion)
    expect(moved).toMatchObject({
      id,
      layerId: discussion,
      note: { text: 'About the hedge.' },
      provenance: {
        how: 'moved',
        author: { id: room.reader.userId },
        layer: { kind: 'private', name: '' },
      },
    })
    expect(moved?.provenance?.at.slice(0, 16)).toBe(createdAt.slice(0, 16))
    expect((await running.services.threads.get(room.observer, id)).provenance?.layer.kind).toBe('private')
  })

  test('takes along to nobody what was said to oneself under it', async () => {
    const { id } = await write(room.reader, own)
    await running.services.replies.create(room.reader, id, { body: 'Do I dare?' })
    await move(room.reader, [id], discussion)
    expect((await running.services.threads.get(room.instructor, id)).replies).toEqual([])
    expect((await running.services.threads.get(room.reader, id)).replies).toHaveLength(1)
  })

  test('is heard of in the group as appearing, and in its own margin as vanishing', async () => {
    const { id } = await write(room.reader, own)
    const list = (layer: string, since?: number) =>
      running.services.threads.list(room.reader, document.id, { layer, since, limit: 100 })
    const [there, here] = [(await list(discussion)).seq ?? 0, (await list(own)).seq ?? 0]
    await move(room.reader, [id], discussion)
    expect((await list(discussion, there)).items.map((thread) => thread.id)).toEqual([id])
    expect((await list(own, here)).gone).toEqual([id])
  })

  test('stays a draft if it is one, and many move together or none', async () => {
    const draft = await write(room.reader, own, { draft: true })
    const posted = await write(room.reader, own)
    const others = await write(room.instructor, discussion)
    await expect(move(room.reader, [posted.id, others.id], commentary)).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await running.services.threads.get(room.reader, posted.id)).layerId).toBe(own)
    const moved = await move(room.reader, [draft.id, posted.id], discussion)
    expect(moved.map(({ state, layerId }) => [state, layerId])).toEqual([
      ['draft', discussion],
      ['posted', discussion],
    ])
    await expect(running.services.threads.get(room.instructor, draft.id)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a thread of a group', () => {
  test('is moved by its author or a moderator, to where they may write, and into nobody else’s privacy', async () => {
    const { id } = await write(room.reader, discussion)
    await expect(move(room.observer, [id], discussion)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(move(room.stranger, [id], discussion)).rejects.toMatchObject({ code: 'not-found' })
    await expect(move(room.reader, [id], commentary)).rejects.toMatchObject({ code: 'forbidden' })
    const theirs = await privateLayerOf(running.services, room.instructor)
    await expect(move(room.instructor, [id], theirs)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(move(room.reader, [id], theirs)).rejects.toMatchObject({ code: 'not-found' })
    expect(await move(room.instructor, [id], commentary)).toMatchObject([{ layerId: commentary }])
  })

  test('that moves to another group takes no reply to people it was not said to', async () => {
    const { id } = await write(room.instructor, discussion)
    await running.services.replies.create(room.reader, id, { body: 'Among us.' })
    const other = await aGroup(running.services, room.instructor, {
      name: 'Other',
      members: [[room.stranger, 'reader']],
    })
    const mover = await asNow(running.services, room.instructor)
    await move(mover, [id], layerOf(other, 'discussion').id)
    const guest = await asNow(running.services, room.stranger)
    expect(await running.services.threads.get(guest, id)).toMatchObject({ replies: [], replyCount: 0 })
    await expect(running.services.threads.get(room.reader, id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is copied by whoever reads it: the opening note alone, as the copier’s own', async () => {
    const { id } = await write(room.instructor, discussion, { tags: ['hedge'] })
    await running.services.replies.create(room.reader, id, { body: 'Not to be taken along.' })
    const [copy] = await move(room.reader, [id], own, true)
    expect(copy).toMatchObject({
      layerId: own,
      author: { id: room.reader.userId },
      note: { text: 'About the hedge.' },
      tags: ['hedge'],
      replies: [],
      passages: [{ exact: 'The hedge does not mind', anchor: { state: 'exact' } }],
      provenance: { how: 'copied', author: { id: room.instructor.userId }, layer: { kind: 'discussion' } },
    })
    expect(copy?.id).not.toBe(id)
    expect((await running.services.threads.get(room.reader, id)).replyCount).toBe(1)
    expect(await running.services.notes.access(room.reader, copy?.id ?? '')).toMatchObject({ whyNot: null })
  })

  test('goes only where the layer lies over its document', async () => {
    const closed = await aDocument(running.services, room.admin, { visibility: 'group' })
    const reading = await aGroup(running.services, room.owner, { name: 'Reading', readings: [] })
    await running.services.groups.change(
      await asNow(running.services, room.owner),
      reading.id,
      { name: 'Reading' },
      null,
    )
    const admin = await asNow(running.services, room.admin)
    const mine = await privateLayerOf(running.services, admin)
    const thread = await aThread(running.services, admin, { documentId: closed.id, layerId: mine })
    const own2 = await aGroup(running.services, admin, { name: 'Admins' })
    const again = await asNow(running.services, admin)
    await expect(move(again, [thread.id], layerOf(own2, 'discussion').id)).rejects.toMatchObject({
      code: 'unprocessable',
    })
  })
})
