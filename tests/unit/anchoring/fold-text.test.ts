import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldQuote, foldText } from '#domain/anchoring/fold-text.ts'
import { spoiltText } from './arbitrary-text.ts'

const SAME = [
  ['runs of white space', 'one  two\n\tthree', 'one two three'],
  ['no-break and ideographic space', 'one\u00a0two\u3000three', 'one two three'],
  ['double quote marks', '“a” «b» „c‟', '"a" "b" "c"'],
  ['single quote marks', 'it’s ‹a›', "it's 'a'"],
  ['dashes, and dashes typed as hyphens', 'a--b a—b a–b', 'a-b a-b a-b'],
  ['ligatures', 'eﬃcient ﬂow', 'efficient flow'],
  ['the ellipsis', 'and so on…', 'and so on...'],
  ['soft hyphens and zero-width characters', 'or\u00adgan\u200bize', 'organize'],
  ['a space parted by an invisible character', 'a \u00ad b', 'a b'],
  ['composed and decomposed letters', 'e\u0301te\u0301', 'été'],
  ['Hangul letters and syllables', '\u1112\u1161\u11ab', '한'],
] as const

const DIFFERENT = [
  ['case', 'Mark', 'mark'],
  ['accents', 'ou', 'où'],
  ['letters that only look joined', 'æ', 'ae'],
  ['superscript digits', 'x²', 'x2'],
  ['punctuation', 'a, b', 'a; b'],
] as const

describe('folding', { timeout: 60_000 }, () => {
  for (const [what, a, b] of SAME)
    test(`${what} make no difference`, () => expect(foldQuote(a)).toBe(foldQuote(b)))
  for (const [what, a, b] of DIFFERENT)
    test(`${what} make a difference`, () => expect(foldQuote(a)).not.toBe(foldQuote(b)))

  test('every folded unit points to what it was made from', () => {
    const { folded, starts, ends } = foldText('a  ﬁ\u00ade\u0301')
    expect(folded).toBe('a fié')
    expect([...starts]).toEqual([0, 1, 3, 3, 5])
    expect([...ends]).toEqual([1, 3, 4, 4, 7])
  })

  test('folding twice is folding once, marks aside that stand alone after an invisible character', () => {
    fc.assert(
      fc.property(spoiltText(), (text) => {
        fc.pre(!/[\p{Cf}][\p{M}\u1160-\u11ff]/u.test(text))
        const folded = foldQuote(text)
        expect(foldQuote(folded)).toBe(folded)
      }),
    )
  })

  test('the way back never goes back, and stays in the text', () => {
    fc.assert(
      fc.property(spoiltText(), (text) => {
        const { folded, starts, ends } = foldText(text)
        expect(starts.length).toBe(folded.length)
        let last = 0
        for (let i = 0; i < folded.length; i++) {
          expect(starts[i]).toBeGreaterThanOrEqual(last)
          expect(ends[i]).toBeGreaterThan(starts[i] ?? 0)
          expect(ends[i]).toBeLessThanOrEqual(text.length)
          last = starts[i] ?? 0
        }
      }),
    )
  })
})
