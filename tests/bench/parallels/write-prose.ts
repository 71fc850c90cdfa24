import { createRandom, type Random } from '../anchoring/random.ts'

/**
 * Prose for measuring: made-up words by Zipf's law, the frequent ones short as in real languages; each text with some
 * words of its own; set phrases of three to six words that recur everywhere, and formulas of eight to twelve words
 * that recur in many texts, as titles, headings and turns of office do.
 */
export class ProseWriter {
  private readonly random: Random
  private readonly words: readonly string[]
  private readonly phrases: readonly string[]
  private readonly formulas: readonly string[]

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.words = makeVocabulary(this.random, 40_000)
    this.phrases = Array.from({ length: 3_000 }, () => this.draw(3 + this.random.below(4)).join(' '))
    this.formulas = Array.from({ length: FORMULAS }, () => this.draw(8 + this.random.below(5)).join(' '))
  }

  /** Sentences of about so many words altogether. */
  write(words: number): string[] {
    const own = Array.from({ length: 60 }, () => this.random.below(this.words.length))
    const sentences: string[] = []
    for (let count = 0; count < words; ) {
      const sentence = this.sentence(own)
      sentences.push(sentence)
      count += sentence.split(' ').length
    }
    return sentences
  }

  /** A word at random, frequent ones more often. */
  word(): string {
    return this.words[this.zipf(this.words.length)] ?? ''
  }

  private sentence(own: readonly number[]): string {
    if (this.random.below(50) === 0) return `${capital(this.formulas[this.random.below(FORMULAS)] ?? '')}.`
    const length = 5 + this.random.below(24)
    const parts: string[] = []
    for (let i = 0; i < length; i++) {
      const draw = this.random.below(100)
      if (draw < 6) parts.push(this.phrases[this.zipf(this.phrases.length)] ?? '')
      else if (draw < 14) parts.push(this.words[own[this.random.below(own.length)] ?? 0] ?? '')
      else parts.push(this.word())
      if (i < length - 1 && this.random.below(9) === 0) parts.push(`${parts.pop() ?? ''},`)
    }
    return `${capital(parts.join(' '))}.`
  }

  private draw(count: number): string[] {
    return Array.from({ length: count }, () => this.word())
  }

  /** Ranks fall off as one over the rank. */
  private zipf(size: number): number {
    return Math.floor((size + 1) ** this.random.next()) - 1
  }
}

/** Few, so that each stands in a text of some length several times. */
const FORMULAS = 6

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function makeVocabulary(random: Random, size: number): string[] {
  const onsets = [
    'b',
    'c',
    'd',
    'f',
    'g',
    'h',
    'l',
    'm',
    'n',
    'p',
    'r',
    's',
    't',
    'v',
    'w',
    'st',
    'tr',
    'pl',
    'ch',
  ]
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou']
  const codas = ['', '', 'n', 'r', 's', 't', 'l', 'm', 'd']
  const pick = (from: readonly string[]) => from[random.below(from.length)] ?? ''
  const words = new Set<string>()
  while (words.size < size) {
    const syllables = words.size < 40 ? 1 : words.size < 2_000 ? 1 + random.below(2) : 2 + random.below(3)
    const onset = words.size < 40 ? onsets.slice(0, 15) : onsets
    words.add(Array.from({ length: syllables }, () => pick(onset) + pick(vowels) + pick(codas)).join(''))
  }
  return [...words]
}
