import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#domain/app-error.ts'
import { toRepairSwitches } from '#domain/text/repairs.ts'
import { importSource } from '#server/import/import-source.ts'
import { detectFormat } from '#server/import/importers.ts'
import { LineJoiner } from '#server/import/join-lines.ts'
import { toPdfLines } from '#server/import/pdf-lines.ts'
import { unpackedSize } from '#server/import/unpacked-size.ts'
import { expectRenderedTextToBeCanonical } from '../text/rendered-text.ts'
import { buildPdf, buildRawPdf, type Line, stack, typeset } from './build-pdf.ts'
import { outline } from './read-fixture.ts'

const read = (bytes: Uint8Array) => importSource({ bytes, format: 'pdf' })
const WORDS =
  'the river rose in the night and took the lower meadow before anybody had thought of the cattle which stood on the far bank'.split(
    ' ',
  )
/** Sentences that differ from each other, and begin with a word that tells which. */
const prose = (name: string, words: number) =>
  `${name} ${Array.from({ length: words }, (_, n) => WORDS[(n * 7 + name.length) % WORDS.length]).join(' ')}.`

describe('a book', { timeout: 60_000 }, async () => {
  const paragraphs = Array.from({ length: 24 }, (_, n) => prose(`Paragraph${n}`, 60 + ((n * 37) % 50)))
  const lines = await typeset(paragraphs, { x: 50, width: 300 })
  const pages: Line[][] = []
  for (let start = 0; start < lines.length; start += 36) {
    const number = pages.length + 41
    const head: Line = pages.length % 2 === 0 ? ['THE FERRYMAN', 150, 30, 8] : ['CHAPTER ONE', 150, 30, 8]
    const isOpening = pages.length === 0
    const text = stack(lines.slice(start, start + 36), isOpening ? 110 : 60)
    pages.push(
      isOpening
        ? [['The Ferryman', 120, 60, 20], ['Of Rivers', 150, 90, 14], ...text, [`${number}`, 195, 580]]
        : [head, ...text, [`${number}`, 195, 580]],
    )
  }
  const book = await read(await buildPdf(pages, { title: 'Microsoft Word - ferry.doc', author: 'Mara Voss' }))

  test('is its headings and paragraphs, across pages, without running heads and page numbers', () => {
    expect(outline(book)).toEqual([
      'heading1: The Ferryman',
      'heading2: Of Rivers',
      ...paragraphs.map((text) => `paragraph: ${text}`),
    ])
  })

  test('keeps the printed number of each page at its first word', () => {
    const starts = book.edition.blocks.flatMap(({ marks }) =>
      marks.flatMap((mark) => (mark.kind === 'page-start' ? [mark] : [])),
    )
    expect(starts.map(({ label }) => label)).toEqual(pages.map((_, index) => `${index + 41}`))
    const [, second] = starts
    expect(book.edition.text.slice(second?.start).startsWith(lines[36]?.[0] ?? '?')).toBe(true)
  })

  test('says who wrote it; a title that a program made is none', () => {
    expect(book.source).toMatchObject({ title: 'The Ferryman', authors: ['Mara Voss'] })
  })

  test('tells from which page a block came', () => {
    expect(book.edition.blocks.at(-1)?.source?.part).toBe(`page ${pages.length}`)
  })
})

test('two columns are read one after the other, what goes across them before or after both', async () => {
  const left = await typeset([prose('Left', 90), prose('Down', 90)], { x: 40, width: 150 })
  const right = await typeset([prose('Right', 90), prose('Last', 80)], { x: 210, width: 150 })
  // As a scanner of text may have it: line by line across both columns.
  const rows = left.flatMap((line, n) => [
    ...stack([line], 100 + n * 12),
    ...(right[n] ? stack([right[n]], 100 + n * 12) : []),
  ])
  const below = 100 + left.length * 12 + 30
  const page: Line[] = [
    ['A Title Over Both Columns Here', 60, 60, 18],
    ...rows,
    [
      'This line below goes across the whole width of the page, from the left edge to the right.',
      40,
      below,
      9.5,
    ],
  ]
  expect(outline(await read(await buildPdf([page])))).toEqual([
    'heading1: A Title Over Both Columns Here',
    `paragraph: ${prose('Left', 90)}`,
    `paragraph: ${prose('Down', 90)}`,
    `paragraph: ${prose('Right', 90)}`,
    `paragraph: ${prose('Last', 80)}`,
    'paragraph: This line below goes across the whole width of the page, from the left edge to the right.',
  ])
})

test('a long quotation in a column is no column of its own', async () => {
  const left = await typeset([prose('Left', 190)], { x: 40, width: 150 })
  const top = await typeset([prose('Top', 50)], { x: 210, width: 150 })
  const quoted = await typeset([prose('Quoted', 90)], { x: 228, width: 114, indent: 0 })
  const page = [...stack(left, 60), ...stack(top, 66), ...stack(quoted, 66 + (top.length + 1) * 12)]
  expect(outline(await read(await buildPdf([page])))).toEqual([
    `paragraph: ${prose('Left', 190)}`,
    `paragraph: ${prose('Top', 50)}`,
    `quotation1: ${prose('Quoted', 90)}`,
  ])
})

