import fc from 'fast-check'

/**
 * Two editions of a text in which every unit (a verse, a clause, a sentence) is known in both: what it became is said
 * beside it, so that where its passage must stand, and what may be said of it, can be told.
 */
export interface Unit {
  readonly old: string
  /** What stands in its place in the new edition; null when it was deleted. */
  readonly renewed: string | null
}

/** Joins units into both texts, with the range of each. */
export function editionsOf(
  units: readonly Unit[],
  joint = ' ',
): {
  old: string
  renewed: string
  places: { unit: Unit; start: number; end: number; from: number; to: number }[]
} {
  let old = ''
  let renewed = ''
  const places = units.map((unit) => {
    if (old !== '') old += joint
    const start = old.length
    old += unit.old
    if (renewed !== '' && unit.renewed !== null) renewed += joint
    const from = renewed.length
    renewed += unit.renewed ?? ''
    return { unit, start, end: old.length, from, to: renewed.length }
  })
  return { old, renewed, places }
}

const LATIN = fc.stringMatching(/^[a-z]{3,9}$/)

/** Sentences of words of their own; words are given as they are made. */
export function sentences(word: fc.Arbitrary<string> = LATIN, count = 14): fc.Arbitrary<string[][]> {
  return fc.array(fc.array(word, { minLength: 7, maxLength: 14 }), { minLength: count, maxLength: count })
}

/** Chinese: characters without spaces between them. */
export const HAN = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code))

const ARABIC_LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'
const VOWEL_SIGNS = ['\u064e', '\u064f', '\u0650', '\u0652']

/** An Arabic word with a vowel sign on each letter, as in a school edition. */
export const VOWELLED = fc
  .array(fc.tuple(fc.constantFrom(...ARABIC_LETTERS), fc.constantFrom(...VOWEL_SIGNS)), {
    minLength: 3,
    maxLength: 6,
  })
  .map((letters) => letters.map(([letter, sign]) => letter + sign).join(''))

/** The same word as newspapers print it. */
export function withoutVowels(word: string): string {
  return word.replaceAll(/\p{Mn}/gu, '')
}

/** What a scanner makes of a word: its commonest confusions, one to a word. */
export function misread(word: string): string {
  for (const [is, seen] of [
    ['m', 'rn'],
    ['e', 'c'],
    ['l', '1'],
    ['h', 'b'],
    ['o', '0'],
    ['i', 'l'],
  ] as const) {
    if (word.includes(is)) return word.replace(is, seen)
  }
  return word
}

/** Words as they were spelt, and as a new edition spells them. */
export const RESPELT: readonly (readonly [string, string])[] = [
  ['publick', 'public'],
  ['shew', 'show'],
  ['honour', 'honor'],
  ['connexion', 'connection'],
  ['chuse', 'choose'],
  ['haue', 'have'],
  ['vpon', 'upon'],
  ['ſhould', 'should'],
  ['to-day', 'today'],
  ['œconomy', 'economy'],
]
