import { describe, expect, test } from 'vitest'
import { importFixture, importText, outline } from './read-fixture.ts'

const read = async (text: string) => outline(await importText(text))

describe('a hard-wrapped book', async () => {
  const book = await importFixture('hard-wrapped-book.txt')
  const lines = outline(book)

  test('says who wrote it', async () => {
    expect(book.source).toMatchObject({ title: 'The Lighthouse', authors: ['Ada Brown'], language: 'en' })
  })

  test('has its chapters as headings, in levels', async () => {
    expect(lines.filter((line) => line.startsWith('heading'))).toEqual([
      'heading1: THE LIGHTHOUSE',
      'heading2: CONTENTS',
      'heading2: CHAPTER I',
      'heading3: THE ARRIVAL',
      'heading2: CHAPTER II',
      'heading3: THE STORM',
    ])
  })

  test('keeps the lines of its contents and of its verse, and their indents', async () => {
    expect(lines).toContain('verse: I.    The Arrival\nII.   The Storm\nIII.  The Keeper')
    expect(lines.find((line) => line.startsWith('verse1'))).toBe(
      'verse1: The sea is wide, the night is long,\n  And far the light we follow;\nThe wind has taken up my song\n  And left the evening hollow.',
    )
  })

  test('has what is set in as quotation, with its lines joined', async () => {
    expect(lines.filter((line) => line.startsWith('quotation'))).toEqual([
      'quotation1: We the undersigned, being keepers of the light, do solemnly declare that no vessel passed in the night, nor was any seen to pass, before the morning of the third.',
    ])
  })

  test('is one paragraph again where a page number stood in its sentence', async () => {
    expect(lines).toContain('paragraph: and nothing more was said of it. In the morning, the boat had gone.')
  })
})

describe('scanned pages', async () => {
  const lines = outline(await importFixture('scanned-pages.txt'))

  test('put words and paragraphs together across lines and pages', async () => {
    expect(lines[2]).toBe(
      'paragraph: The town of Ashford lies upon the river, and has, from the earliest times, been known for its wool. Ashford was first chartered in the earliest years of the reign; its market 2 held on Tuesdays was the largest in the county, and the tolls thereof were the subject of dispute.'.replace(
        'Tuesdays',
        'Tues-days',
      ),
    )
  })

  test('tell quotations in quotations, indented paragraphs, lists and numbered headings', async () => {
    expect(lines).toContain('quotation2: "And none did," adds another hand.')
    expect(lines.filter((line) => /^paragraph: The (second|third)/.test(line))).toHaveLength(2)
    expect(lines).toContain('list-item1#2: Pears')
    expect(lines).toContain('list-item1: two which goes on for two lines')
    expect(lines.some((line) => /^heading\d: 3\.1 The Market$/.test(line))).toBe(true)
    expect(lines.some((line) => /^heading\d: § 3$/.test(line))).toBe(true)
    expect(lines.some((line) => /^heading\d: Two Sides$/.test(line))).toBe(true)
  })

  test('keep the columns of a table', async () => {
    expect(lines).toContain(
      'code: Name        Born     Died\nJohn        1700     1760\nMary        1704     1790',
    )
  })

  test('leave a salutation alone', async () => {
    expect(lines).toContain('paragraph: Dear Sir,')
  })
})

