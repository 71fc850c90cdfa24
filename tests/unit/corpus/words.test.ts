import { expect, test } from 'vitest'
import { readingTime } from '#components/corpus/reading-time.ts'
import { sizeWords } from '#components/corpus/size-words.ts'
import { toFieldErrors } from '#components/corpus/text-form.ts'

test.each([
  [0, 'en', '1 min'],
  [13_000, null, '10 min'],
  [13_000, 'zh-Hant', '29 min'],
  [1_300 * 60, 'en', '1 h'],
  [1_300 * 64, 'en', '1 h'],
  [1_300 * 118, 'en', '2 h'],
  [1_300 * 131, 'en', '2 h 10 min'],
])('a text of %i characters in %s takes %s to read', (length, language, words) => {
  expect(readingTime(length, language)).toBe(words)
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [3_400, '3.4 kB'],
  [170_000, '170 kB'],
  [1_200_000, '1.2 MB'],
  [61_000_000, '61 MB'],
])('a file of %i bytes is said to have %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

test('what the server says against one of several authors stands at the field of the authors', () => {
  expect(toFieldErrors({ 'authors.1': 'is too long', title: 'is empty' })).toEqual({
    authors: 'is too long',
    title: 'is empty',
  })
})
