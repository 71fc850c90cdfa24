import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildEdition } from '#domain/text/build-edition.ts'
import { citeWorks } from '#domain/text/citations/cite-works.ts'
import { readCitation } from '#domain/text/citations/read-citation.ts'
import type { InlineMark, SourceBlock } from '#domain/text/edition-text.ts'
import { expectRenderedTextToBeCanonical } from './rendered-text.ts'

/** A paragraph; words between underscores are set in italics. */
function paragraph(raw: string, kind: 'paragraph' | 'footnote' = 'paragraph'): SourceBlock {
  const marks: InlineMark[] = []
  let text = ''
  for (const [index, part] of raw.split('_').entries()) {
    if (index % 2 === 1) marks.push({ kind: 'emphasis', start: text.length, end: text.length + part.length })
    text += part
  }
  const form = kind === 'footnote' ? { kind, label: '1' } : { kind }
  return { form, text, marks, source: null }
}

const cite = (...blocks: readonly (string | SourceBlock)[]) => {
  const built = buildEdition(blocks.map((block) => (typeof block === 'string' ? paragraph(block) : block)))
  const { edition, works } = citeWorks(built)
  const citations = edition.blocks.flatMap(({ marks }) =>
    marks.flatMap((mark) =>
      mark.kind === 'citation' ? [[edition.text.slice(mark.start, mark.end), mark.work]] : [],
    ),
  )
  return { built, edition, works, citations, titles: works.map(({ title }) => title) }
}
/** The numbers of the works that the citations name, in order. */
const numbers = (...blocks: readonly (string | SourceBlock)[]) =>
  cite(...blocks).citations.map(([, work]) => work)

describe('what is a citation', () => {
  test.each([
    ['The Bolshevik Myth, p. 318 and p. 342', ['The Bolshevik Myth']],
    ['Cliff, Lenin, vol. 2, p. 160', ['Cliff', 'Lenin']],
    ['quoted by Israel Getzler, Martov, p. 202', ['Israel Getzler', 'Martov']],
    ['Peter Kropotkin, quoted by Guerin, Anarchism, p. 106', ['Guerin', 'Anarchism']],
    ['see The Origins of the War, pp. xii-xv', ['The Origins of the War']],
    ['Collected Works, volume 28', ['Collected Works']],
    ['Left-Wing Communism, chapter 3', ['Left-Wing Communism']],
    ['What is to be Done?, p.\u00A05', ['What is to be Done?']],
  ])('%j names %j', (words, parts) => {
    expect(readCitation(words)).toEqual({ kind: 'work', parts })
  })

  test.each([
    ['Ibid.', { kind: 'ibid' }],
    ['ibid, p. 5', { kind: 'ibid' }],
    ['Op. Cit., p. 5', { kind: 'cited-before', authors: [] }],
    ['loc. cit.', { kind: 'cited-before', authors: [] }],
    ['Rabinowitch, op.cit., p. 88', { kind: 'cited-before', authors: ['Rabinowitch'] }],
    ['quoted by Robert V. Daniels, Op. Cit., p. 2', { kind: 'cited-before', authors: ['Robert V. Daniels'] }],
    [
      'Daniel and Gabriel Cohn-Bendit, Op. Cit., p. 187',
      { kind: 'cited-before', authors: ['Daniel', 'Gabriel Cohn-Bendit'] },
    ],
  ])('%j is a short form', (words, says) => {
    expect(readCitation(words)).toEqual(says)
  })

  test.each([
    'the Stalinists',
    'Trotsky’s',
    'sic',
    'see section 4',
    'p. 12',
    'in 1917',
    'my emphasis',
    '…',
    'was',
  ])('%j is none', (words) => {
    expect(readCitation(words)).toBeNull()
  })
})

