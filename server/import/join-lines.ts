/**
 * How the lines of a wrapped paragraph become one.
 *
 * A line end becomes a space, but for words that were parted at a hyphen. There the document is its own dictionary:
 * `work-`/`ers` becomes `workers` where the document has `workers` elsewhere; otherwise the hyphen is kept and nothing
 * comes after it (`well-`/`known`, `Brest-`/`Litovsk`). A hanging hyphen (`pre-`/`and post-war`) keeps its space.
 */

const PARTED = /(\p{L}[\p{L}\p{M}]*)([-\u2010\u00AD])$/u
const FIRST_WORD = /^\p{L}[\p{L}\p{M}]*/u
const WORDS = /\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu
const COORDINATING = new Set(['and', 'or', 'to', 'und', 'oder', 'bis', 'et', 'ou', 'y', 'o', 'e', 'en', 'of'])
/** No word is longer; looking further back would make a line without spaces slow. */
const LONGEST_WORD = 60

/** Knows which words a document uses. */
export class LineJoiner {
  private words: Set<string> | null = null
  private readonly text: string

  /** `text` is the whole document; it is read only when the first parted word is met. */
  constructor(text: string) {
    this.text = text
  }

  /** What stands between two lines once they are one, and how much of the first one's end goes. */
  joint(before: string, after: string): { readonly drop: number; readonly glue: '' | ' ' } {
    const end = before.slice(-LONGEST_WORD)
    if (/\p{L}(--|—)$/u.test(end) || end === '') return { drop: 0, glue: '' }
    const parted = PARTED.exec(end)
    const next = FIRST_WORD.exec(after.slice(0, LONGEST_WORD))?.[0]
    if (!parted || !next) return { drop: 0, glue: ' ' }
    const [, first = '', hyphen] = parted
    if (hyphen === '\u00AD') return { drop: 1, glue: '' }
    if (COORDINATING.has(next.toLowerCase())) return { drop: 0, glue: ' ' }
    return { drop: this.isWord(first, next) ? 1 : 0, glue: '' }
  }

  /** Lines, each without white space at its ends, as one. */
  join(lines: readonly string[]): string {
    const parts: string[] = []
    for (const [index, line] of lines.entries()) {
      const next = lines[index + 1]
      if (next === undefined) parts.push(line)
      else {
        const { drop, glue } = this.joint(line, next)
        parts.push(line.slice(0, line.length - drop) + glue)
      }
    }
    return parts.join('')
  }

  private isWord(first: string, next: string): boolean {
    this.words ??= new Set(this.text.toLowerCase().match(WORDS))
    const [a, b] = [first.toLowerCase(), next.toLowerCase()]
    return this.words.has(a + b) && !this.words.has(`${a}-${b}`)
  }
}
