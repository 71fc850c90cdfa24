import { describe, expect, it } from 'vitest'
import { markPassage } from '#components/parallels/mark-passage.ts'
import type { ParallelInContext } from '#domain/wire/parallel.ts'

const side = (exact: string, start: number) => ({
  documentId: 'd',
  document: { slug: 'd', title: 'D' },
  editionId: 'e',
  exact,
  start,
  end: start + exact.length,
})

const parallel: ParallelInContext = {
  id: 'p',
  here: side('they were not asked', 108),
  there: side('they were asked', 4),
  similarity: 0.9,
  sharedWords: 3,
  recurring: false,
  differences: [
    {
      kind: 'negation',
      here: { start: 118, end: 121, words: 'not' },
      there: { start: 13, end: 13, words: '' },
      elided: false,
    },
    {
      kind: 'ends',
      here: { start: 128, end: 134, words: 'at all' },
      there: { start: 19, end: 19, words: '' },
      elided: false,
    },
  ],
  dismissed: null,
  may: { dismiss: false },
  context: {
    here: { start: 100, text: 'Indeed, they were not asked at all.' },
    there: { start: 0, text: 'So: they were asked.' },
  },
}

describe('marking a passage in its text', () => {
  it('loses no character of the text on either side', () => {
    for (const each of ['here', 'there'] as const) {
      expect(
        markPassage(parallel, each)
          .map(({ text }) => text)
          .join(''),
      ).toBe(parallel.context[each].text)
    }
  })

  it('marks what both share, and each difference by its place in the list', () => {
    expect(
      markPassage(parallel, 'here').map(({ text, isPassage, difference }) => [text, isPassage, difference]),
    ).toEqual([
      ['Indeed, ', false, null],
      ['they were ', true, null],
      ['not', true, 0],
      [' asked', true, null],
      [' ', false, null],
      ['at all', false, 1],
      ['.', false, null],
    ])
  })
})
