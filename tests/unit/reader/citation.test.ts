import { describe, expect, it } from 'vitest'
import { cite } from '#components/reader/citation.ts'

const passage = {
  title: 'On Marginalia',
  authors: ['Ada Fenn'],
  words: 'the margin answers',
  page: null,
  paragraphs: { first: 4, last: 4 },
  url: 'http://localhost/read/on-marginalia?at=3-21',
}

describe('cite', () => {
  it('names the printed page where the source has one', () => {
    expect(cite({ ...passage, page: 'xii' })).toContain('On Marginalia, p. xii, ¶')
  })

  it('gives the words, who wrote them, where they stand and a link that leads there', () => {
    expect(cite(passage)).toBe(
      '“the margin answers”\n— Ada Fenn, On Marginalia, ¶ 4. http://localhost/read/on-marginalia?at=3-21',
    )
  })

  it('names the first and the last paragraph of a passage over several', () => {
    expect(cite({ ...passage, paragraphs: { first: 4, last: 6 } })).toContain('¶¶ 4–6')
  })

  it('leaves out what is not known', () => {
    expect(cite({ ...passage, authors: [], paragraphs: null })).toContain('\n— On Marginalia. http')
  })

  it('shortens many authors', () => {
    expect(cite({ ...passage, authors: ['A', 'B', 'C', 'D'] })).toContain('— A and others, ')
    expect(cite({ ...passage, authors: ['A', 'B', 'C'] })).toContain('— A, B and C, ')
  })
})
