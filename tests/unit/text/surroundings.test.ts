import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { surroundings } from '#domain/text/surroundings.ts'

describe('what stands around words', () => {
  const text = 'In the beginning there was a long sentence that went on.'
  const start = text.indexOf('long')

  test('begins and ends between words', () => {
    expect(surroundings(text, { start, end: start + 4 }, 16)).toEqual({
      before: ' there was a ',
      after: ' sentence that ',
    })
  })

  test('is whole at the ends of the text', () => {
    expect(surroundings(text, { start, end: start + 4 }, 500)).toEqual({
      before: text.slice(0, start),
      after: text.slice(start + 4),
    })
  })

  test('touches the words, and parts no surrogate pair', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 200 })
    fc.assert(
      fc.property(words, words, fc.nat(80), (left, right, length) => {
        const whole = `${left}word${right}`
        const { before, after } = surroundings(whole, { start: left.length, end: left.length + 4 }, length)
        expect(left.endsWith(before) && right.startsWith(after)).toBe(true)
        expect(`${before} ${after}`).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})
