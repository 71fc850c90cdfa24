/**
 * Words that a typesetter parted at line ends. Unlike people who type, typesetters part words everywhere, so a hyphen at
 * a line end goes unless something speaks for it: the document writes the word with it elsewhere, both parts are words
 * of the document, the second has a capital, or the first is one that compounds begin with.
 */

const LAST_PART = /(\p{L}[\p{L}\p{M}]*)([-\u2010\u00AD])$/u
const FIRST_PART = /^\p{L}[\p{L}\p{M}]*/u
const WORDS = /\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu
const BEGINS_COMPOUNDS = new Set(
  'well ill self half all ever ex vice quasi non so then much long short high low cross first second third two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety hundred anti pseudo post pre neo'.split(
    ' ',
  ),
)
const COORDINATING = new Set(['and', 'or', 'to', 'und', 'oder', 'et', 'ou', 'y', 'o', 'e'])

/** Knows the words of a document and puts its lines together. */
export class HyphenMender {
  private readonly words = new Set<string>()

  constructor(lines: readonly string[]) {
    let isParted = false
    for (const line of lines) {
      const whole = isParted ? line.replace(FIRST_PART, '') : line
      isParted = LAST_PART.test(line)
      for (const word of (isParted ? whole.replace(LAST_PART, '') : whole).toLowerCase().match(WORDS) ?? [])
        this.words.add(word)
    }
  }

  /** What stands between two lines once they are one, and how much of the end of the first one goes. */
  joint(before: string, after: string): { readonly drop: 0 | 1; readonly glue: '' | ' ' } {
    if (/(?:--|[—/])$/.test(before) || before === '') return { drop: 0, glue: '' }
    const [, first, hyphen] = LAST_PART.exec(before.slice(-60)) ?? []
    const next = FIRST_PART.exec(after.slice(0, 60))?.[0]
    if (first === undefined || next === undefined)
      return { drop: 0, glue: /\d[-–]$/.test(before) && /^\d/.test(after) ? '' : ' ' }
    if (hyphen === '\u00AD') return { drop: 1, glue: '' }
    if (COORDINATING.has(next.toLowerCase())) return { drop: 0, glue: ' ' }
    return { drop: this.isOneWord(first, next) ? 1 : 0, glue: '' }
  }

  private isOneWord(first: string, next: string): boolean {
    const [a, b] = [first.toLowerCase(), next.toLowerCase()]
    if (this.words.has(`${a}-${b}`)) return false
    if (this.words.has(a + b)) return true
    if (/^\p{Lu}/u.test(next) && !/^\p{Lu}+$/u.test(first)) return false
    if (BEGINS_COMPOUNDS.has(a)) return false
    return !(a.length > 2 && b.length > 2 && this.words.has(a) && this.words.has(b))
  }
}