test('headings that differ by their number are no running heads, though they stand alike', async () => {
  const pages: Line[][] = []
  for (let n = 1; n <= 4; n += 1) {
    const text = await typeset([prose(`Text${n}`, 60)], { x: 50, width: 300 })
    pages.push([[`CHAPTER ${n}`, 160, 60, 10], ...stack(text, 100), [`${n + 20}`, 195, 580]])
  }
  const lines = outline(await read(await buildPdf(pages)))
  expect(lines.filter((line) => line.startsWith('heading'))).toEqual(
    [1, 2, 3, 4].map((n) => `heading1: CHAPTER ${n}`),
  )
  expect(lines).toHaveLength(8)
})

describe('a word parted at the end of a line', () => {
  const join = (lines: readonly string[]) => {
    const joiner = new LineJoiner(lines.join('\n'), { switches: toRepairSwitches(), isTypeset: true })
    return lines.reduce((text, line) => {
      const { drop, glue } = joiner.joint(text, line)
      return text.slice(0, text.length - drop) + glue + line
    })
  }
  test.each([
    [['They or-', 'ganize it'], 'They organize it'],
    [['a well-', 'known man'], 'a well-known man'],
    [['the coast-', 'line. A coast is a line.'], 'the coast-line. A coast is a line.'],
    [
      ['the coast-', 'line. The coastline. A coast is a line.'],
      'the coastline. The coastline. A coast is a line.',
    ],
    [['e-mail and e-', 'mail'], 'e-mail and e-mail'],
    [['Brest-', 'Litovsk'], 'Brest-Litovsk'],
    [['pre-', 'and post-war'], 'pre- and post-war'],
    [['1914-', '1918'], '1914-1918'],
    [['soft\u00AD', 'ly'], 'softly'],
    [['so it was—', 'gone'], 'so it was—gone'],
  ])('%j becomes %j', (lines, joined) => {
    expect(join(lines)).toBe(joined)
  })
})

test('a sentence and a word that a page parted are whole again; quotations and gaps are seen', async () => {
  const first = await typeset([prose('One', 40), prose('Two', 30).replace(/ \w+\.$/, ' beset by dif-')], {
    x: 50,
    width: 300,
  })
  const quoted = await typeset([prose('Quoted', 40)], { x: 80, width: 220, indent: 0 })
  const rest = await typeset([`ficulties of all kinds, ${prose('and', 40)}`], {
    x: 50,
    width: 300,
    indent: 0,
  })
  const after = await typeset([prose('After', 40)], { x: 50, width: 300, indent: 0 })
  const pages: Line[][] = [
    stack(first, 60),
    [
      ...stack(rest, 60),
      ...stack(quoted, 60 + rest.length * 12 + 8),
      ...stack(after, 60 + (rest.length + quoted.length) * 12 + 16),
    ],
  ]
  const lines = outline(await read(await buildPdf(pages)))
  expect(lines).toHaveLength(4)
  expect(lines[1]).toMatch(/^paragraph: Two .* beset by difficulties of all kinds, and /)
  expect(lines[2]).toBe(`quotation1: ${prose('Quoted', 40)}`)
  expect(lines[3]).toBe(`paragraph: ${prose('After', 40)}`)
})

test('notes at the bottom of a page are footnotes, reached from their raised marks, and part no sentence', async () => {
  const text = await typeset([prose('Text', 80)], { x: 50, width: 300 })
  const more = await typeset([prose('More', 40)], { x: 50, width: 300 })
  const marked: Line[] = [
    ...stack(text, 60),
    ['1', 352, 56, 6],
    ['1 So the miller says, and he', 50, 540, 8],
    ['should know.', 50, 550, 8],
    ['2 Ibid.', 50, 560, 8],
  ]
  const { edition, ...rest } = await read(await buildPdf([marked, stack(more, 60)]))
  const lines = outline({ edition, ...rest })
  expect(lines.slice(1)).toEqual([
    'footnote: So the miller says, and he should know.',
    'footnote: Ibid.',
    `paragraph: ${prose('More', 40)}`,
  ])
  expect(edition.blocks[0]?.marks).toMatchObject([{ kind: 'note-reference', label: '1-1' }])
})

test('a PDF is known by its first bytes', async () => {
  expect(detectFormat({ bytes: await buildPdf([[['x', 50, 50]]]), fileName: 'download' })).toBe('pdf')
})

test('says how far it is', async () => {
  const shares: number[] = []
  const bytes = await buildPdf(
    Array.from({ length: 20 }, (_, n) => [[`Some words on page ${n}.`, 50, 50] as const]),
  )
  await importSource({ bytes, format: 'pdf' }, (_stage, share) => shares.push(share ?? 0))
  expect(shares).toEqual([0, 0.25, 0.5, 0.75, 1, 0, 0])
})

