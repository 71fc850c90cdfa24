import { describe, expect, it } from 'vitest'
import { toAuthors } from '#server/import/describe-source.ts'

describe('the authors of a source', () => {
  it.each([
    ['by Ada Lovelace', ['Ada Lovelace']],
    ['Ada Lovelace and Charles Babbage', ['Ada Lovelace', 'Charles Babbage']],
    ['Simone de Beauvoir, Ludwig van Beethoven', ['Simone de Beauvoir', 'Ludwig van Beethoven']],
    ['Lovelace, Ada', ['Lovelace, Ada']],
    ['Josiah Pell, Clerk to the River Board', ['Josiah Pell, Clerk to the River Board']],
  ])('%s', (line, authors) => {
    expect(toAuthors(line)).toEqual(authors)
  })
})
