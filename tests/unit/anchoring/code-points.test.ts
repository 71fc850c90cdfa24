import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromCodePointRange, indexCodePoints, toCodePointRange } from '#domain/anchoring/code-points.ts'
import { splitsPair } from '#domain/anchoring/passage.ts'
import { spoiltText } from './arbitrary-text.ts'

describe('code point ranges', { timeout: 60_000 }, () => {
  test('count a surrogate pair as one', () => {
    expect(toCodePointRange('a😀b😀', { start: 3, end: 6 })).toEqual({ start: 2, end: 4 })
    expect(fromCodePointRange('a😀b😀', { start: 2, end: 4 })).toEqual({ start: 3, end: 6 })
  })

  test('outside the text there is no UTF-16 range', () => {
    for (const range of [
      { start: 0, end: 3 },
      { start: -1, end: 1 },
      { start: 2, end: 1 },
      { start: 0.5, end: 1 },
    ]) {
      expect(fromCodePointRange('a😀', range)).toBeNull()
    }
  })

  test('round-trip, and count as iteration does, also across the steps of the index', () => {
    const long = fc
      .tuple(spoiltText(20), fc.nat(2100), spoiltText(20))
      .map(([a, n, b]) => a + '😀'.repeat(n / 2) + 'x'.repeat(n % 3) + b)
    fc.assert(
      fc.property(fc.oneof(spoiltText(), long), fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        fc.pre(!splitsPair(text, start) && !splitsPair(text, end))
        const index = indexCodePoints(text)
        const range = toCodePointRange(index, { start, end })
        expect(range).toEqual({
          start: [...text.slice(0, start)].length,
          end: [...text.slice(0, end)].length,
        })
        expect(fromCodePointRange(index, range)).toEqual({ start, end })
      }),
      { numRuns: 300 },
    )
  })
})
