import { describe, expect, it } from 'vitest'
import { findWords } from '#domain/anchoring/find-words.ts'
import { foldText } from '#domain/anchoring/fold-text.ts'

const find = (text: string, words: string, limit = 10) => {
  const { total, ranges } = findWords(foldText(text), words, limit)
  return { total, matches: ranges.map(({ start, end }) => text.slice(start, end)) }
}

describe('finding words', () => {
  it.each([
    ['case', 'The Hedge and the hedge', 'HEDGE', ['Hedge', 'hedge']],
    ['quote marks', 'she said “look” twice', '"look"', ['“look”']],
    ['line ends and runs of spaces', 'one\n  two', 'one two', ['one\n  two']],
    ['the final sigma', 'ΟΔΟΣ και οδος', 'οδοσ', ['ΟΔΟΣ', 'οδος']],
    ['accents written in two parts', 'un cafe\u0301 noir', 'CAFÉ', ['cafe\u0301']],
  ])('does not mind %s', (_, text, words, matches) => {
    expect(find(text, words)).toEqual({ total: matches.length, matches })
  })

  it('keeps its place after a letter that grows when it is made small', () => {
    expect(find('İstanbul İzmir 🐦 wren', 'WREN').matches).toEqual(['wren'])
    expect(find('İstanbul', 'istanbul').matches).toEqual(['İstanbul'])
  })

  it('counts all places and gives the first', () => {
    expect(find('ha ha ha ha', 'ha', 2)).toEqual({ total: 4, matches: ['ha', 'ha'] })
  })

  it('counts places without overlap', () => {
    expect(find('aaaa', 'aa').total).toBe(2)
  })

  it('finds nothing for words without a visible character', () => {
    expect(find('a b', ' \u00ad ')).toEqual({ total: 0, matches: [] })
  })

  it('tells accents apart', () => {
    expect(find('café', 'cafe').total).toBe(0)
  })
})
