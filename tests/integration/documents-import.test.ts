import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { operator } from '#domain/policy/actor.ts'
import type { DocumentProperties } from '#domain/wire/document.ts'
import { insertDocument } from '#server/db/unpublished-documents.ts'
import { cleanUpUnfinishedImports } from '#server/services/unfinished-imports.ts'
import { aDocument, sampleText } from '#tests/factories/document.ts'
import { aReadingRoom, type ReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let test: TestServices
let room: ReadingRoom

beforeAll(async () => {
  test = await startTestServices()
  room = await aReadingRoom(test.services)
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const open: DocumentProperties = { visibility: 'public', groups: [] }

/** Every row that an import writes. */
async function countRows() {
  const { db } = test.database
  return {
    documents: await db.document.count(),
    editions: await db.edition.count(),
    blocks: await db.block.count(),
    pieces: await db.originalChunk.count(),
    readings: await db.reading.count(),
  }
}

describe('bringing in a document', () => {
  it('takes what is said of it before what the source says', async () => {
    const made = await aDocument(test.services, room.admin, {
      title: 'Another Title',
      authors: ['Ada Lovelace'],
      language: 'en-GB',
    })
    expect(made).toMatchObject({
      title: 'Another Title',
      slug: 'another-title',
      authors: ['Ada Lovelace'],
      language: 'en-GB',
      steward: { id: room.admin.userId, name: room.admin.name },
      visibility: 'public',
      edition: { number: 1 },
      version: 1,
    })
  })

  it.each([
    ['the heading it opens with', '# Of Hedges\n\nWords.\n', 'a-file.md', 'Of Hedges'],
    ['the name of its file', 'words in lower case, nothing more.\n', 'C:\\texts\\of_hedges.txt', 'of hedges'],
    [
      'its opening words',
      'words in lower case, nothing more.\n',
      undefined,
      'words in lower case, nothing more.',
    ],
  ])('calls it by %s', async (_, text, fileName, title) => {
    const made = await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(text),
      fileName,
      properties: open,
    })
    expect(made.title).toBe(title)
  })

  it('gives each of two documents of one title a slug of its own, at the same time too', async () => {
    const made = await Promise.all(
      [1, 2, 3].map(() => aDocument(test.services, room.admin, { title: 'Ein Büchlein' })),
    )
    expect(made.map(({ slug }) => slug).sort()).toEqual(['ein-buchlein', 'ein-buchlein-2', 'ein-buchlein-3'])
  })

  it('keeps the original bytes, whatever their encoding', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße aus Łódź 🐦\r\n', 'utf16le')])
    const made = await test.services.documents.importDocument(room.admin, { bytes, properties: open })
    const original = await test.services.documents.original(room.admin, made.id)
    expect(Buffer.from(original.bytes).equals(bytes)).toBe(true)
    expect(await test.services.documents.text(room.admin, made.id)).toBe('Grüße aus Łódź 🐦')
  })

  it('keeps an original of several pieces in order', async () => {
    const paragraphs = Array.from(
      { length: 20_000 },
      (_, n) => `Paragraph ${n} stands alone in its place, and has enough words to fill pieces.`,
    )
    const bytes = bytesOf(paragraphs.join('\n\n'))
    const made = await test.services.documents.importDocument(room.admin, {
      bytes,
      format: 'md',
      properties: { ...open, title: 'Long' },
    })
    const original = await test.services.documents.original(room.admin, made.id)
    expect(Buffer.from(original.bytes).equals(bytes)).toBe(true)
    expect(await test.services.documents.text(room.admin, made.id)).toBe(paragraphs.join('\n'))
    expect(made.edition.blocks).toBe(20_000)
  })

  it('tells how far it is, from the start to the end', async () => {
    const shares: number[] = []
    await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(sampleText),
      properties: open,
      onProgress: (done) => shares.push(done),
    })
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(3)
    expect(shares.at(-1)).toBe(1)
  })
})

