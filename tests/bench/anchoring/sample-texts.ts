import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createRandom, type Random } from './random.ts'

/** A text to be edited, with the group its results are counted in. */
export interface SampleText {
  readonly group: string
  readonly text: string
}

/** The documents of the folder named by `POSTIL_TEST_CORPUS`, if any, and generated texts of kinds that strain anchoring. */
export function sampleTexts(seed: number): SampleText[] {
  const random = createRandom(seed)
  const folder = process.env.POSTIL_TEST_CORPUS
  const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.txt')) : []
  const documents = files.map((name) => ({
    group: 'documents',
    text: readFileSync(path.join(folder ?? '', name), 'utf8'),
  }))
  return [
    ...documents,
    { group: 'prose', text: writeProse(random, 700, 0) },
    { group: 'repeating', text: writeProse(random, 200, 0.15) },
    { group: 'short', text: writeProse(random, 4, 0) },
    { group: 'verse', text: writeVerse(random, 150) },
    { group: 'list', text: writeList(random, 250) },
    { group: 'chinese', text: writeChinese(random, 150) },
  ]
}

const SMALL_WORDS =
  'the of and to in a that is was it for on as with by at which not this but from or an be are were he they'.split(
    ' ',
  )
const ONSETS = 'b br c ch d dr f g gr h j k l m n p pl qu r s sh st t th tr v w'.split(' ')
const VOWELS = 'a e i o u ai ea ou'.split(' ')
const CODAS = ['', 'n', 'r', 's', 't', 'l', 'nd', 'ck', 'm']

/** Prose of so many paragraphs; `repeated` is the share of sentences that stand in the text before. */
export function writeProse(random: Random, paragraphs: number, repeated: number): string {
  const words = vocabulary(random, 4000)
  const written: string[] = []
  const sentence = (): string => {
    if (written.length > 20 && random.chance(repeated)) return random.pick(written)
    const made = makeSentence(random, words, 6 + random.below(22))
    written.push(made)
    return made
  }
  return list(paragraphs, () => list(2 + random.below(6), sentence).join(' ')).join('\n\n')
}

function writeVerse(random: Random, stanzas: number): string {
  const words = vocabulary(random, 700)
  const refrain = makeSentence(random, words, 6)
  return list(stanzas, () =>
    [...list(4, () => makeSentence(random, words, 4 + random.below(4))), refrain].join('\n'),
  ).join('\n\n')
}

function writeList(random: Random, items: number): string {
  const words = vocabulary(random, 900)
  return list(items, (i) => `${i + 1}. ${makeSentence(random, words, 3 + random.below(5))}`).join('\n\n')
}

function writeChinese(random: Random, paragraphs: number): string {
  const characters = list(1500, () => String.fromCodePoint(0x4e00 + random.below(6000)))
  const sentence = (): string => `${list(6 + random.below(25), () => zipf(random, characters)).join('')}。`
  return list(paragraphs, () => list(2 + random.below(5), sentence).join('')).join('\n\n')
}

function makeSentence(random: Random, words: readonly string[], length: number): string {
  const made = list(length, () => (random.chance(0.45) ? random.pick(SMALL_WORDS) : zipf(random, words)))
  const marked = made.map((word, i) => {
    if (i === length - 1 || !random.chance(0.1)) return word
    return random.pick([`${word},`, `"${word}"`, `${word} --`, `${word}'s`, `(${word})`])
  })
  const text = marked.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function vocabulary(random: Random, size: number): string[] {
  const syllable = (): string => random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS)
  return list(size, () => list(1 + random.below(3), syllable).join(''))
}

/** Words early in the list come often, as in language. */
function zipf(random: Random, words: readonly string[]): string {
  return words[Math.floor(words.length ** random.next()) - 1] ?? random.pick(words)
}

function list<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index))
}