describe('the works that a document cites', () => {
  test('are listed once each, in the order they are first cited, with every place', () => {
    const { works, edition } = cite(
      'First [Stalin, vol. 1, p. 106]. Then [The Soviets, p. 2].',
      'Again [Stalin, vol. 2, p. 3].',
    )
    expect(works.map(({ number, title }) => [number, title])).toEqual([
      [1, 'Stalin'],
      [2, 'The Soviets'],
    ])
    expect(works[0]?.citations.map(({ start, end }) => edition.text.slice(start, end))).toEqual([
      'Stalin, vol. 1, p. 106',
      'Stalin, vol. 2, p. 3',
    ])
  })

  test('are one work whether the author is named or not, and whatever the case, article, or subtitle', () => {
    const { works } = cite(
      '[The Soviets: A History, p. 1] [Oskar Anweiler, The Soviets, p. 2] [Anweiler, the soviets, p. 3]',
    )
    expect(works).toMatchObject([{ title: 'The Soviets: A History', authors: ['Oskar Anweiler'] }])
  })

  test('are two works where two authors wrote under one title; the title alone then names neither', () => {
    expect(numbers('[Cliff, Lenin, p. 1] [Service, Lenin, p. 2] [Lenin, p. 3]')).toEqual([1, 2, null])
  })

  test('have the title that is set in italics or in quotation marks', () => {
    const { titles, works } = cite(
      '[Sirianni, _State, Power, Socialism_, p. 3] ["The Abolition, and After", Review, no. 4, p. 50]',
    )
    expect(titles).toEqual(['State, Power, Socialism', 'The Abolition, and After'])
    expect(works[0]?.authors).toEqual(['Sirianni'])
  })

  test('keep a title of several parts whole, unless its first is a person of the text', () => {
    const { works } = cite('Tony Cliff says so. [Cliff, State, Capital, p. 3] [Reform, Revolt, Rule, p. 4]')
    expect(works).toMatchObject([
      { title: 'State, Capital', authors: ['Cliff'] },
      { title: 'Reform, Revolt, Rule', authors: [] },
    ])
  })

  test('are found in footnotes and in round brackets, several at once by semicolons', () => {
    const { citations } = cite(
      'So they say (Anweiler, The Soviets, p. 3; Stalin, p. 5), and (in 1917) (see above, p. 4).',
      paragraph('Ibid., p. 7.', 'footnote'),
      paragraph('This note only talks, on p. 3, of something.', 'footnote'),
    )
    expect(citations).toEqual([
      ['Anweiler, The Soviets, p. 3', 1],
      ['Stalin, p. 5', 2],
      ['Ibid., p. 7.', 2],
    ])
  })
})

describe('an author and a year', () => {
  const heading: SourceBlock = {
    form: { kind: 'heading', level: 2 },
    text: 'References',
    marks: [],
    source: null,
  }
  const list = [
    heading,
    paragraph('Smith, John and Kate Jones (1999) The Long Strike. London: Verso.'),
    paragraph('Smith, J. 2003a. “After the Strike”, Review 4.'),
    paragraph('——— 2003b. _Before, and After_. Paris.'),
    paragraph('de la Cruz, Ana, _The Miners of Oruro_, 2011.'),
    paragraph('A paragraph of 1999 that is no entry at all.'),
  ]

  test('name the work of the list at the end, in brackets and in a sentence, with a place or without', () => {
    const { citations, works } = cite(
      'It was long (Smith and Jones 1999, p. 12; see Smith 2003a). As Smith (2003b: 4) says, and Smith et al. (1999).',
      'Others disagree (see also de la Cruz 2011).',
      ...list,
    )
    expect(citations).toEqual([
      ['Smith and Jones 1999, p. 12', 1],
      ['Smith 2003a', 2],
      ['Smith (2003b: 4)', 3],
      ['Smith et al. (1999)', 1],
      ['de la Cruz 2011', 4],
    ])
    expect(works.slice(0, 3)).toMatchObject([
      { title: 'The Long Strike', authors: ['John Smith', 'Kate Jones'] },
      { title: 'After the Strike', authors: ['J. Smith'] },
      { title: 'Before, and After', authors: ['J. Smith'] },
    ])
    expect(works[3]).toMatchObject({ title: 'The Miners of Oruro', authors: ['Ana de la Cruz'] })
  })

  test.each([
    ['Smith, J., Jones, K., & Lee, C. (1999). A Title.', ['J. Smith', 'K. Jones', 'C. Lee']],
    ['John Smith and Kate Jones. 1999. A Title.', ['John Smith', 'Kate Jones']],
    ['John Smith, Kate Jones and Ann Lee 1999: A Title.', ['John Smith', 'Kate Jones', 'Ann Lee']],
    ['Smith, John; Jones, Kate (eds.) (1999): A Title.', ['John Smith', 'Kate Jones']],
    ['Smith (1999) A Title.', ['Smith']],
  ])('in %j are those of its authors', (entry, authors) => {
    const { works } = cite('They struck (Smith 1999).', heading, paragraph(entry))
    expect(works).toMatchObject([{ title: 'A Title', authors }])
  })

  test('that fit two works of the list name none', () => {
    expect(numbers('They struck (Smith 2003).', ...list)).toEqual([null])
  })

  test('that the list does not have, or without a list, are no citation', () => {
    expect(numbers('They struck (Brown 1999). In May (1999) and June (2003) they met.', ...list)).toEqual([])
    expect(numbers('They struck (Smith 1999) as Smith (1999) says.')).toEqual([])
  })

  test('are one work with its title in brackets', () => {
    expect(numbers('First [Jones, The Long Strike, p. 3], then (Smith and Jones 1999).', ...list)).toEqual([
      1, 1,
    ])
  })
})

