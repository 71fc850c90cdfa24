import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockAt,
  blocksInRange,
  firstCharacter,
  isWithin,
  trimRange,
} from '#components/reader/block-spans.ts'

const blocks = [
  { name: 'a', start: 0, end: 10 },
  { name: 'b', start: 11, end: 20 },
  { name: 'empty', start: 21, end: 21 },
  { name: 'c', start: 22, end: 30 },
]
const touched = (start: number, end: number) => blocksInRange(blocks, { start, end }).map(({ name }) => name)

describe('blocksInRange', () => {
  it.each<[number, number, string[]]>([
    [0, 10, ['a']],
    [3, 4, ['a']],
    [9, 12, ['a', 'b']],
    [10, 11, []],
    [11, 20, ['b']],
    [0, 30, ['a', 'b', 'empty', 'c']],
    [30, 40, []],
    [5, 5, ['a']],
    [10, 10, ['a']],
    [11, 11, ['b']],
    [21, 21, ['empty']],
    [30, 30, ['c']],
  ])('finds for %i to %i %o', (start, end, names) => {
    expect(touched(start, end)).toEqual(names)
  })
})

describe('blockAt', () => {
  it.each<[number, string]>([
    [0, 'a'],
    [9, 'a'],
    [10, 'a'],
    [11, 'b'],
    [21, 'empty'],
    [30, 'c'],
  ])('finds at %i block %s', (offset, name) => {
    expect(blockAt(blocks, offset)?.name).toBe(name)
  })

  it('finds nothing before the first block', () => {
    expect(blockAt([{ start: 5, end: 9 }], 2)).toBeNull()
    expect(blockAt([], 2)).toBeNull()
  })
})

describe('isWithin', () => {
  it.each<[number, number, boolean]>([
    [0, 11, false],
    [0, 12, true],
    [19, 40, true],
    [20, 40, false],
    [11, 11, true],
    [20, 20, true],
    [10, 10, false],
    [21, 21, false],
  ])('tells of %i to %i whether it lies in 11 to 20: %s', (start, end, is) => {
    expect(isWithin({ start, end }, { start: 11, end: 20 })).toBe(is)
  })
})

describe('firstCharacter', () => {
  it.each<[number, number, number]>([
    [12, 15, 12],
    [12, 12, 12],
    [20, 20, 19],
    [11, 11, 11],
  ])('of %i to %i in a block from 11 to 20 stands at %i', (start, end, at) => {
    expect(firstCharacter({ start: 11, end: 20 }, { start, end })).toEqual({ start: at, end: at + 1 })
  })

  it('is none in an empty block', () => {
    expect(firstCharacter({ start: 11, end: 11 }, { start: 11, end: 11 })).toBeNull()
  })
})

describe('trimRange', () => {
  it('leaves white space at the ends out, in any script', () => {
    expect(trimRange({ start: 100, end: 111 }, ' \u00a0 words \n\u2003')).toEqual({ start: 103, end: 108 })
  })

  it('is null for white space alone', () => {
    expect(trimRange({ start: 0, end: 3 }, ' \n\t')).toBeNull()
  })

  it('always names the trimmed words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        const range = trimRange({ start: 7, end: 7 + words.length }, words)
        expect(range ? words.slice(range.start - 7, range.end - 7) : '').toBe(words.trim())
      }),
    )
  })
})