describe('paragraphs', async () => {
  const long =
    'This line was never wrapped and goes on and on, as lines do that a word processor wrote to a file. '.repeat(
      2,
    )

  test('a line of only spaces parts them', async () => {
    expect(await read('One is\nhere.\n   \nTwo is\nthere.')).toEqual([
      'paragraph: One is here.',
      'paragraph: Two is there.',
    ])
  })

  test('lines that were never wrapped are one each', async () => {
    expect(await read(`${long}\nShort one.\n${long}`)).toHaveLength(3)
  })

  test.each([
    ['a well-\nknown fact', 'a well-known fact'],
    ['pre-\nand post-war', 'pre- and post-war'],
    ['the work-\ners are workers', 'the workers are workers'],
    ['it was--\nperhaps', 'it was--perhaps'],
    ['soft\u00AD\nware', 'software'],
  ])('%j becomes %j', async (wrapped, joined) => {
    expect(await read(wrapped)).toEqual([`paragraph: ${joined}`])
  })

  test('a sentence that an empty line parted is one again, only when it is plain that it was parted', async () => {
    const start = 'The masses of working people of that country'
    expect(await read(`${start}\n\nbegan to move.`)).toEqual([`paragraph: ${start} began to move.`])
    expect(await read(`${start}.\n\nbegan to move.`)).toHaveLength(2)
    expect(await read(`${start}\n\nBegan to move.`)).toHaveLength(2)
    expect(await read('a formula\n\nwhere x')).toHaveLength(2)
    expect(await read('He said so,\fwithout delay.')).toEqual(['paragraph: He said so, without delay.'])
  })

  test('signs for italics and bold become marks', async () => {
    const { edition } = await importText(
      'A _word_ and *two words* and **three** but snake_case_name and 2 * 3 * 4.',
    )
    expect(edition.text).toBe('A word and two words and three but snake_case_name and 2 * 3 * 4.')
    expect(
      edition.blocks[0]?.marks.map((mark) => `${mark.kind} ${edition.text.slice(mark.start, mark.end)}`),
    ).toEqual(['emphasis word', 'emphasis two words', 'strong three'])
  })
})

describe('headings', async () => {
  const body = '\n\nIt was a dark night, and the rain fell in torrents, except at times.\n\n'

  test.each([
    ['1. Introduction'], ['Chapter II'], ['CHAPTER 3: The End of It'], ['I.'], ['IV. The Return'], ['§ 3'], ['2.1 Method'],
    ['A SHORT HISTORY'], ['Preface'], ['Title\n====='], ['Title\n-----'],
  ])('%j is one', async (line) => {
    expect((await read(`${body}${line}${body}`))[1]).toMatch(/^heading/)
  }) // biome-ignore format: one table

  test.each([
    ['1914. It was the year.'], ['I am here'], ['Chapter and verse were quoted'], ['THE END'], ['* * *'],
    ['1. Apples\n2. Pears'], ['Part of it was lost'], ['HAMLET\nTo be, or not to be'], ['שלום עולם'],
  ])('%j is none', async (line) => {
    expect((await read(`${body}${line}${body}`)).filter((found) => found.startsWith('heading'))).toEqual([])
  }) // biome-ignore format: one table

  test('a row of chapters is a table of contents', async () => {
    const found = await read(
      `CONTENTS\n\nChapter 1\n\nChapter 2\n\nChapter 3\n\nChapter 1${body}Chapter 2${body}`,
    )
    expect(found.filter((line) => line.startsWith('list-item'))).toHaveLength(3)
    expect(
      found.filter((line) => line === 'heading1: Chapter 1' || line === 'heading2: Chapter 1'),
    ).toHaveLength(1)
  })

  test('numbered lines that lost the empty lines around them are headings again', async () => {
    const found = await read(
      '1 What was it?\nIt was a\nthing.\n2 Where was it\nor is it?\nIt was\nhere.\n3 When was it?\nIt was\nthen.',
    )
    expect(found.filter((line) => line.startsWith('heading'))).toHaveLength(3)
    expect(found).toContain('heading1: 2 Where was it or is it?')
  })

  test('a name that is said many times is a speaker', async () => {
    expect(
      (await read('HAMLET\n\nTo be.\n\n'.repeat(5))).filter((line) => line.startsWith('heading')),
    ).toEqual([])
  })
})

test('a title above its author is the title, and stays in the text', async () => {
  const { source, edition } = await importText(
    'In Defence of Tides\n\nby Ada Brown and Bo Lind\n\nThe tide is high.',
  )
  expect(source).toMatchObject({ title: 'In Defence of Tides', authors: ['Ada Brown', 'Bo Lind'] })
  expect(edition.text).toBe('In Defence of Tides\nby Ada Brown and Bo Lind\nThe tide is high.')
})

test('free verse keeps its lines, wrapped prose does not', async () => {
  expect((await read('so much\ndepends upon\n\na small\nwooden boat that\nwaits'))[0]).toBe(
    'paragraph: so much depends upon',
  )
  expect(
    await read('Now the day is over,\nNight is drawing nigh,\nShadows of the evening\nSteal across the sky.'),
  ).toHaveLength(1)
  expect(
    (
      await read(
        'Now the day is over,\nNight is drawing nigh,\nShadows of the evening\nSteal across the sky.',
      )
    )[0],
  ).toMatch(/^verse/)
})