describe('a short form', () => {
  test('Ibid. names the work cited last, unless that is not certain', () => {
    expect(numbers('[A Work, p. 1] [Ibid.]', '[Ibid., p. 3]')).toEqual([1, 1, 1])
    expect(numbers('[Nobody, Op. Cit., p. 1] [Ibid.]')).toEqual([null, null])
    expect(numbers('[Ibid.]')).toEqual([null])
  })

  test('Op. cit. with an author names that author’s only work', () => {
    expect(numbers('[Cliff, Lenin, p. 1] [Other, A Book, p. 2] [Cliff, Op. Cit., p. 3]')).toEqual([1, 2, 1])
    expect(numbers('[T. Cliff, Lenin, p. 1] [quoted by Tony Cliff, op. cit., p. 3]')).toEqual([1, 1])
  })

  test('Op. cit. of an author with two works stays unresolved', () => {
    expect(numbers('[Cliff, Lenin, p. 1] [Cliff, Trotsky, p. 2] [Cliff, Op. Cit., p. 3]')).toEqual([
      1,
      2,
      null,
    ])
  })

  test('Op. cit. of an author whom only the sentence names, beside one title alone, names that work', () => {
    expect(
      numbers('Samuel Farber says so. [Before Stalinism, p. 3]', '[A Book, p. 1] [Farber, Op. Cit., p. 9]'),
    ).toEqual([1, 2, 1])
  })

  test('a bare Op. cit. names the work of the one author in its sentence, else the last one', () => {
    expect(
      numbers('[Cliff, Lenin, p. 1] [Carr, The Interregnum, p. 2] But Cliff says so. [Op. Cit., p. 3]'),
    ).toEqual([1, 2, 1])
    expect(numbers('[Cliff, Lenin, p. 1] He goes on. [Op. Cit., p. 3]')).toEqual([1, 1])
  })

  test('a bare Op. cit. stays unresolved where its sentence names two authors, or somebody else', () => {
    const known = '[Cliff, Lenin, p. 1] [Carr, The Interregnum, p. 2]'
    expect(numbers(`${known} Carr answers Cliff. [Op. Cit., p. 3]`)).toEqual([1, 2, null])
    expect(numbers(`${known} Lenin denies it. [Op. Cit., p. 3]`)).toEqual([1, 2, null])
  })

  test('a bare Op. cit. far from the citation before it stays unresolved', () => {
    expect(numbers('[A Book, p. 1]', `${'word '.repeat(300)}[Op. Cit., p. 3]`)).toEqual([1, null])
  })

  test('a last name with a page names that author’s only work', () => {
    expect(numbers('[Ann Smith, A Book, p. 1] [Smith, p. 87]')).toEqual([1, 1])
    expect(numbers('[Ann Smith, A Book, p. 1] [Ann Smith, Tides, p. 2] [Smith, p. 87]')).toEqual([1, 2, null])
  })
})

test('whatever a text holds, its citations change no character, and stay inside their blocks', () => {
  const piece = fc.constantFrom(
    '[', ']', '(', ')', 'Op. Cit.', ', ', 'Ibid.', 'Cliff', 'Lenin', 'p. 3', ';', 'vol. 2', '_', '\u{1F426}', 'x ',
  ) // biome-ignore format: one list
  const text = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const { built, edition } = cite(...texts)
      expect(edition.text).toBe(built.text)
      for (const { start, end, marks } of edition.blocks)
        for (const mark of marks) expect(mark.start >= start && mark.end <= end).toBe(true)
      expectRenderedTextToBeCanonical(edition)
    }),
    { numRuns: 150 },
  )
})

test('a text of nothing but citations is read in little time', () => {
  const blocks = Array.from({ length: 10_000 }, (_, n) => `[Author${n}, Title ${n}, p. 1] [Op. Cit., p. 2]`)
  expect(cite(...blocks).works).toHaveLength(10_000)
}, 5_000)