describe('a PDF that cannot be read is refused in one line', { timeout: 30_000 }, async () => {
  const good = await buildPdf([[['Some words that are read.', 50, 50]]])
  const deflated = (bytes: Uint8Array) => deflateSync(bytes, { level: 1 })
  const zeros = new Uint8Array(100 * 1024 * 1024).fill(32)
  const encrypt = `/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>/ID[<00><00>]`
  const drawing = Buffer.from('0 0 m 400 600 l S')
  test.each<[string, () => Uint8Array, RegExp]>([
    ['no PDF', () => new TextEncoder().encode('Words.'), /not a PDF/],
    ['only its first line', () => new TextEncoder().encode('%PDF-1.7\n'), /damaged or cut off/],
    ['cut in the middle', () => good.slice(0, 300), /damaged|no text/],
    ['encrypted', () => buildRawPdf(drawing, '', encrypt), /encrypted/],
    ['a scan without text', () => buildRawPdf(drawing, ''), /scan.*OCR/],
    ['a stream that inflates without end', () => buildRawPdf(deflated(zeros), '/Filter/FlateDecode'), /far more than its size/],
    ['a stream deflated twice', () => buildRawPdf(deflated(deflated(zeros)), '/Filter[/FlateDecode /FlateDecode]'), /far more than its size/],
    ['an LZW stream without end', () => buildRawPdf(lzwOfZeros(30_000), '/Filter/LZWDecode'), /far more than its size/],
    ['a bomb written in hexadecimal', () => buildRawPdf(toHex(deflated(zeros)), '/Filter[/ASCIIHexDecode /FlateDecode]'), /far more than its size/],
    ['a run that goes on', () => buildRawPdf(new Uint8Array(2_000_000).fill(129), '/Filter/RunLengthDecode'), /far more than its size/],
    ['arrays in each other', () => buildRawPdf(Buffer.from(`${'['.repeat(1_000_000)}`), ''), /deeply|damaged|scan/],
  ])('%s', async (_name, build, line) => {
    const error = await read(build()).catch((found: unknown) => found)
    expect(error).toBeInstanceOf(AppError)
    expect(String(error)).toMatch(line)
    expect(String(error)).not.toContain('\n')
  }) // biome-ignore format: one table
})

/** A stream of LZW codes, as wide as the reader of it expects. */
function toLzw(codes: readonly number[]): Uint8Array {
  let bits = ''
  let next = 258
  let width = 9
  for (const [index, code] of codes.entries()) {
    bits += code.toString(2).padStart(width, '0')
    if (index > 1 && next < 4096) next += 1
    if (next + 1 >= 1 << width && width < 12) width += 1
  }
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
}

/** Zeros in runs that are one longer each time, and then as long as they can be. */
function lzwOfZeros(runs: number): Uint8Array {
  return toLzw([256, 0, ...Array.from({ length: runs }, (_, n) => Math.min(258 + n, 4095)), 257])
}

const toHex = (bytes: Uint8Array) => Buffer.from(`${Buffer.from(bytes).toString('hex')}>`)

describe('how large a stream is once it is unpacked', () => {
  test.each<[string, Uint8Array, string[], number]>([
    ['by LZW', toLzw([256, 65, 258, 259, 257]), ['LZWDecode'], 6],
    ['by LZW that grows its codes', lzwOfZeros(1_000), ['LZWDecode'], 1 + (1_001 * 1_002) / 2 - 1],
    ['by runs', Uint8Array.from([1, 65, 66, 254, 67, 128]), ['RunLengthDecode'], 5],
    ['from hexadecimal', Buffer.from('41 42 4>'), ['ASCIIHexDecode'], 3],
    ['from base 85', Buffer.from('9jqo^~>'), ['ASCII85Decode'], 4],
    ['a picture', new Uint8Array(9), ['DCTDecode'], 0],
  ])('%s', (_, raw, filters, size) => {
    expect(unpackedSize(raw, filters, 1e6)).toBe(size)
  })
})

const anyLine: fc.Arbitrary<Line> = fc.tuple(
  fc.constantFrom('word', 'Word two.', 'well-', '12', 'A', '• item', '*', 'THE HEAD', '“quoted”', 'é'),
  fc.integer({ min: 0, max: 390 }),
  fc.integer({ min: 10, max: 590 }),
  fc.constantFrom(6, 10, 10.5, 20),
)

test('whatever stands anywhere on a page, every rendered block is its slice of the canonical text', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyLine, { maxLength: 25 }), { minLength: 1, maxLength: 2 }),
      async (pages) => {
        const opened: Line[] = [['some words to begin with, enough of them to be text', 50, 300]]
        expectRenderedTextToBeCanonical((await read(await buildPdf([opened, ...pages]))).edition)
      },
    ),
    { numRuns: 60 },
  )
})

test('the lines of a page hold all of its words, wherever they stand', () => {
  const sorted = (texts: readonly string[]) => [...texts.join('').replace(/\s/g, '')].sort().join('')
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (page) => {
      const words = page.map(([text, x, y, size = 10]) => ({
        text,
        x,
        y,
        size,
        width: text.length * size * 0.5,
        isRightToLeft: false,
      }))
      expect(sorted(toPdfLines(words).map(({ text }) => text))).toBe(sorted(page.map(([text]) => text)))
    }),
    { numRuns: 500 },
  )
})