describe('what an import says it did', () => {
  const wrapped = 'They meant to or-\nganize the harvest\nof the year.'

  it('names what was repaired, and keeps each place with the words that stood there', async () => {
    const made = await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(wrapped),
      properties: open,
    })
    expect(made.repairs).toEqual([
      { kind: 'lines', on: true, count: 2 },
      { kind: 'words', on: true, count: 1 },
      { kind: 'paragraphs', on: true, count: 0 },
    ])
    const edition = await test.database.db.edition.findUnique({ where: { id: made.edition.id } })
    expect(edition?.repairs).toMatchObject([
      { kind: 'lines' },
      { kind: 'words', places: [{ start: 14, end: 22, before: 'or-\nganize' }] },
      { kind: 'paragraphs' },
    ])
  })

  it('repairs nothing that was not asked for', async () => {
    const made = await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(wrapped),
      properties: open,
      repairs: ['lines'],
    })
    expect(await test.services.documents.text(room.admin, made.id)).toBe(
      'They meant to or-ganize the harvest of the year.',
    )
    expect(made.repairs[1]).toEqual({ kind: 'words', on: false, count: 0 })
  })

  it('can be undone: the same original makes a new edition without that repair', async () => {
    const made = await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(wrapped),
      properties: open,
    })
    const again = { repairs: ['lines', 'paragraphs'] as const }
    const { edition } = await test.services.editions.repeat(room.admin, made.id, 1, again)
    expect(edition).toMatchObject({ number: 2, state: 'preview' })
    expect(edition.repairs[1]).toEqual({ kind: 'words', on: false, count: 0 })
    expect(await test.services.documents.text(room.admin, made.id, 2)).toContain('or-ganize')
    await expect(test.services.editions.repeat(room.reader, made.id, 1, again)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('says the same when the same request comes again, and not for other repairs', async () => {
    const request = { bytes: bytesOf(wrapped), properties: { ...open, id: randomUUID() } }
    const made = await test.services.documents.importDocument(room.admin, request)
    expect(await test.services.documents.importDocument(room.admin, request)).toEqual(made)
    await expect(
      test.services.documents.importDocument(room.admin, { ...request, repairs: [] }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('lists the works it cites, and marks where', async () => {
    const made = await test.services.documents.importDocument(room.admin, {
      bytes: bytesOf('So he says [Cliff, Lenin, vol. 2, p. 160], and again [Ibid., p. 3].'),
      properties: open,
    })
    const view = await test.services.documents.readSection(room.admin, made.slug, { section: 1 })
    expect(view.works).toEqual([
      {
        number: 1,
        title: 'Lenin',
        authors: ['Cliff'],
        citations: [
          { start: 12, end: 40 },
          { start: 54, end: 65 },
        ],
      },
    ])
    expect(view.blocks[0]?.marks).toMatchObject([
      { kind: 'citation', work: 1 },
      { kind: 'citation', work: 1 },
    ])
  })
})

describe('an import that fails', () => {
  it.each([
    ['an empty file', '', 'unprocessable'],
    ['only white space', ' \n\t\n ', 'unprocessable'],
    ['one endless line', 'x'.repeat(2_000_000), 'unprocessable'],
    ['more than 50 MB', new Uint8Array(51 * 1024 * 1024), 'too-large'],
    ['bytes that are no text', Uint8Array.from({ length: 500 }, (_, n) => (n * 7) % 256), 'unprocessable'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3), 'unprocessable'],
  ])('because of %s says so in one line and leaves nothing', async (_, content, code) => {
    const before = await countRows()
    const failing = test.services.documents.importDocument(room.admin, {
      bytes: typeof content === 'string' ? bytesOf(content) : content,
      properties: open,
    })
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(/^[^\n]+\.$/) })
    expect(await countRows()).toEqual(before)
  })

  it('because its name means another format leaves nothing', async () => {
    const failing = test.services.documents.importDocument(room.admin, {
      bytes: bytesOf('words'),
      fileName: 'book.odt',
      properties: open,
    })
    await expect(failing).rejects.toMatchObject({ code: 'unsupported-format' })
  })

  it('because it is ended after its first pieces leaves nothing, and its slug and id are free again', async () => {
    const before = await countRows()
    const text = Array.from({ length: 12_000 }, (_, n) => `Paragraph ${n} of a long book.`).join('\n\n')
    const ending = new AbortController()
    const endOnceSomethingIsThere = async () => {
      if ((await countRows()).blocks > before.blocks) ending.abort(new Error('enough'))
    }
    const id = randomUUID()
    const properties = { ...open, id, title: 'Broken off' }
    const failing = test.services.documents.importDocument(room.admin, {
      bytes: bytesOf(text),
      format: 'md',
      properties,
      signal: ending.signal,
      onProgress: () => void endOnceSomethingIsThere(),
    })
    await expect(failing).rejects.toThrow('enough')
    expect(await countRows()).toEqual(before)

    const made = await aDocument(test.services, room.admin, properties)
    expect(made).toMatchObject({ id, slug: 'broken-off' })
  })

  it('because a group is archived in the meantime leaves nothing', async () => {
    const { group, owner } = await aReadingRoom(test.services)
    const before = await countRows()
    const archived: Promise<void>[] = []
    const archive = async () => {
      await test.database.db.group.update({ where: { id: group.id }, data: { archivedAt: new Date() } })
    }
    const failing = test.services.documents.importDocument(owner, {
      bytes: bytesOf(sampleText),
      properties: { visibility: 'group', groups: [group.id] },
      // First told while the file is read, long before the document is put on the reading list.
      onProgress: () => archived.push(archive()),
    })
    await expect(failing).rejects.toMatchObject({ code: 'conflict' })
    await Promise.all(archived)
    expect(await countRows()).toEqual(before)
  })
})

