import { randomUUID } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import type { CollectionProperties } from '#domain/wire/document.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'
import { buildZip } from '#tests/unit/import/build-zip.ts'

let test: TestServices
let room: ReadingRoom

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
})

const open: CollectionProperties = { visibility: 'public', groups: [] }
const zip = (files: Record<string, string>) => ({ archive: buildZip(files) })
const countDocuments = () => test.database.db.document.count()

it('a ZIP becomes documents that lead to each other, and says what it left out', async () => {
  const shares: number[] = []
  const { documents, refused } = await test.services.documents.importCollection(room.admin, {
    source: zip({ 'a.md': '# A\n\nSee [B](b.md).', 'b.md': '# B\n\nSee [A](a.md).', 'c.txt': '' }),
    properties: open,
    onProgress: (share) => shares.push(share),
  })
  expect(documents.map(({ title }) => title)).toEqual(['A', 'B'])
  expect(refused).toEqual([{ path: 'c.txt', reason: 'This file is empty.' }])
  const [a, b] = documents
  const view = await test.services.documents.readSection(room.admin, a?.slug ?? '', { section: 1 })
  expect(view.blocks[1]?.marks).toMatchObject([{ kind: 'link', href: `/read/${b?.id}` }])
  expect(shares).toEqual([...shares].sort((one, other) => one - other))
  expect(shares.at(-1)).toBe(1)
})

it('what is refused as a whole leaves nothing', async () => {
  const before = await countDocuments()
  const hostile: Record<string, string>[] = [{ 'a.txt': 'Words.', '../b.txt': 'Words.' }, { 'a.png': 'x' }]
  for (const files of hostile)
    await expect(
      test.services.documents.importCollection(room.admin, { source: zip(files), properties: open }),
    ).rejects.toMatchObject({ code: 'unprocessable' })
  expect(await countDocuments()).toBe(before)
})

it('sent again with its id a ZIP makes nothing twice, and what was lacking of it', async () => {
  const files = { 'a.md': '# Once\n\nSee [more](b.md).', 'b.md': '# More' }
  const properties = { ...open, id: randomUUID() }
  const send = (source = zip(files)) =>
    test.services.documents.importCollection(room.admin, { source, properties })
  const first = await send()
  const before = await countDocuments()
  expect(await send()).toEqual(first)
  expect(await countDocuments()).toBe(before)
  const [, more] = first.documents
  await test.database.db.document.delete({ where: { id: more?.id } })
  const [, again] = (await send()).documents
  expect(again).toMatchObject({ id: more?.id, title: 'More' })
  await expect(send(zip({ ...files, 'a.md': '# Other' }))).rejects.toMatchObject({ code: 'conflict' })
  await expect(send(zip({ '0.md': '# New', ...files }))).rejects.toMatchObject({ code: 'conflict' })
  expect(await countDocuments()).toBe(before)
})

it('whoever may not bring in a document may bring in no collection', async () => {
  const request = { source: zip({ 'a.txt': 'Words.' }), properties: open }
  for (const actor of [room.reader, room.instructor])
    await expect(test.services.documents.importCollection(actor, request)).rejects.toMatchObject({
      code: 'forbidden',
    })
})
