import type { TextRange } from '#domain/text/edition-text.ts'
import type { Random } from '../anchoring/random.ts'

/**
 * How a quotation was corrupted: not at all; a letter, a mark or an editor's bracket here and there; every sixth word
 * changed; words left out at ellipses; two places joined as if they were one.
 */
export const CORRUPTIONS = ['none', 'light', 'heavy', 'elided', 'spliced'] as const
export type Corruption = (typeof CORRUPTIONS)[number]

/** A passage of a source that was put into a text, corrupted or not. A spliced quotation is two of them. */
export interface Planted {
  readonly corruption: Corruption
  /** Words of the source that were quoted. */
  readonly words: number
  readonly source: number
  /** In the source. */
  readonly from: TextRange
  /** In the text that quotes. */
  readonly to: TextRange
}

/** Draws passages of sources and writes them into sentences as quotations. */
export class Planter {
  constructor(
    private readonly random: Random,
    private readonly sources: readonly { readonly text: string; readonly number: number }[],
    /** A word that may stand instead of another. */
    private readonly otherWord: () => string,
  ) {}

  /** The sentences with `count` quotations of one kind among them, joined by spaces, and where these are. */
  plant(
    sentences: readonly string[],
    corruption: Corruption,
    count: number,
  ): { text: string; planted: Planted[] } {
    const places = new Set<number>()
    while (places.size < Math.min(count, sentences.length - 1))
      places.add(1 + this.random.below(sentences.length - 1))
    const planted: Planted[] = []
    let text = ''
    sentences.forEach((sentence, index) => {
      if (places.has(index)) {
        const quotation = this.quote(corruption)
        const start = text.length + ' He says: “'.length
        text += ` He says: “${quotation.text}”`
        for (const { range, ...part } of quotation.parts) {
          planted.push({ ...part, corruption, to: { start: start + range.start, end: start + range.end } })
        }
      }
      text += `${index === 0 ? '' : ' '}${sentence}`
    })
    return { text, planted }
  }

  private quote(corruption: Corruption): Quotation {
    switch (corruption) {
      case 'none':
        return whole(this.draw(8 + this.random.below(28)), (words) => words.join(' '))
      case 'light':
        return whole(this.draw(12 + this.random.below(28)), (words) => this.lightly(words).join(' '))
      case 'heavy':
        return whole(this.draw(20 + this.random.below(30)), (words) => this.heavily(words).join(' '))
      case 'elided':
        return whole(this.draw(24 + this.random.below(40)), (words) => this.elide(words))
      case 'spliced': {
        const [first, second] = [this.draw(9 + this.random.below(12)), this.draw(9 + this.random.below(12))]
        const [a, b] = [whole(first, (words) => words.join(' ')), whole(second, (words) => words.join(' '))]
        const by = a.text.length + 1
        const moved = b.parts.map((part) => ({
          ...part,
          range: { start: part.range.start + by, end: part.range.end + by },
        }))
        return { text: `${a.text} ${b.text}`, parts: [...a.parts, ...moved] }
      }
    }
  }

  private draw(count: number): Drawn {
    for (;;) {
      const { text, number } = this.random.pick(this.sources)
      const at = text.indexOf(' ', this.random.below(text.length)) + 1
      const part = text.slice(at, at + count * 16)
      const matches = [...part.matchAll(/\S+/g)].slice(0, count)
      const last = matches.at(-1)
      // Neither across paragraphs nor in a table of numbers.
      const isProse = last && matches.filter(([word]) => /^\p{L}+[,.;]?$/u.test(word)).length > count * 0.7
      if (!last || matches.length < count || !isProse || part.slice(0, last.index).includes('\n\n')) continue
      const end = at + last.index + last[0].length
      return { words: matches.map(([word]) => word), source: number, from: { start: at, end } }
    }
  }

  private lightly(words: readonly string[]): string[] {
    return words.map((word, index) => {
      if (index % 10 !== 4 || word.length < 5) return word
      const at = 1 + this.random.below(word.length - 3)
      return this.random.pick([
        word.slice(0, at) + word.slice(at + 1),
        `[${word.charAt(0)}]${word.slice(1)}`,
        `‘${word}’`,
        word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
      ])
    })
  }

  private heavily(words: readonly string[]): string[] {
    const phase = this.random.below(6)
    return words.flatMap((word, index) => {
      if (index % 6 !== phase) return [word]
      const draw = this.random.below(10)
      if (draw === 0) return []
      return draw === 1 ? [word, this.otherWord()] : [this.otherWord()]
    })
  }

  private elide(words: readonly string[]): string {
    const kept = 8 + this.random.below(Math.max(1, (words.length >> 1) - 10))
    const rest = Math.max(kept + 4, words.length - 7 - this.random.below(5))
    const mark = this.random.pick(['…', ' . . .', '...', ' [...]', ' […]'])
    return `${words.slice(0, kept).join(' ')}${mark} ${words.slice(rest).join(' ')}`
  }
}

interface Drawn {
  readonly words: readonly string[]
  readonly source: number
  readonly from: TextRange
}

interface Quotation {
  readonly text: string
  /** With where each part stands in the quotation. */
  readonly parts: readonly (Omit<Planted, 'to' | 'corruption'> & { readonly range: TextRange })[]
}

function whole({ words, source, from }: Drawn, write: (words: readonly string[]) => string): Quotation {
  const text = write(words)
  return { text, parts: [{ words: words.length, source, from, range: { start: 0, end: text.length } }] }
}
