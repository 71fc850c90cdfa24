import { describe, expect, test } from 'vitest'
import { placeBeside } from '#components/editions/place-beside.ts'

const rows = [
  { earlier: [{ start: 0, end: 10 }], later: [{ start: 0, end: 20 }] },
  { earlier: [{ start: 11, end: 30 }], later: [] },
  { earlier: [], later: [{ start: 21, end: 40 }] },
  {
    earlier: [
      { start: 31, end: 40 },
      { start: 41, end: 50 },
    ],
    later: [{ start: 41, end: 61 }],
  },
]

describe('a place in one edition', () => {
  test('is as far into the block that stands beside it', () => {
    expect(placeBeside(rows, 5, 'earlier')).toBe(10)
    expect(placeBeside(rows, 10, 'later')).toBe(5)
    expect(placeBeside(rows, 45, 'earlier')).toBe(50)
  })

  test('that has nothing beside it is at the end of what stands before', () => {
    expect(placeBeside(rows, 20, 'earlier')).toBe(20)
    expect(placeBeside(rows, 30, 'later')).toBe(30)
  })

  test('before which nothing stands is at what comes next', () => {
    expect(placeBeside(rows.slice(1), 12, 'earlier')).toBe(21)
  })

  test('is nowhere when the other edition has nothing here', () => {
    expect(placeBeside(rows.slice(1, 2), 12, 'earlier')).toBeNull()
    expect(placeBeside([], 12, 'earlier')).toBeNull()
  })
})