describe('an import that is sent twice', () => {
  it('with the same id and the same words answers the original', async () => {
    const id = randomUUID()
    const first = await aDocument(test.services, room.admin, { id, title: 'Once' })
    const before = await countRows()
    expect(await aDocument(test.services, room.admin, { id, title: 'Once' })).toEqual(first)
    expect(await countRows()).toEqual(before)
  })

  it('at once makes one document', async () => {
    const id = randomUUID()
    const before = await countRows()
    const answers = await Promise.allSettled([1, 2].map(() => aDocument(test.services, room.admin, { id })))
    expect((await countRows()).documents).toBe(before.documents + 1)
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  })

  it.each([
    ['other words', { text: 'Other words.' }],
    ['another title', { title: 'Another' }],
  ])('with the same id and %s is a conflict', async (_, change) => {
    const id = randomUUID()
    await aDocument(test.services, room.admin, { id })
    await expect(aDocument(test.services, room.admin, { id, ...change })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('by somebody else is a conflict, and tells nothing', async () => {
    const { group, owner } = await aReadingRoom(test.services)
    const id = randomUUID()
    const properties: DocumentProperties = { id, visibility: 'group', groups: [group.id] }
    await aDocument(test.services, owner, properties)
    const other = await aReadingRoom(test.services)
    await expect(
      aDocument(test.services, other.owner, { ...properties, groups: [other.group.id] }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('what a killed server left of an import', () => {
  const leaveUnfinished = async (id: string) => {
    await insertDocument(test.database.db, {
      id,
      slug: `left-${id}`,
      title: 'Left behind',
      authors: [],
      language: null,
      visibility: 'public',
      stewardId: null,
      bodyHash: '',
      createdAt: new Date(),
    })
    const edition = { id: randomUUID(), documentId: id, number: 1, format: 'txt', sha256: '', size: 1 }
    await test.database.db.edition.create({ data: { ...edition, length: 1, blockCount: 1, sections: [] } })
    await test.database.db.block.create({
      data: {
        editionId: edition.id,
        index: 0,
        start: 0,
        end: 1,
        text: 'x',
        marks: [],
        form: { kind: 'paragraph' },
      },
    })
  }

  it('exists for nobody', async () => {
    const id = randomUUID()
    await leaveUnfinished(id)
    for (const actor of [room.admin, operator]) {
      await expect(test.services.documents.get(actor, id)).rejects.toMatchObject({ code: 'not-found' })
      const { items } = await test.services.documents.list(actor, { limit: 200, q: 'left behind' })
      expect(items).toEqual([])
    }
  })

  it('stays while another server may still be at work on it, and its id is taken so long', async () => {
    const id = randomUUID()
    await leaveUnfinished(id)
    await cleanUpUnfinishedImports({ database: test.database, now: Date.now })
    await expect(aDocument(test.services, room.admin, { id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is removed before the next import once it has been silent for a minute', async () => {
    const id = randomUUID()
    await leaveUnfinished(id)
    test.advance(61_000)
    expect((await aDocument(test.services, room.admin, { id, title: 'Again' })).id).toBe(id)
  })

  it('is removed at once by a server that is alone with its database', async () => {
    const id = randomUUID()
    const before = await countRows()
    await leaveUnfinished(id)
    await cleanUpUnfinishedImports({ database: test.database, now: Date.now }, { isAlone: true })
    expect(await test.database.db.document.count({ where: { currentEditionId: null } })).toBe(0)
    expect((await countRows()).blocks).toBeLessThanOrEqual(before.blocks)
  })
})
