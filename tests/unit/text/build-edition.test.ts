import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildEdition } from '#domain/text/build-edition.ts'
import type { SourceBlock } from '#domain/text/edition-text.ts'
import {
  findBlockAt,
  findBlockByNumber,
  findSectionAt,
  findSectionOfBlock,
} from '#domain/text/find-in-edition.ts'
import { toContents } from '#domain/text/to-contents.ts'
import { sourceBlock } from './arbitrary-blocks.ts'

const paragraph = (text: string): SourceBlock => ({
  form: { kind: 'paragraph' },
  text,
  marks: [],
  source: null,
})
const heading = (level: 1 | 2 | 3, text: string): SourceBlock => ({
  form: { kind: 'heading', level },
  text,
  marks: [],
  source: null,
})

describe('an edition', () => {
  test('is its blocks joined by one line feed, each at its range', () => {
    fc.assert(
      fc.property(fc.array(sourceBlock), (sources) => {
        const { text, blocks } = buildEdition(sources)
        expect(text).toBe(blocks.map((block) => block.text).join('\n'))
        for (const block of blocks) {
          expect(text.slice(block.start, block.end)).toBe(block.text)
          for (const mark of block.marks) {
            expect(mark.start).toBeGreaterThanOrEqual(block.start)
            expect(mark.end).toBeLessThanOrEqual(block.end)
            expect(mark.start).toBeLessThan(mark.end)
          }
        }
        expect(text).not.toMatch(/[\r\0\uFEFF\p{Cs}]/u)
      }),
    )
  })

  test('keeps marks on their words when characters are dropped before them', () => {
    const source: SourceBlock = {
      ...paragraph('\uFEFFa\r\nb\0 bold'),
      marks: [{ kind: 'strong', start: 7, end: 11 }],
    }
    const { text, blocks } = buildEdition([source])
    const mark = blocks[0]?.marks[0]
    expect(text.slice(mark?.start, mark?.end)).toBe('bold')
  })

  test('drops empty blocks and numbers all others but headings', () => {
    const { blocks } = buildEdition([
      heading(1, 'H'),
      paragraph(' \n'),
      paragraph('a'),
      heading(2, 'I'),
      paragraph('b'),
    ])
    expect(blocks.map((block) => [block.index, block.number])).toEqual([
      [0, null],
      [1, 1],
      [2, null],
      [3, 2],
    ])
  })

  test('never has a mark that cuts a character in two', () => {
    const { blocks } = buildEdition([{ ...paragraph('a😀b'), marks: [{ kind: 'strong', start: 2, end: 3 }] }])
    expect(blocks[0]?.marks[0]).toMatchObject({ start: 1, end: 3 })
  })
})

describe('places in an edition', () => {
  test('every offset belongs to the block and the section around it', () => {
    const { text, blocks, sections } = buildEdition(
      Array.from({ length: 90 }, (_, n) => paragraph(`${n} `.repeat(500))),
    )
    expect(sections.length).toBeGreaterThan(1)
    fc.assert(
      fc.property(fc.nat(text.length), (offset) => {
        const block = findBlockAt(blocks, offset)
        expect(block && block.start <= offset && offset <= block.end).toBe(true)
        const section = findSectionAt(sections, offset)
        expect(section).toBe(findSectionOfBlock(sections, block?.index ?? -1))
      }),
    )
    expect(findBlockAt(blocks, -1)).toBeNull()
    expect(findBlockAt(blocks, text.length + 1)).toBeNull()
  })

  test('a block is found by the number that readers cite', () => {
    const { blocks } = buildEdition([heading(1, 'a'), paragraph('b'), heading(2, 'c'), paragraph('d')])
    expect(findBlockByNumber(blocks, 2)?.text).toBe('d')
    expect(findBlockByNumber(blocks, 3)).toBeNull()
    expect(findBlockByNumber(blocks, 0)).toBeNull()
  })

  test('contents know the depth of each heading without gaps', () => {
    const edition = buildEdition([
      heading(1, 'a'),
      heading(3, 'b'),
      paragraph('x'),
      heading(2, 'c'),
      heading(1, 'd'),
    ])
    expect(
      toContents(edition).map(({ title, depth, block, section }) => [title, depth, block, section]),
    ).toEqual([
      ['a', 1, 0, 1],
      ['b', 2, 1, 1],
      ['c', 2, 3, 1],
      ['d', 1, 4, 1],
    ])
  })
})

describe('sections', () => {
  const prose = (length: number) => Array.from({ length: length / 1000 }, () => paragraph('x'.repeat(999)))
  const lengths = (blocks: SourceBlock[]) => buildEdition(blocks).sections.map((s) => s.end - s.start)

  test('cover all blocks in order without overlap, none too long', () => {
    const sized = fc.array(fc.tuple(fc.nat(30_000), fc.nat(4)), { maxLength: 40 })
    fc.assert(
      fc.property(sized, (sizes) => {
        const sources = sizes.map(([size, level]) =>
          level === 1 || level === 2 ? heading(level, 'h') : paragraph('x'.repeat(size)),
        )
        const { blocks, sections } = buildEdition(sources)
        let next = 0
        for (const section of sections) {
          expect(section.firstBlock).toBe(next)
          expect(section.end - section.start).toBeLessThanOrEqual(80_000)
          next = section.endBlock
        }
        expect(next).toBe(blocks.length)
      }),
    )
  })

  test('a text under 60,000 characters is one', () => {
    expect(lengths(prose(59_000))).toHaveLength(1)
  })

  test('begin at the highest heading near the target', () => {
    const { sections } = buildEdition([
      ...prose(45_000),
      heading(2, 'lower'),
      ...prose(10_000),
      heading(1, 'higher'),
      ...prose(40_000),
    ])
    expect(sections[1]?.title).toBe('higher')
  })

  test('a block longer than a section stands in one of its own', () => {
    expect(lengths([paragraph('a'), paragraph('x'.repeat(200_000)), paragraph('b')])).toContain(200_000)
  })

  test('never leave a heading behind at the end of one', () => {
    const { sections, blocks } = buildEdition([
      ...prose(200_000).flatMap((block) => [heading(3, 'h'), block]),
    ])
    for (const section of sections) expect(blocks[section.endBlock - 1]?.form.kind).toBe('paragraph')
  })
})
