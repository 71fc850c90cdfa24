import { describe, expect, test } from 'vitest'
import {
  currentPlaceAddress,
  fromPassageLink,
  readAddress,
  toPlaceElsewhere,
} from '#components/reader/read-address.ts'

describe('an address of the reader', () => {
  test('names the document alone for its current edition', () => {
    expect(readAddress('weir')).toBe('/read/weir')
    expect(readAddress('weir', { edition: null, section: 3, hash: 'p4' })).toBe('/read/weir/3#p4')
  })

  test('names an edition with every kind of place', () => {
    expect(readAddress('weir', { edition: 1, section: 2 })).toBe('/read/weir/2?edition=1')
    expect(readAddress('weir', { edition: 1, range: { start: 3, end: 9 } })).toBe(
      '/read/weir?edition=1&at=3-9',
    )
    expect(readAddress('weir', { edition: 1, threadId: 'a b' })).toBe('/read/weir?edition=1&thread=a+b')
    expect(readAddress('weir', { paragraph: 12 })).toBe('/read/weir?p=12')
    expect(readAddress('weir', { threadId: 't1', isWriting: true })).toBe('/read/weir?thread=t1&writing=yes')
  })
})

describe('a link to a passage', () => {
  const range = { start: 3, end: 9 }

  test.each([
    ['of the current edition', { range }, null],
    ['of an earlier one', { range, edition: 2 }, 2],
    ['in a section', { range, section: 4 }, null],
  ])('%s is read inside of a citation', (_, place, edition) => {
    const words = `“Words” (A. Author, The Weir), http://localhost${readAddress('the weir', place)}`
    expect(fromPassageLink(words)).toEqual({ slug: 'the weir', edition, range })
  })

  test.each(['', 'plain words', '/read/weir', '/read/weir?p=12', '/read/weir?at=9', '/read/%E0?at=1-2'])(
    'is none in “%s”',
    (words) => {
      expect(fromPassageLink(words)).toBeNull()
    },
  )
})

describe('an address that leads from one edition to the current one', () => {
  test('holds the place in the one that was read', () => {
    const address = new URL(currentPlaceAddress('weir', { edition: 2, offset: 480 }), 'http://localhost')
    expect(toPlaceElsewhere(address.searchParams.get('from-edition'))).toEqual({ edition: 2, offset: 480 })
  })

  test.each([null, '', '2', '0-4', '2-', '2-4-8', '-2-4', '2-99999999999'])('is nothing for %o', (value) => {
    expect(toPlaceElsewhere(value)).toBeNull()
  })
})
