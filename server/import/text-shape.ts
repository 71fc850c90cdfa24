/** What a chunk of plain text looks like: wrapped prose, verse, a table, lines that are paragraphs. */
import type { Line } from './text-lines.ts'

/** A line longer than this was not broken to fit a page: it is a paragraph of its own. */
const LONGEST_WRAPPED_LINE = 120
const LONGEST_VERSE_LINE = 75

/** Whether the lines were never wrapped: each is a paragraph. A stray long line in a wrapped chunk does not count. */
export function hasUnwrappedLines(lines: readonly Line[]): boolean {
  const long = lines.filter(({ text }) => text.length > LONGEST_WRAPPED_LINE).length
  return long > 0 && long * 3 >= lines.length
}

/**
 * Whether the author broke the lines. Wrapped prose breaks a line only where the next word does not fit; verse breaks
 * where there is room. Seven tenths of the lines with room for the next word, in short lines, are verse; a fifth are enough
 * when nearly all lines begin with a capital. Lines that are sentences are prose, one sentence a line.
 */
export function isVerse(lines: readonly Line[]): boolean {
  if (lines.length < 2) return false
  const width = lines.reduce((widest, { text }) => Math.max(widest, text.length), 0)
  if (width > LONGEST_VERSE_LINE) return false
  const inner = lines.slice(0, -1)
  const withRoom = inner.filter(({ text }, index) => {
    const next = /^\S+/.exec(lines[index + 1]?.text ?? '')?.[0].length ?? 0
    return text.length + 1 + next <= width
  }).length
  const room = withRoom / inner.length
  const capitals = lines.filter(({ text }) => /^[^\p{L}]{0,3}\p{Lu}/u.test(text)).length / lines.length
  const sentences = lines.filter(({ text }) => /[.!?]["'”’)]?$/.test(text)).length / lines.length
  const mean = lines.reduce((sum, { text }) => sum + text.length, 0) / lines.length
  if (sentences >= 0.7 && mean > 45) return false
  if (lines.length === 2)
    return capitals === 1 && width <= 60 && (withRoom === 1 || /[,;:!?.—]$/.test(lines[0]?.text ?? ''))
  if (capitals >= 0.8 && room >= 0.2) return true
  // Verse of equal lines leaves no room, but prose as narrow does not begin every line with a capital.
  if (capitals === 1 && width <= (lines.length > 3 ? 60 : 45)) return true
  // Edited prose has short lines too, but between full ones.
  return room >= 0.7 && width <= 60 && mean < 0.85 * width
}

/** Columns set with spaces: each line is kept, in letters of one width. */
export function hasColumns(lines: readonly Line[]): boolean {
  return lines.length >= 2 && lines.filter(({ text }) => countGaps(text) >= 2).length >= lines.length * 0.6
}

/** Lines with a gap in them, such as a number and a title: each is kept as a line. */
export function hasGaps(lines: readonly Line[]): boolean {
  return lines.length >= 2 && lines.filter(({ text }) => countGaps(text) >= 1).length >= lines.length * 0.6
}

function countGaps(text: string): number {
  // Nearly no line has any, and to look for one is quick.
  if (!text.includes('   ') && !text.includes('\t')) return 0
  return text.match(/(?<=\S)(?: {3,}|\t+)(?=\S)/g)?.length ?? 0
}

/** Entries of a table of contents: leaders or a gap, and a page number. */
export function isContents(lines: readonly Line[]): boolean {
  const entries = lines.filter(({ text }) =>
    /(?:\.{3,}|(?:\. ){3,}|\s{3,}|\t|…)\s*(?:\d{1,4}|[ivxlc]+)$/i.test(text),
  )
  return lines.length >= 2 && entries.length >= lines.length * 0.6
}

/** The indent of the line that has least. */
export function leastIndent(lines: readonly Line[]): number {
  return lines.reduce((least, { indent }) => Math.min(least, indent), Number.POSITIVE_INFINITY)
}

/** The indent most lines have. */
export function commonIndent(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  for (const { indent } of lines) counts.set(indent, (counts.get(indent) ?? 0) + 1)
  let common = 0
  for (const [indent, count] of counts) if (count > (counts.get(common) ?? 0)) common = indent
  return common
}

/**
 * Divides wrapped prose without empty lines into paragraphs by its indents: each begins with an indented line after a
 * finished sentence, or, where the other lines hang, with a line that is not indented.
 */
export function splitAtIndents(lines: readonly Line[]): Line[][] {
  const base = leastIndent(lines)
  const deeper = lines.filter(({ indent }) => indent >= base + 2).length
  const isHanging = lines.length > 2 && deeper > lines.length / 2 && lines[0]?.indent === base
  const paragraphs: Line[][] = []
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const begins = isHanging
      ? line.indent === base
      : line.indent >= base + 2 && /[.!?:"”'’)\]]$/.test(before?.text ?? '.') && before?.indent === base
    const current = paragraphs.at(-1)
    if (!current || begins) paragraphs.push([line])
    else current.push(line)
  }
  return paragraphs
}
