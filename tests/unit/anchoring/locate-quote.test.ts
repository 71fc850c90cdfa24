import { describe, expect, test } from 'vitest'
import { foldText } from '#domain/anchoring/fold-text.ts'
import { locateQuote } from '#domain/anchoring/locate-quote.ts'

const TEXT = [
  'It was written by Engels, as he says. Nobody doubts it.',
  'It was not written by Engels, as they say. Nobody doubts it.',
  'And so we go on. Nobody doubts it, but we do.',
].join('\n')

describe('locating a quote', { timeout: 60_000 }, () => {
  test('finds the one place, in whatever quote marks, dashes and spaces it is typed', () => {
    const text = 'He said: “it is—so far”\nand left.'
    expect(locateQuote(text, { exact: '"it is--so  far" and' })).toEqual({
      state: 'found',
      range: { start: 9, end: 27 },
    })
  })

  test('finds nothing by likeness', () => {
    for (const exact of ['was never written', 'Was written', 'written by Marx', 'writtenby']) {
      expect(locateQuote(TEXT, { exact }).state).toBe('absent')
    }
  })

  test('what has no visible character is absent', () => {
    for (const exact of ['', ' ', '\n', '\u00ad']) expect(locateQuote(TEXT, { exact }).state).toBe('absent')
  })

  test('several places without context are given back, not guessed', () => {
    const location = locateQuote(TEXT, { exact: 'Nobody doubts it' })
    expect(location.state).toBe('ambiguous')
    if (location.state !== 'ambiguous') return
    expect(location.candidates.map(({ start }) => start)).toEqual([38, 99, 134])
    expect(location.candidates[1]?.prefix).toContain('as they say. ')
  })

  test('context decides where it holds in full at one place alone', () => {
    const location = locateQuote(TEXT, { exact: 'Nobody doubts it', prefix: 'as they say. ' })
    expect(location).toEqual({ state: 'found', range: { start: 99, end: 115 } })
    expect(locateQuote(TEXT, { exact: 'Nobody doubts it', suffix: ', but' })).toMatchObject({
      range: { start: 134 },
    })
  })

  test('context that holds in part decides only with a clear lead', () => {
    const exact = 'Nobody doubts it'
    expect(locateQuote(TEXT, { exact, prefix: 'Of course as they say. ' })).toMatchObject({
      range: { start: 99 },
    })
    expect(locateQuote(TEXT, { exact, prefix: 'which nobody here has said. ' }).state).toBe('ambiguous')
    expect(locateQuote(TEXT, { exact, prefix: 'Engels, quite as she says. ' }).state).toBe('ambiguous')
  })

  test('context that holds in full at two places does not decide', () => {
    expect(locateQuote(TEXT, { exact: 'Nobody doubts it', suffix: '.' }).state).toBe('ambiguous')
  })

  test('overlapping places count as several', () => {
    expect(locateQuote('ha ha ha', { exact: 'ha ha' }).state).toBe('ambiguous')
  })

  test('a quote that parts a letter from its accent is found as it is written', () => {
    const found = { state: 'found', range: { start: 0, end: 4 } }
    expect(locateQuote('cafe\u0301', { exact: 'cafe' })).toEqual(found)
    expect(locateQuote('cafe\u0301 cafe', { exact: 'cafe', suffix: '\u0301 c' })).toEqual(found)
  })

  test('never answers with a range inside a surrogate pair', () => {
    expect(locateQuote('x😀y', { exact: '\ude00' }).state).toBe('absent')
  })

  test('shows at most twenty candidates, and stays linear where the quote is everywhere', () => {
    const location = locateQuote('a'.repeat(400_000), { exact: 'a'.repeat(100_000), prefix: 'a'.repeat(500) })
    expect(location.state === 'ambiguous' && location.candidates.length).toBe(20)
  })

  test('a folded text answers as the text itself', () => {
    const folded = foldText(TEXT)
    for (const exact of ['Nobody doubts it', 'was not written', 'absent']) {
      expect(locateQuote(folded, { exact })).toEqual(locateQuote(TEXT, { exact }))
    }
  })
})
