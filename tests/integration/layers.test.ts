import { beforeAll, describe, expect, test } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Group } from '#domain/wire/group.ts'
import { aDocument } from '#tests/factories/document.ts'
import { aGroup, layerOf } from '#tests/factories/group.ts'
import { aPerson, asNow, privateLayerOf } from '#tests/factories/person.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let running: TestServices
let layers: TestServices['services']['layers']
let read: Document
let unread: Document
let group: Group
let admin: Person
let owner: Person
let reader: Person
let observer: Person
let stranger: Person

beforeAll(async () => {
  running = await startTestServices()
  layers = running.services.layers
  admin = await aPerson(running.services, { admin: true })
  read = await aDocument(running.services, admin)
  unread = await aDocument(running.services, admin)
  const [o, r, w, s] = await Promise.all([1, 2, 3, 4].map(() => aPerson(running.services)))
  if (!o || !r || !w || !s) throw new Error('people are missing')
  group = await aGroup(running.services, o, {
    members: [
      [r, 'reader'],
      [w, 'observer'],
    ],
    readings: [read.id],
  })
  owner = await asNow(running.services, o)
  reader = await asNow(running.services, r)
  observer = await asNow(running.services, w)
  stranger = s
})

describe('over a document', () => {
  const shape = async (actor: Parameters<typeof layers.forDocument>[0], document: Document) =>
    (await layers.forDocument(actor, document.id)).map((row) => [row.layer.kind, row.mayWrite, row.mayReply])

  test('lies one’s private layer first, then those of each group that reads it', async () => {
    expect(await shape(reader, read)).toEqual([
      ['private', true, true],
      ['discussion', true, true],
      ['commentary', false, true],
    ])
    expect(await shape(owner, read)).toEqual([
      ['private', true, true],
      ['discussion', true, true],
      ['commentary', true, true],
    ])
    expect(await shape(observer, read)).toEqual([
      ['private', true, true],
      ['discussion', false, false],
      ['commentary', false, false],
    ])
  })

  test('that is for groups, lies the layer of no group that does not read it', async () => {
    const closed = await aDocument(running.services, admin, { visibility: 'group' })
    expect(await shape(admin, closed)).toEqual([['private', true, true]])
    const reading = await aGroup(running.services, admin, {
      members: [[owner, 'reader']],
      readings: [closed.id],
    })
    const both = await asNow(running.services, owner)
    expect((await layers.forDocument(both, closed.id)).map((row) => row.groupId)).toEqual([
      '-',
      reading.id,
      reading.id,
    ])
  })

  test('that everyone may open, lie the layers of all one’s groups, of those that read it first', async () => {
    expect((await shape(reader, unread)).map(([kind]) => kind)).toEqual([
      'private',
      'discussion',
      'commentary',
    ])
    const early = await aGroup(running.services, stranger, { name: 'A, by its name the first' })
    const late = await aGroup(running.services, stranger, { name: 'Z, the last', readings: [read.id] })
    const rows = await layers.forDocument(await asNow(running.services, stranger), read.id)
    expect(rows.slice(1).map((row) => row.groupId)).toEqual([late.id, late.id, early.id, early.id])
    expect(await shape(anonymous, read)).toEqual([])
  })

  test('stand the rows in their rooms: `-` for the private layer, else the group by name', async () => {
    const rows = await layers.forDocument(reader, read.id)
    expect(rows.map((row) => [row.groupId, row.groupName])).toEqual([
      ['-', null],
      [group.id, group.name],
      [group.id, group.name],
    ])
  })

  test('lies a published commentary for everyone, who may write nothing in it', async () => {
    const document = await aDocument(running.services, admin)
    const publishing = await aGroup(running.services, admin, { readings: [document.id] })
    const { id } = layerOf(publishing, 'commentary')
    await running.database.db.layer.update({ where: { id }, data: { read: 'public' } })
    expect(await shape(anonymous, document)).toEqual([['commentary', false, false]])
    expect(await shape(stranger, document)).toEqual([
      ['private', true, true],
      ['commentary', false, false],
    ])
  })

  test('of several groups stands once for each group one belongs to, and names no other', async () => {
    const second = await aGroup(running.services, owner, {
      name: 'Second',
      members: [[reader, 'reader']],
      readings: [read.id],
    })
    const third = await aGroup(running.services, admin, { name: 'Third', readings: [read.id] })
    const { id } = layerOf(second, 'discussion')
    await running.database.db.layerGroup.createMany({
      data: [
        { layerId: id, groupId: group.id },
        { layerId: id, groupId: third.id },
      ],
    })
    const rows = (await layers.forDocument(await asNow(running.services, reader), read.id)).filter(
      (row) => row.layer.id === id,
    )
    expect(rows.map((row) => row.groupId).sort()).toEqual([group.id, second.id].sort())
    expect(rows[0]?.layer.groups.slice().sort()).toEqual([group.id, second.id].sort())
  })

  test('that one may not read, nothing is told', async () => {
    const secret = await aDocument(running.services, admin, { visibility: 'group' })
    await expect(layers.forDocument(stranger, secret.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(layers.forDocument(anonymous, secret.id)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(layers.forDocument(stranger, 'no such document')).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a layer', () => {
  test('is read by its members, and a private one by its person alone, administrators included', async () => {
    const discussion = layerOf(group, 'discussion')
    expect(await layers.get(observer, discussion.id)).toMatchObject({ id: discussion.id, kind: 'discussion' })
    for (const other of [stranger, admin]) {
      await expect(layers.get(other, discussion.id)).rejects.toMatchObject({ code: 'not-found' })
    }
    const own = await privateLayerOf(running.services, reader)
    expect(await layers.get(reader, own)).toMatchObject({ kind: 'private', groups: [] })
    for (const other of [owner, admin, stranger]) {
      await expect(layers.get(other, own)).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(layers.get(anonymous, own)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  test('is changed by owners and instructors, from the version they saw', async () => {
    const { id, version } = layerOf(group, 'discussion')
    const changed = await layers.change(owner, id, { name: 'Talk', coWriting: true }, version)
    expect(changed).toMatchObject({ name: 'Talk', coWriting: true, version: version + 1 })
    await expect(layers.change(owner, id, { name: 'Again' }, version)).rejects.toMatchObject({
      code: 'stale',
    })
    await expect(layers.change(reader, id, { name: 'Mine' }, null)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(layers.change(stranger, id, { name: 'Mine' }, null)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await layers.change(owner, id, { coWriting: false }, null)).toMatchObject({
      name: 'Talk',
      coWriting: false,
    })
  })
})
