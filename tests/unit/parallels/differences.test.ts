import { describe, expect, it } from 'vitest'
import { differencesOf } from './one-text-corpus.ts'

const source =
  'The delegates of the northern mills were not consulted by Lenin before the eleven members of the committee left the hall in haste.'

describe('the differences of a parallel', () => {
  it.each([
    ['a negation', source.replace('not ', ''), [['negation', '', 'not']]],
    ['a contracted negation', source.replace('were not', "weren't"), [['replaced', "weren't", 'were not']]],
    ['a number', source.replace('eleven', 'twelve'), [['number', 'twelve', 'eleven']]],
    ['a name', source.replace('Lenin', 'Martov'), [['name', 'Martov', 'Lenin']]],
    ['another word', source.replace('committee', 'congress'), [['replaced', 'congress', 'committee']]],
    ['a spelling', source.replace('committee', 'comittee'), [['spelling', 'comittee', 'committee']]],
    [
      'a word that a line has cut',
      source.replace('committee', 'commit- tee'),
      [['spelling', 'commit- tee', 'committee']],
    ],
    ['words left out', source.replace(' of the committee', ''), [['omitted', '', 'of the committee']]],
    ['words added', source.replace('left the', 'left at once the'), [['added', 'at once', '']]],
    ['words that end', source.replace(' in haste', ''), [['ends', '', 'in haste']]],
    [
      'words that begin',
      source.replace('The delegates of the ', ''),
      [['begins', '', 'The delegates of the']],
    ],
  ])('tell %s', async (_, quoting, expected) => {
    expect(await differencesOf(quoting, source)).toEqual(expected)
  })

  it('come with a negation first, then a number, then the rest in the order of the text', async () => {
    const quoting = source.replace('northern', 'southern').replace('not ', '').replace('eleven', 'twelve')
    expect((await differencesOf(quoting, source)).map(([kind]) => kind)).toEqual([
      'negation',
      'number',
      'replaced',
    ])
  })

  it('find a negation that an ellipsis hides', async () => {
    expect(await differencesOf(source.replace(' not consulted', ' . . . consulted'), source)).toEqual([
      ['negation', '', 'not'],
    ])
  })

  it('find what a quotation leaves out of another before it begins, and nothing of who quotes', async () => {
    const [begins, rest] = ['The delegates of the', source.slice('The delegates of the '.length)]
    expect(await differencesOf(`He wrote that “${rest}”`, `As she says, “${begins} ${rest}”`)).toEqual([
      ['begins', '', begins],
    ])
  })

  it.each([
    ['Комитет не счёл нужным предупредить рабочих северных мельниц до отъезда делегатов.', 'не'],
    ['委员会认为没有必要在代表启程前往首都之前通知北方工厂的工人。', '没'],
    ['הוועדה לא מצאה לנכון להודיע לפועלי הטחנות הצפוניות לפני צאתם של הצירים.', 'לא'],
  ])(
    'find a negation in other scripts, and after the first word of the sentence: %s',
    async (said, negation) => {
      const denied = said.includes(' ') ? `${negation} ` : negation
      expect(await differencesOf(said.replace(denied, ''), said)).toEqual([['negation', '', negation]])
    },
  )

  it('find a number near the end, whose unit alone goes on', async () => {
    const sum = 'The contract for the northern mills was let at the sum of 48,500 pounds'
    const found = await differencesOf(
      `${sum.replace('48,500', '45,800')}, in May.`,
      `${sum}; nobody asked why.`,
    )
    expect(found[0]).toEqual(['number', '45,800', '48,500'])
  })

  it('count as the beginning of a sentence what stands after a colon', async () => {
    const quoting = `He reads as follows: at night ${source.replace('The', 'the')}`
    expect(await differencesOf(quoting, source)).toEqual([['begins', 'at night', '']])
  })

  it('tell nothing of one sentence that stands whole in both', async () => {
    expect(await differencesOf(source, source)).toEqual([])
  })
})
