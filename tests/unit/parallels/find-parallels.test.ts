import { describe, expect, it } from 'vitest'
import { findParallels } from '#domain/parallels/find-parallels.ts'
import { MemoryCorpus } from '#tests/bench/parallels/memory-corpus.ts'
import { compare } from './one-text-corpus.ts'

const source =
  'The dictatorship of the proletariat in the highly complex environment of the transition can be realised only through its vanguard, and the party alone commands the instruments that such a task demands of everyone.'
const words = source.split(' ')

describe('finding parallels', () => {
  it('finds eight words that stand in both texts, wherever they begin', async () => {
    for (let first = 0; first + 8 <= 24; first++) {
      const quoting = words.slice(first, first + 8).join(' ')
      const { found } = await compare(`He wrote “${quoting}”`, source)
      expect(
        found.map((each) => each.here.words),
        quoting,
      ).toEqual([quoting.replace(/,$/, '')])
    }
  })

  it('finds a quotation of twenty words in which every sixth is another one', async () => {
    for (let phase = 0; phase < 6; phase++) {
      const quoting = words.slice(0, 20).map((word, index) => (index % 6 === phase ? `other${index}` : word))
      const { found } = await compare(`He wrote “${quoting.join(' ')}”`, source)
      expect(found, `phase ${phase}`).toHaveLength(1)
      expect(found[0]?.sharedWords).toBeGreaterThanOrEqual(15)
    }
  })

  it.each(['…', ' . . .', '...', ' [...]', ' […]'])(
    'joins what an ellipsis written %s parts',
    async (mark) => {
      const quoting = `${words.slice(0, 8).join(' ')}${mark} ${words.slice(22).join(' ')}`
      const { found } = await compare(`He wrote “${quoting}”`, source)
      expect(found).toHaveLength(1)
      expect(found[0]?.differences).toMatchObject([
        { kind: 'omitted', isElided: true, there: { words: words.slice(8, 22).join(' ') } },
      ])
    },
  )

  it('takes an editor’s brackets, other quote marks and other dashes for the same words', async () => {
    const quoting =
      '[t]he dictatorship of the ‘proletariat’ in the highly  complex environment of the transition'
    const { found } = await compare(quoting, source)
    expect(found[0]?.similarity).toBe(1)
    expect(found[0]?.here.words).toBe(quoting)
  })

  it('parts what was spliced from two places', async () => {
    const other = 'Nothing was ever written about the winter in which the mills of that valley stood still.'
    const quoting = `${words.slice(0, 10).join(' ')} ${other.split(' ').slice(0, 10).join(' ')}`
    const { found } = await compare(
      quoting,
      `${source} ${'And much else was said of it. '.repeat(40)} ${other}`,
    )
    expect(found.map((each) => each.there.words)).toEqual([
      words.slice(0, 10).join(' '),
      other.split(' ').slice(0, 10).join(' '),
    ])
  })

  it('ends where a quotation ends, though a few words of what follows are the same again', async () => {
    const quoting = `“${words.slice(0, 14).join(' ')}.” A plain remark, and a modest one. And what did they do with it? They looked in the minutes and found that the letter was received.`
    const { found } = await compare(
      quoting,
      `${words.slice(0, 14).join(' ')} before the winter, and not after. Nobody was sent. The minute of May records that the letter was received.`,
    )
    expect(found.map((each) => each.here.words)).toEqual([words.slice(0, 14).join(' ')])
    expect(found[0]?.differences).toMatchObject([
      { kind: 'ends', there: { words: 'before the winter, and not after' } },
    ])
  })

  it.each(['”', ' . . .”'])(
    'ends with the quotation, at %s, though the next word is the same',
    async (mark) => {
      const quoted = words.slice(0, 14).join(' ')
      const { found } = await compare(`“${quoted}${mark} and so on.`, `${quoted} and not before the winter.`)
      expect(found.map(({ here }) => here.words)).toEqual([quoted])
      expect(found[0]?.differences).toMatchObject([
        { kind: 'ends', here: { words: '' }, there: { words: 'and not before the winter' } },
      ])
    },
  )

  it('finds what a text says twice once, and not that it says it here', async () => {
    const text = `${source} ${'Some other matter stood between, of no weight. '} ${source}`
    const found = await findParallels(text, new MemoryCorpus([text]), { ownText: 0 })
    expect(found).toHaveLength(1)
    expect(found[0]?.there.start).toBeGreaterThan(found[0]?.here.end ?? Number.NaN)
  })

  it('finds nothing in texts that share phrases of a few words', async () => {
    const { found } = await compare(
      'At the end of the day it was the case that nobody came.',
      'It was the case that rain fell at the end of the day and of the week.',
    )
    expect(found).toEqual([])
  })

  it('finds nothing in texts that have two set phrases in the same order', async () => {
    const phrases = ['in the name of the whole committee', 'beg to remain your obedient servants']
    const letters = Array.from(
      { length: 30 },
      (_, i) =>
        `Letter ${i * 7_919}${i % 2 ? '' : ' once more'}: ${phrases.join('. Other matters follow: ')}.`,
    )
    const texts = [...letters, `Before noon we, ${phrases.join(', ')}, all of us.`]
    const found = await findParallels(`Sirs, they, ${phrases.join(', ')}.`, new MemoryCorpus(texts), {
      ownText: null,
    })
    expect(found).toEqual([])
  })

  it('finds two set phrases and a word in a row that somebody quotes, and not where nobody does', async () => {
    const phrases = ['for the whole committee', 'remain your obedient servants']
    const quoted = phrases.join('. Martov ')
    const letters = Array.from(
      { length: 60 },
      (_, i) => `Letter ${i * 7_919}${i % 4 < 2 ? '' : ' once'} says ${phrases[i % 2]}; reply ${i * 6_007}.`,
    )
    const source = `Before noon they stood, ${quoted}, all.`
    const corpus = new MemoryCorpus([...letters, source])
    const inMarks = `Sirs, “${quoted}”.`
    const found = await findParallels(inMarks, corpus, { ownText: null })
    expect(found.map(({ text, here }) => [text, here.words])).toEqual([[60, quoted]])
    expect(await findParallels(inMarks.replace(/[“”]/g, ''), corpus, { ownText: null })).toEqual([])
  })

  it('ends before a set phrase that stands, beyond other words, after a quotation and after its source', async () => {
    const phrase = 'in the name of the whole committee'
    const letters = Array.from({ length: 30 }, (_, i) => `Letter ${i * 7_919} says ${phrase}.`)
    const quoted = words.slice(0, 10).join(' ')
    const corpus = new MemoryCorpus([...letters, `${quoted} was said there of old ${phrase}.`])
    const found = await findParallels(`${quoted} stood written yet, perhaps, ${phrase}.`, corpus, {
      ownText: null,
    })
    expect(found.map(({ text, here }) => [text, here.words])).toEqual([[30, quoted]])
  })

  it('finds what was quoted though half of it is a set phrase', async () => {
    const phrase = 'in the name of the whole committee'
    const letters = Array.from({ length: 30 }, (_, i) => `Letter ${i * 7_919} says ${phrase}.`)
    const quoted = `${phrase} Martov refused the minister every further answer`
    const texts = [...letters, `Before noon, ${quoted}, it was said.`]
    const found = await findParallels(`Sirs, “${quoted}”.`, new MemoryCorpus(texts), { ownText: null })
    expect(found.map(({ text, here }) => [text, here.words])).toEqual([[30, quoted]])
  })

  it('knows a phrase that stands in many places, and a title, for what they are', async () => {
    const phrase = 'we beg to remain your most humble and obedient servants'
    const texts = Array.from({ length: 6 }, (_, i) => `Letter ${i} of the year ${1800 + i} says: ${phrase}.`)
    const many = await findParallels(`Yours of May came; ${phrase}.`, new MemoryCorpus(texts), {
      ownText: null,
    })
    expect(many.map(({ isFormula }) => isFormula)).toEqual(texts.map(() => true))
    const title = 'Daniels, A Documentary History of Communism and Its Opponents, vol. 1'
    const { found } = await compare(`See ${title}.`, `Quoted in ${title}.`)
    expect(found.map(({ isFormula }) => isFormula)).toEqual([true])
  })
})
