import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromCodePointRange, toCodePointRange } from '#domain/anchoring/code-points.ts'
import { foldQuote, foldText } from '#domain/anchoring/fold-text.ts'
import { locateQuote } from '#domain/anchoring/locate-quote.ts'
import { describePassage, splitsPair } from '#domain/anchoring/passage.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { canonicalText, LONE_SURROGATE } from './arbitrary-text.ts'

const TEXT =
  'In the beginning there was a long sentence, and it went on 😀 until somebody, mercifully, stopped it.'

describe('describing a passage', () => {
  test('gives the words, and context that ends between words', () => {
    const start = TEXT.indexOf('it went')
    const passage = describePassage(TEXT, { start, end: start + 7 })
    expect(passage.exact).toBe('it went')
    expect(passage.prefix).toBe(' there was a long sentence, and ')
    expect(passage.suffix).toBe(' on 😀 until somebody, mercifully')
  })

  test('a context that would begin inside a surrogate pair leaves the pair out', () => {
    const text = `${'😀'.repeat(60)}x${'😀'.repeat(60)}`
    const { prefix, suffix } = describePassage(text, { start: 120, end: 121 })
    expect(prefix).not.toMatch(LONE_SURROGATE)
    expect(suffix).not.toMatch(LONE_SURROGATE)
  })

  const pair = TEXT.indexOf('😀')
  const refused = {
    'an empty range': { start: 3, end: 3 },
    'a range turned round': { start: 5, end: 3 },
    'a range before the text': { start: -1, end: 3 },
    'a range past the text': { start: 3, end: TEXT.length + 1 },
    'a fraction': { start: 0.5, end: 3 },
    'no number': { start: Number.NaN, end: 3 },
    'a range that begins inside a pair': { start: pair + 1, end: pair + 5 },
    'a range that ends inside a pair': { start: pair - 3, end: pair + 1 },
    'nothing but space': { start: 2, end: 3 },
  }
  for (const [what, range] of Object.entries(refused)) {
    test(`refuses ${what}`, () => {
      expect(() => describePassage(TEXT, range)).toThrow(expect.objectContaining({ code: 'unprocessable' }))
    })
  }
})

describe('describing and locating', { timeout: 60_000 }, () => {
  test('are inverse: the place is found, or is among the places it may be', () => {
    const textAndRange = canonicalText().chain((text) =>
      fc.tuple(fc.constant(text), fc.nat(text.length), fc.nat(text.length)).map(([, a, b]) => {
        return { text, range: { start: Math.min(a, b), end: Math.max(a, b) } }
      }),
    )
    fc.assert(
      fc.property(textAndRange, ({ text, range }) => {
        fc.pre(range.start < range.end && !splitsPair(text, range.start) && !splitsPair(text, range.end))
        fc.pre(foldQuote(text.slice(range.start, range.end)).trim() !== '')
        const location = locateQuote(text, describePassage(text, range))
        if (location.state === 'absent') throw new Error('absent from the text it was taken from')
        const places = location.state === 'found' ? [location.range] : location.candidates
        if (location.state === 'ambiguous' && places.length === 20) return
        const whole = wholeUnits(text, range)
        expect(places.some((place) => place.start < whole.end && place.end > whole.start)).toBe(true)
        for (const place of places) {
          expect(foldQuote(text.slice(place.start, place.end)).trim()).toBe(
            foldQuote(text.slice(range.start, range.end)).trim(),
          )
        }
      }),
      { numRuns: 500 },
    )
  })

  test('as a selector exported in code points or in UTF-16, a passage comes back as the very same', () => {
    fc.assert(
      fc.property(canonicalText(), fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        fc.pre(!splitsPair(text, start) && !splitsPair(text, end))
        fc.pre(foldQuote(text.slice(start, end)).trim() !== '')
        const passage = describePassage(text, { start, end })
        const sent = JSON.parse(JSON.stringify({ ...passage, ...toCodePointRange(text, passage) }))
        const characters = [...text]
        expect(characters.slice(sent.start, sent.end).join('')).toBe(sent.exact)
        expect(characters.slice(0, sent.start).join('').endsWith(sent.prefix)).toBe(true)
        const back = fromCodePointRange(text, sent)
        expect(back && describePassage(text, back)).toEqual(passage)
        const inUtf16 = JSON.parse(JSON.stringify(passage))
        expect(describePassage(text, inUtf16)).toEqual(passage)
      }),
      { numRuns: 300 },
    )
  })

  test('give the very range where words are parted by single spaces', () => {
    const words = fc
      .array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 3, maxLength: 40 })
      .map((list) => list.join(' '))
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (text, a, b) => {
        const start = a % text.length
        const end = start + 1 + (b % (text.length - start))
        fc.pre(text.slice(start, end).trim() !== '')
        const location = locateQuote(text, describePassage(text, { start, end }))
        if (location.state === 'found') expect(location.range).toEqual({ start, end })
        else expect(location.state).toBe('ambiguous')
      }),
    )
  })
})

/** A run of dashes or spaces folds to one unit, so a quote that cuts a run names the run and no place in it. */
function wholeUnits(text: string, range: TextRange): TextRange {
  const { starts, ends } = foldText(text)
  const units = [...starts.keys()].filter(
    (unit) => (starts[unit] ?? 0) < range.end && (ends[unit] ?? 0) > range.start,
  )
  return { start: starts[units[0] ?? 0] ?? range.start, end: ends[units.at(-1) ?? 0] ?? range.end }
}
