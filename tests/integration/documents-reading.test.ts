import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import type { Block } from '#domain/text/edition-text.ts'
import type { Document } from '#domain/wire/document.ts'
import { getEditionText } from '#server/services/edition-cache.ts'
import { aDocument, sampleText } from '#tests/factories/document.ts'
import { aReadingRoom } from '#tests/factories/reading-room.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

let test: TestServices
let admin: Person

beforeAll(async () => {
  test = await startTestServices()
  admin = (await aReadingRoom(test.services)).admin
})

/** Marks before and after characters of two code units, an accent of its own, a table, code and verse. */
const hardText = `# Of 🐦 and *others*

A cafe\u0301 with **🐦🐦 two** birds, and 𝔉𝔯𝔞𝔨𝔱𝔲𝔯.

> Quoted, with a [link](https://example.org/?a=1&b=2).

| one | two |
|-----|-----|
| 🐦  | x   |

\`\`\`js
let bird = '🐦'
\`\`\`

## Next

- first
- *second*
`

async function readAll(document: Document): Promise<Block[]> {
  const blocks: Block[] = []
  let count = 1
  for (let number = 1; number <= count; number += 1) {
    const view = await test.services.documents.readSection(anonymous, document.slug, { section: number })
    count = view.sections.length
    expect(view.section.number).toBe(number)
    blocks.push(...view.blocks)
  }
  return blocks
}

/** What holds for every document: the text is its blocks, and each block and mark is where it says. */
async function expectWhole(document: Document) {
  const text = await test.services.documents.text(anonymous, document.id)
  const blocks = await readAll(document)
  expect(text).toHaveLength(document.edition.length)
  expect(blocks).toHaveLength(document.edition.blocks)
  expect(blocks.map((block) => block.text).join('\n')).toBe(text)
  for (const [index, block] of blocks.entries()) {
    expect(block.index).toBe(index)
    expect(text.slice(block.start, block.end)).toBe(block.text)
    for (const mark of block.marks) {
      expect(mark.start).toBeGreaterThanOrEqual(block.start)
      expect(mark.end).toBeLessThanOrEqual(block.end)
    }
  }
  return { text, blocks }
}

