import { describe, expect, test } from 'vitest'
import { moveReading } from '#components/groups/move-reading.ts'

const list = ['a', 'b', 'c']

describe('a reading list', () => {
  test.each([
    [0, 1, 'bac'],
    [2, 1, 'acb'],
    [0, 2, 'bca'],
    [2, 0, 'cab'],
  ])('moves what stands at %i to %i', (from, to, moved) => {
    expect(moveReading(list, from, to).join('')).toBe(moved)
    expect(list.join('')).toBe('abc')
  })

  test.each([
    [0, -1],
    [2, 3],
    [-1, 0],
    [3, 0],
    [1, 1],
  ])('stays the very same when %i cannot move to %i', (from, to) => {
    expect(moveReading(list, from, to)).toBe(list)
  })
})
