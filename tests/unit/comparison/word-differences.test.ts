import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldQuote } from '#domain/anchoring/fold-text.ts'
import { wordDifferences } from '#domain/comparison/word-differences.ts'

/** `[-removed-]{+added+}`, as one reads it. */
const show = (before: string, after: string) =>
  wordDifferences(before, after)
    .map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind])
    .join('')

describe('the differences of two wordings', () => {
  it.each([
    ['none', 'It is so.', 'It is so.', 'It is so.'],
    ['a word put in', 'It is so.', 'It is not so.', 'It is {+not +}so.'],
    ['a word left out', 'It was not so.', 'It was so.', 'It was [-not -]so.'],
    ['a number', 'In 1848 it rained.', 'In 1849 it rained.', 'In [-1848-]{+1849+} it rained.'],
    ['neighbours that changed stand together', 'a red hen', 'a blue cock', 'a [-red hen-]{+blue cock+}'],
    ['a mark', 'No, never.', 'No; never.', 'No[-,-]{+;+} never.'],
    ['only the kind of quote marks and spaces', '“So” it\u00a0is', '"So" it is', '"So" it is'],
    ['everything', 'one', 'two', '[-one-]{+two+}'],
    ['nothing left', 'gone', '', '[-gone-]'],
  ])('show %s', (_, before, after, shown) => expect(show(before, after)).toBe(shown))

  it('give back both wordings', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'no', ' ', ', ', '—', 'é', '🐦'), { maxLength: 30 })
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(''), other.join('')]
        const steps = wordDifferences(before, after)
        const textOf = (kind: 'removed' | 'added') =>
          steps.flatMap((step) => (step.kind === 'same' || step.kind === kind ? step.text : [])).join('')
        expect(textOf('added')).toBe(after)
        expect(foldQuote(textOf('removed'))).toBe(foldQuote(before))
      }),
    )
  })

  it('of wordings too long to compare are the whole of what differs', () => {
    const before = Array.from({ length: 3_000 }, (_, i) => `a${i}`).join(' ')
    const after = Array.from({ length: 3_000 }, (_, i) => `b${i}`).join(' ')
    expect(wordDifferences(`x ${before} z`, `x ${after} z`).map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ])
  })
})
