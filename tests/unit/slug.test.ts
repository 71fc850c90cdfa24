import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toFreeSlug, toSlug } from '#domain/slug.ts'

describe('the slug', () => {
  it.each([
    ['On Liberty', 'on-liberty'],
    ['  Über die Straße: Ærø & Łódź!  ', 'uber-die-strasse-aero-lodz'],
    ['L’Étranger', 'letranger'],
    ['ﬁne Ⅳ', 'fine-iv'],
    ['論語', '論語'],
    ['Война и мир', 'война-и-мир'],
    ['🐦🐦', 'document'],
    ['', 'document'],
  ])('of “%s” is %s', (title, slug) => {
    expect(toSlug(title, 'document')).toBe(slug)
  })

  it('ends between words, and leaves room for a number within 80 characters', () => {
    expect(toSlug('word '.repeat(40), 'document')).toBe(Array(15).fill('word').join('-'))
    expect(toSlug('x'.repeat(300), 'document')).toHaveLength(74)
  })

  it('holds letters, digits and single hyphens between them, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        expect(toSlug(title, 'document')).toMatch(/^[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*$/u)
      }),
    )
  })

  it('takes the first number that is free', () => {
    expect(toFreeSlug('walking', new Set())).toBe('walking')
    expect(toFreeSlug('walking', new Set(['walking', 'walking-2', 'walking-4']))).toBe('walking-3')
  })
})
