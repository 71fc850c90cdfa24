/**
 * How the lines of a wrapped paragraph become one, and the parts of one that a page parted.
 *
 * A break becomes a space, but for words that were parted at a hyphen. There the document is its own dictionary: a word
 * that it writes elsewhere in one is joined, one that it writes with the hyphen keeps it. Where it says neither, the
 * hyphen goes unless something speaks for it: the second part has a capital (`Brest-`/`Litovsk`), the first is one that
 * compounds begin with (`well-`/`known`), or the parts are words of the document themselves. A kept hyphen has nothing
 * after it; a hanging one (`pre-`/`and post-war`) keeps its space.
 */
import type { RepairMark, RepairSwitches } from '#domain/text/repairs.ts'
import type { InlineText } from './inline-writer.ts'

const LAST_PART = /(\p{L}[\p{L}\p{M}]*)([-\u2010\u00AD])$/u
const FIRST_PART = /^\p{L}[\p{L}\p{M}]*/u
const WORDS = /\p{L}[\p{L}\p{M}]*(?:[-\u2010]\p{L}[\p{L}\p{M}]*)*/gu
const BEGINS_COMPOUNDS = new Set(
  'well ill self half all ever ex vice quasi non so then much long short high low cross first second third two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety hundred anti pseudo post pre neo anarcho anglo franco politico russo sino socio'.split(
    ' ',
  ),
)
const COORDINATING = new Set('and or to of und oder bis et ou y o e en'.split(' '))
/** No word is longer; looking further back would make a line without spaces slow. */
const LONGEST_WORD = 60

/** How two pieces of text become one. */
export interface Joint {
  /** Characters that go from the end of the first. */
  readonly drop: 0 | 1
  /** What stands between them. */
  readonly glue: '' | ' '
  /** What was repaired, as ranges counted from the end of the first piece after the drop: a start may be negative. */
  readonly repairs: readonly RepairMark[]
}

/** Nearly every line ends so, and there is nothing to weigh: no hyphen, dash or slash, and not nothing. */
const ENDS_PLAINLY = /[^-\u2010-\u2015\u00AD/]$/
const SPACE: Joint = { drop: 0, glue: ' ', repairs: [] }

/** What stood between two pieces of text: the end of a line, or of a paragraph. */
export type Gap = 'line' | 'paragraph'

export interface JoinerOptions {
  readonly switches: RepairSwitches
  /** Whether lines were broken by a typesetter, who parts words everywhere, and not by a person who typed. */
  readonly isTypeset?: boolean
}

/** Joins the lines of one document, whose words it knows, and counts them. */
export class LineJoiner {
  readonly switches: RepairSwitches
  /** Line ends that were joined so far. */
  linesJoined = 0
  private words: ReadonlySet<string> | null = null
  private readonly isTypeset: boolean

  /** `text` is the whole document with its line ends; it is read only when the first parted word is met. */
  constructor(
    private readonly text: string,
    { switches, isTypeset = false }: JoinerOptions,
  ) {
    this.switches = switches
    this.isTypeset = isTypeset
  }

  /** Says how two pieces become one, and counts it as done. */
  joint(before: string, after: string, gap: Gap = 'line'): Joint {
    if (gap === 'line') {
      this.linesJoined += 1
      if (ENDS_PLAINLY.test(before)) return SPACE
    }
    const end = before.slice(-LONGEST_WORD)
    const start = after.slice(0, LONGEST_WORD)
    const { drop, glue } = this.judge(end, start)
    return { drop, glue, repairs: [...listRepairs(end, start, gap, drop, glue)] }
  }

  /** Lines, each without white space at its ends, as one. `paragraphs` are the indexes of lines that began one before. */
  join(lines: readonly string[], paragraphs: ReadonlySet<number> = new Set()): InlineText {
    const marks: RepairMark[] = []
    let text = lines[0] ?? ''
    // Pieces are put together at the end: a text of a million lines would be copied as often.
    const parts: string[] = []
    let length = 0
    for (let index = 1; index < lines.length; index += 1) {
      const next = lines[index] ?? ''
      const { drop, glue, repairs } = this.joint(text, next, paragraphs.has(index) ? 'paragraph' : 'line')
      const kept = text.slice(0, text.length - drop)
      const at = length + kept.length
      for (const mark of repairs) marks.push({ ...mark, start: mark.start + at, end: mark.end + at })
      parts.push(kept, glue)
      length = at + glue.length
      text = next
    }
    parts.push(text)
    return { text: parts.join(''), marks }
  }

  /** Whether a word that ends in a hyphen, and what comes after a break, are one word without it. */
  areOneWord(before: string, after: string): boolean {
    return this.judge(before.slice(-LONGEST_WORD), after.slice(0, LONGEST_WORD)).drop === 1
  }

  private judge(end: string, start: string): Pick<Joint, 'drop' | 'glue'> {
    if (/(?:\p{L}--|[—/])$/u.test(end) || end === '') return { drop: 0, glue: '' }
    const [, first, hyphen] = LAST_PART.exec(end) ?? []
    const next = FIRST_PART.exec(start)?.[0]
    if (first === undefined || next === undefined)
      return { drop: 0, glue: /\d[-–]$/.test(end) && /^\d/.test(start) ? '' : ' ' }
    const isSoft = hyphen === '\u00AD'
    if (!isSoft && COORDINATING.has(next.toLowerCase())) return { drop: 0, glue: ' ' }
    const isMended = this.switches.words && (isSoft || this.isOneWord(first, next))
    return { drop: isMended ? 1 : 0, glue: '' }
  }

  private isOneWord(first: string, next: string): boolean {
    this.words ??= readWords(this.text)
    const [a, b] = [first.toLowerCase(), next.toLowerCase()]
    if (this.words.has(`${a}-${b}`)) return false
    if (this.words.has(a + b)) return true
    if (/^\p{Lu}/u.test(next) && !/^\p{Lu}+$/u.test(first)) return false
    if (BEGINS_COMPOUNDS.has(a)) return false
    const isWord = (part: string) => part.length > 2 && this.words?.has(part) === true
    // Who types breaks a word at a hyphen that is its own; the second part alone then tells.
    return !(isWord(b) && (isWord(a) || !this.isTypeset))
  }
}

/** The words of a document, without those that a break parts. */
function readWords(text: string): Set<string> {
  const words = new Set<string>()
  let isParted = false
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '') continue
    const whole = isParted ? line.replace(FIRST_PART, '') : line
    isParted = LAST_PART.test(line.slice(-LONGEST_WORD))
    for (const word of (isParted ? whole.replace(LAST_PART, '') : whole).toLowerCase().match(WORDS) ?? [])
      words.add(word)
  }
  return words
}

function* listRepairs(
  end: string,
  start: string,
  gap: Gap,
  drop: 0 | 1,
  glue: '' | ' ',
): Generator<RepairMark> {
  const feeds = gap === 'line' ? '\n' : '\n\n'
  const last = /\S*$/.exec(end)?.[0] ?? ''
  const first = /^\S*/.exec(start)?.[0] ?? ''
  const mark = {
    kind: 'repair',
    start: drop - last.length,
    end: glue.length + first.length,
    before: `${last}${feeds}${first}`,
  } as const
  if (drop === 1) yield { ...mark, repair: 'words' }
  if (gap === 'paragraph') yield { ...mark, repair: 'paragraphs' }
}
