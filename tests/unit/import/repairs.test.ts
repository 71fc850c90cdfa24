import { describe, expect, test } from 'vitest'
import { mostRepairPlaces, type RepairKind, repairKinds } from '#domain/text/repairs.ts'
import type { ImportedSource } from '#server/import/import-source.ts'
import { importText, outline } from './read-fixture.ts'

const without = (...kinds: RepairKind[]) => repairKinds.filter((kind) => !kinds.includes(kind))
const counts = ({ repairs }: ImportedSource) =>
  Object.fromEntries(repairs.map(({ kind, count }) => [kind, count]))
/** What was repaired, as it stood and as it stands. */
const changes = ({ repairs, edition }: ImportedSource) =>
  repairs.flatMap(({ kind, places }) =>
    places.map(({ before, start, end }) => [kind, before, edition.text.slice(start, end)]),
  )

const wrapped = 'The council met to or-\nganize the *harvest* of the\nyear, as is well-\nknown.'

describe.each(['txt', 'md'] as const)('hard wraps and parted words in %s', (format) => {
  test('are repaired, and each word that was is recorded with what stood there', async () => {
    const imported = await importText(wrapped, { format })
    expect(outline(imported)).toEqual([
      'paragraph: The council met to organize the harvest of the year, as is well-known.',
    ])
    expect(counts(imported)).toEqual({ lines: 3, words: 1, paragraphs: 0 })
    expect(changes(imported)).toEqual([['words', 'or-\nganize', 'organize']])
  })

  test('stay as they are with the repair switched off', async () => {
    const unmended = await importText(wrapped, { format, repairs: without('words') })
    expect(outline(unmended)).toEqual([
      'paragraph: The council met to or-ganize the harvest of the year, as is well-known.',
    ])
    expect(unmended.repairs[1]).toEqual({ kind: 'words', isOn: false, count: 0, places: [] })
    const unjoined = await importText(wrapped, { format, repairs: [] })
    expect(outline(unjoined)).toEqual([
      'verse: The council met to or-\nganize the harvest of the\nyear, as is well-\nknown.',
    ])
    expect(counts(unjoined)).toEqual({ lines: 0, words: 0, paragraphs: 0 })
  })
})

describe('a word parted across paragraphs', () => {
  const parted = 'They meant to or-\n\nganize it all, which is well-\n\nknown to us. All of it is known.'

  test('is one word, unless its hyphen is its own', async () => {
    const imported = await importText(parted)
    expect(outline(imported)).toEqual([
      'paragraph: They meant to organize it all, which is well-',
      'paragraph: known to us. All of it is known.',
    ])
    expect(changes(imported)).toEqual([
      ['words', 'or-\n\nganize', 'organize'],
      ['paragraphs', 'or-\n\nganize', 'organize'],
    ])
  })

  test('stays parted with both repairs off', async () => {
    const imported = await importText(parted, { format: 'txt', repairs: ['lines'] })
    expect(imported.edition.blocks).toHaveLength(3)
  })

  test.each([
    ['html', '<p>They meant to or-</p>\n<p>ganize it all.</p>'],
    ['tei', '<TEI><text><body><p>They meant to or-</p><p>ganize it all.</p></body></text></TEI>'],
  ] as const)('is one word in %s too', async (format, text) => {
    const imported = await importText(text, { format })
    expect(outline(imported)).toEqual(['paragraph: They meant to organize it all.'])
    expect(changes(imported)[0]).toEqual(['words', 'or-\n\nganize', 'organize'])
  })
})

describe('a paragraph that a page parted in mid-sentence', () => {
  const pages =
    'The tide had turned before the\n\n12\n\nboats were out. Then it was dark.\n\n13\n\nMorning came.'

  test('is one again in plain text', async () => {
    const imported = await importText(pages)
    expect(outline(imported)).toEqual([
      'paragraph: The tide had turned before the boats were out. Then it was dark.',
      'paragraph: Morning came.',
    ])
    expect(changes(imported)).toEqual([['paragraphs', 'the\n\nboats', 'the boats']])
  })

  test('stays parted with the repair off', async () => {
    const imported = await importText(pages, { format: 'txt', repairs: without('paragraphs') })
    expect(imported.edition.blocks).toHaveLength(3)
    expect(counts(imported)).toEqual({ lines: 0, words: 0, paragraphs: 0 })
  })

  test('is one again in TEI, its notes after it, and says where the page begins', async () => {
    const tei =
      '<TEI><text><body><p>The tide<note>It did.</note> had turned before the</p><pb n="12"/><p>boats were out.</p><pb n="13"/><p>Morning came.</p></body></text></TEI>'
    const imported = await importText(tei, { format: 'tei' })
    expect(outline(imported)).toEqual([
      'paragraph: The tide1 had turned before the boats were out.',
      'footnote: It did.',
      'paragraph: Morning came.',
    ])
    const [first] = imported.edition.blocks
    const page = first?.marks.find(({ kind }) => kind === 'page-start')
    expect(imported.edition.text.slice(page?.start).startsWith('boats')).toBe(true)
    const off = await importText(tei, { format: 'tei', repairs: without('paragraphs') })
    expect(off.edition.blocks).toHaveLength(4)
  })
})

test('lines and words that TEI parts are repaired, kept, and recorded in the same way', async () => {
  const tei = '<TEI><text><body><p>They meant to or-<lb/>ganize all<lb/>of it.</p></body></text></TEI>'
  const imported = await importText(tei, { format: 'tei' })
  expect(outline(imported)).toEqual(['paragraph: They meant to organize all of it.'])
  expect(changes(imported)).toEqual([['words', 'or-\nganize', 'organize']])
  expect(counts(imported)).toMatchObject({ lines: 2, words: 1 })
  const off = await importText(tei, { format: 'tei', repairs: [] })
  expect(outline(off)).toEqual(['verse: They meant to or-\nganize all\nof it.'])
})

test('quote marks and dashes are left as they are', async () => {
  const text = '"Straight" and “curly”, it’s a – b — c -- d.'
  expect((await importText(text)).edition.text).toBe(text)
})

test('what is kept of many repairs is bounded, and the count says all', async () => {
  const text = 'or-\nganize and\n'.repeat(mostRepairPlaces + 50)
  const words = (await importText(text)).repairs.find(({ kind }) => kind === 'words')
  expect(words?.count).toBe(mostRepairPlaces + 50)
  expect(words?.places).toHaveLength(mostRepairPlaces)
})