describe('a document that was brought in', () => {
  it('reads back with its offsets, forms and marks', async () => {
    const made = await aDocument(test.services, admin, { text: hardText, format: 'md' })
    const { text, blocks } = await expectWhole(made)
    const marked = blocks.flatMap(({ marks }) => marks.map((mark) => text.slice(mark.start, mark.end)))
    expect(marked).toEqual(['others', '🐦🐦 two', 'link', 'second'])
    expect(blocks.map(({ form }) => form.kind)).toEqual([
      'heading',
      'paragraph',
      'quotation',
      'table',
      'code',
      'heading',
      'list-item',
      'list-item',
    ])
    expect(blocks.map(({ number }) => number)).toEqual([null, 1, 2, 3, 4, null, 5, 6])
    expect(blocks[2]?.marks[0]).toMatchObject({ kind: 'link', href: 'https://example.org/?a=1&b=2' })
  })

  it('offers its headings as contents', async () => {
    const made = await aDocument(test.services, admin, { text: hardText, format: 'md' })
    const view = await test.services.documents.readSection(anonymous, made.slug, { section: 1 })
    expect(view.contents).toEqual([
      { title: 'Of 🐦 and others', level: 1, blockIndex: 0, section: 1 },
      { title: 'Next', level: 2, blockIndex: 5, section: 1 },
    ])
  })

  it('has its text by the number of its edition, and no other', async () => {
    const made = await aDocument(test.services, admin)
    const { documents } = test.services
    expect(await documents.text(anonymous, made.id, 1)).toBe(await documents.text(anonymous, made.id))
    await expect(documents.text(anonymous, made.id, 2)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('has one text for all who ask at once, folded like the quotes that are looked for in it', async () => {
    const made = await aDocument(test.services, admin)
    const [one, other] = await Promise.all([1, 2].map(() => getEditionText(test.database, made.edition.id)))
    expect(one).toBe(other)
    expect(one?.folded.source).toBe(one?.text)
    expect(one?.folded.folded).toContain('"To look,"')
    await expect(getEditionText(test.database, 'none')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a long document', () => {
  const paragraphs = Array.from({ length: 900 }, (_, n) => `Paragraph ${n} ${'of many words '.repeat(12)}🐦`)
  const book = paragraphs.map((words, n) => (n % 100 === 0 ? `## Part ${n}\n\n${words}` : words)).join('\n\n')
  let document: Document

  beforeAll(async () => {
    document = await aDocument(test.services, admin, { text: book, format: 'md' })
  })

  it('is read section by section, and nothing is lost between them', async () => {
    const { blocks } = await expectWhole(document)
    const view = await test.services.documents.readSection(anonymous, document.slug, { section: 2 })
    expect(view.sections.length).toBeGreaterThan(2)
    expect(view.blocks.length).toBeLessThan(blocks.length / 2)
    expect(view.contents).toHaveLength(9)
  })

  it('opens at the section of an offset, and of a paragraph', async () => {
    const { text, blocks } = await expectWhole(document)
    const words = 'Paragraph 640 '
    const offset = text.indexOf(words)
    const number = blocks.find((block) => block.start === offset)?.number ?? 0
    for (const at of [{ offset }, { paragraph: number }]) {
      const view = await test.services.documents.readSection(anonymous, document.id, at)
      expect(view.blocks.some((block) => block.text.startsWith(words))).toBe(true)
    }
  })

  it.each([{ section: 0 }, { section: 99 }, { offset: -1 }, { offset: 10_000_000 }, { paragraph: 901 }])(
    'has no place %j',
    async (at) => {
      await expect(test.services.documents.readSection(anonymous, document.slug, at)).rejects.toMatchObject({
        code: 'not-found',
      })
    },
  )

  it('is searched whole: each find says where it stands', async () => {
    const { text, blocks } = await expectWhole(document)
    const { total, finds } = await test.services.documents.find(anonymous, document.id, 'paragraph 64', 3)
    expect(total).toBe(11)
    expect(finds).toHaveLength(3)
    for (const find of finds) {
      expect(text.slice(find.start, find.end)).toBe('Paragraph 64')
      expect(`${find.before}${find.match}${find.after}`).toBe(
        text.slice(find.start - find.before.length, find.end + find.after.length),
      )
      const block = blocks.find(({ start, end }) => start <= find.start && find.end <= end)
      expect(find.paragraph).toBe(block?.number)
      const view = await test.services.documents.readSection(anonymous, document.slug, {
        section: find.section,
      })
      expect(view.section.start).toBeLessThanOrEqual(find.start)
      expect(view.section.end).toBeGreaterThanOrEqual(find.end)
    }
    const heading = await test.services.documents.find(anonymous, document.id, 'PART 300', 5)
    expect(heading.finds[0]).toMatchObject({ match: 'Part 300', paragraph: null })
  })

  it('never shows half a character around a find', async () => {
    const { finds } = await test.services.documents.find(anonymous, document.id, 'many', 200)
    for (const { before, after } of finds) expect(`${before}|${after}`).not.toMatch(/\p{Cs}/u)
  })
})

const corpus = process.env.POSTIL_TEST_CORPUS

describe('every document of the test corpus', async () => {
  const files = corpus
    ? (await readdir(corpus)).map((name): [string, Uint8Array] => [name, new Uint8Array()])
    : [['sample.txt', new TextEncoder().encode(sampleText)] satisfies [string, Uint8Array]]

  it.each(files)('is brought in and reads back: %s', async (fileName, own) => {
    const bytes = corpus ? new Uint8Array(await readFile(path.join(corpus, fileName))) : own
    const made = await test.services.documents.importDocument(admin, {
      bytes,
      fileName,
      properties: { visibility: 'public', groups: [] },
    })
    const { text } = await expectWhole(made)
    const original = await test.services.documents.original(anonymous, made.id)
    expect(Buffer.from(original.bytes).equals(bytes)).toBe(true)
    const word = /\p{L}{5,}/u.exec(text)?.[0] ?? ''
    const { finds } = await test.services.documents.find(anonymous, made.id, word, 1)
    expect(finds[0]?.match).toBe(word)
  })
})
