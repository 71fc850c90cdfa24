/**
 * Headings of a plain text: underlined, named (Chapter II), numbered (3.1 Method), numerals alone (IV.), in capitals.
 * Each gets a rank; the ranks that a text uses become levels 1, 2, 3…
 */
import { type Chunk, type Line, partsSentence } from './text-lines.ts'

const LONGEST = 90

const DIVISIONS: readonly { readonly names: RegExp; readonly rank: number }[] = [
  { names: /^(?:part|book|volume|teil|buch|band|partie|livre|tome|parte|libro|act|часть|том)\b/iu, rank: 10 },
  {
    names: /^(?:chapter|kapitel|chapitre|cap[ií]tulo|capitolo|canto|letter|scene|appendix|глава)\b/iu,
    rank: 20,
  },
]
const NUMERAL =
  /^(?:the\s+)?(?:\d{1,4}|[ivxlcdm]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|last|[a-z])\b/iu
const STANDING_NAMES =
  /^(?:contents|table of contents|preface|foreword|introduction|prologue|epilogue|conclusions?|afterword|postscript|notes|footnotes|references|bibliography|works cited|index|abstract|summary|acknowledge?ments|dedication|vorwort|einleitung|inhalt|nachwort|anhang|introducción|pr[ée]face)\.?:?$/iu

export interface TextHeading {
  readonly text: string
  /** Smaller is higher. */
  readonly rank: number
  /** How many lines of the chunk it takes. */
  readonly lines: number
  /** What makes it one: only some kinds are believed in a long row. */
  readonly kind: 'underlined' | 'named' | 'numbered' | 'capitals' | 'marked'
}

/** The heading a chunk opens with, or null. `repeated` says whether a line stands in the text many times. */
export function findHeading(
  chunk: Chunk,
  before: Chunk | undefined,
  after: Chunk | undefined,
  repeated: (line: string) => boolean,
): TextHeading | null {
  const [first, second] = chunk.lines
  if (!first) return null
  const underlined = toUnderlined(first, second)
  if (underlined) return underlined
  const text = first.text.replace(/\s+/g, ' ')
  if (text.length > LONGEST || repeated(first.text)) return null
  if (chunk.isNumberedLine) return toHeadingOf(chunk)
  const isAlone = chunk.lines.length === 1
  const named = toNamed(text, chunk)
  if (named) return named
  if (isAlone && STANDING_NAMES.test(text)) return { text, rank: 20, lines: 1, kind: 'named' }
  if (isAlone) {
    const numbered = toNumbered(text)
    if (numbered && !(/^\d+[.)]/.test(text) && isNumberedBeside(before, after))) return numbered
  }
  if (chunk.lines.length <= 2 && chunk.lines.every((line) => isInCapitals(line.text)))
    return {
      text: chunk.lines.map((line) => line.text).join(' '),
      rank: 30,
      lines: chunk.lines.length,
      kind: 'capitals',
    }
  return isSetApart(text, chunk, before, after) ? { text, rank: 60, lines: 1, kind: 'marked' } : null
}

function toHeadingOf({ lines }: Chunk): TextHeading {
  return { text: lines.map(({ text }) => text).join(' '), rank: 40, lines: lines.length, kind: 'numbered' }
}

function toUnderlined(first: Line, second: Line | undefined): TextHeading | null {
  const rule = second && /^([=\-~_*^])\1{2,}$/.exec(second.text)
  if (!rule || first.text.length > LONGEST || !/[\p{L}\d]/u.test(first.text)) return null
  const isFitting =
    Math.abs((second?.text.length ?? 0) - first.text.length) <= Math.max(4, first.text.length / 2)
  if (!isFitting) return null
  return {
    text: first.text,
    rank: rule[1] === '=' ? 5 : rule[1] === '-' ? 25 : 35,
    lines: 2,
    kind: 'underlined',
  }
}

/** `CHAPTER II`, alone or with its title after it or in the next line. */
function toNamed(text: string, chunk: Chunk): TextHeading | null {
  const division = DIVISIONS.find(({ names }) => names.test(text))
  if (!division) return null
  const rest = text.replace(division.names, '').trim()
  if (!NUMERAL.test(rest)) return null
  const title = rest.replace(NUMERAL, '').replace(/^[\s.:,—–-]+/, '')
  if (title !== '' && !/^["“‘'(]?[\p{Lu}\p{Lo}\d]/u.test(title)) return null
  if (/[,;]$/.test(text) || (title.length > 12 && /[.]$/.test(text) && chunk.lines.length > 1)) return null
  const next = chunk.lines[1]
  if (chunk.lines.length === 1) return { text, rank: division.rank, lines: 1, kind: 'named' }
  if (
    chunk.lines.length === 2 &&
    next &&
    next.text.length <= LONGEST &&
    !DIVISIONS.some(({ names }) => names.test(next.text))
  )
    return { text: `${text} ${next.text}`, rank: division.rank, lines: 2, kind: 'named' }
  return null
}

function toNumbered(text: string): TextHeading | null {
  const numbered =
    /^(§+\s*\d+[a-z]?|\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)])|[IVXLC]{1,7}(?=\.)|[IVXLC]{2,7}(?=$))[.):]*(?:\s+(.*))?$/u.exec(
      text,
    )
  if (!numbered) return null
  const [, number = '', title = ''] = numbered
  if (/[.,;:]$/.test(title) && !/\b(?:etc|al)\.$/.test(title)) return null
  if (title === '' && /^\d+$/.test(number)) return null
  if (title !== '' && !/^["“‘'(¿¡]?[\p{Lu}\p{Lo}\d]/u.test(title)) return null
  const dots = number.split('.').length - 1
  return { text, rank: /^[IVXLC]/.test(number) ? 38 : 40 + dots, lines: 1, kind: 'numbered' }
}

/** `2. Pears` between `1. Apples` and `3. Plums` is an item of a list, not a heading. */
function isNumberedBeside(before: Chunk | undefined, after: Chunk | undefined): boolean {
  return [before, after].some((chunk) => {
    const [only, more] = chunk?.lines ?? []
    return only && !more && toNumbered(only.text)?.rank === 40
  })
}

function isInCapitals(text: string): boolean {
  if (text.length > 75 || /[,;]$/.test(text) || /^(?:the\s+)?(?:end|fin|finis)[.!]?$/i.test(text))
    return false
  const letters = text.match(/\p{L}/gu) ?? []
  const upper = text.match(/\p{Lu}/gu) ?? []
  return letters.length >= 4 && upper.length === letters.length && letters.length >= text.length * 0.5
}

/** A short line with room before it and a long paragraph after it, which neither ends nor goes on with a sentence. */
function isSetApart(
  text: string,
  chunk: Chunk,
  before: Chunk | undefined,
  after: Chunk | undefined,
): boolean {
  if (chunk.lines.length > 1 || chunk.gap < 2 || text.length > 60 || !after) return false
  if (!/^["“‘']?[\p{Lu}\d]/u.test(text) || !/[\p{L}\d?!”"’')]$/u.test(text) || /^by\s/i.test(text))
    return false
  const length = after.lines.reduce((sum, line) => sum + line.text.length, 0)
  return length >= 100 && !partsSentence(before?.lines.at(-1)?.text, text)
}
