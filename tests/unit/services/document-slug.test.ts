import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFreeSlug, toSlug } from '#server/services/document-slug.ts'

describe('the slug of a document', () => {
  it.each([
    ['On Liberty', 'on-liberty'],
    ['  Über die Straße: Ærø & Łódź!  ', 'uber-die-strasse-aero-lodz'],
    ['L’Étranger', 'letranger'],
    ['ﬁne Ⅳ', 'fine-iv'],
    ['論語', 'document'],
    ['🐦🐦', 'document'],
    ['', 'document'],
  ])('of “%s” is %s', (title, slug) => {
    expect(toSlug(title)).toBe(slug)
  })

  it('ends between words, and leaves room for a number within 80 characters', () => {
    expect(toSlug('word '.repeat(40))).toBe(Array(15).fill('word').join('-'))
    expect(toSlug('x'.repeat(300))).toHaveLength(74)
  })

  it('is always small Latin letters and digits joined by hyphens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        expect(toSlug(title)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(toSlug(title).length).toBeLessThanOrEqual(74)
      }),
    )
  })

  it('takes the first number that is free', () => {
    expect(toFreeSlug('walking', new Set())).toBe('walking')
    expect(toFreeSlug('walking', new Set(['walking', 'walking-2', 'walking-4']))).toBe('walking-3')
  })
})
