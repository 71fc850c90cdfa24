/** Lists in a plain text: bullets, numbers, and what only looks like them. */
import type { Chunk, Line } from './text-lines.ts'

export interface TextItem {
  readonly ordinal: number | null
  readonly indent: number
  /** The item's lines; the first without its mark. */
  readonly lines: readonly Line[]
}

const BULLET = /^[-*•·+‣◦▪]\s+(?=\S)/
const NUMBER = /^\(?(\d{1,3})[.)]\s+(?=\S)/
const BARE_NUMBER = /^(\d{1,3})\s+(?=\S)/

interface ItemMark {
  readonly ordinal: number | null
  readonly length: number
}

/** The items of a chunk, or null when it is no list. A single number begins a list only where it is 1. */
export function findItems(lines: readonly Line[]): TextItem[] | null {
  const bare = lines.length >= 3 && isBareSequence(lines)
  const marks = lines.map((line) => toMark(line.text, bare))
  if (!marks[0] || /^[*\-\s]+$/.test(lines[0]?.text ?? '')) return null
  const isOrdered = marks[0].ordinal !== null
  const items: { ordinal: number | null; indent: number; lines: Line[] }[] = []
  let expected = marks[0].ordinal ?? 0
  for (const [index, line] of lines.entries()) {
    const mark = marks[index]
    const isItem = mark && (isOrdered ? mark.ordinal === expected : mark.ordinal === null)
    if (mark && isItem) {
      items.push({
        ordinal: mark.ordinal,
        indent: line.indent,
        lines: [{ ...line, text: line.text.slice(mark.length) }],
      })
      expected += 1
    } else items.at(-1)?.lines.push(line)
  }
  return items
}

/** Whether every line is `n …` with rising numbers: contents, or a list without dots. */
function isBareSequence(lines: readonly Line[]): boolean {
  const numbers = lines.map(({ text }) => Number(BARE_NUMBER.exec(text)?.[1] ?? Number.NaN))
  return numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
}

function toMark(text: string, bare: boolean): ItemMark | null {
  const bullet = BULLET.exec(text)
  if (bullet) return { ordinal: null, length: bullet[0].length }
  const number = NUMBER.exec(text) ?? (bare ? BARE_NUMBER.exec(text) : null)
  return number ? { ordinal: Number(number[1]), length: number[0].length } : null
}

/**
 * Parts a chunk before and after lines such as `7 How did it end?` that count up by one, at least three of them, each
 * after the end of a sentence: headings that lost the empty lines around them.
 */
export function splitAtNumberedLines(chunk: Chunk): Chunk[] {
  const numbered = new Set<Line>()
  let last: number | null = null
  for (const [index, line] of chunk.lines.entries()) {
    const number = /^(\d{1,2})\s+["“‘']?\p{Lu}.{2,100}$/u.exec(line.text)?.[1]
    const before = chunk.lines[index - 1]
    const isFree = !before || numbered.has(before) || /[.!?:\])"”]$/.test(before.text)
    if (number === undefined || !isFree || (last !== null && Number(number) !== last + 1)) continue
    numbered.add(line)
    last = Number(number)
  }
  if (numbered.size < 3 || numbered.size === chunk.lines.length) return [chunk]
  const parts: { lines: Line[]; isNumbered: boolean }[] = []
  for (const line of chunk.lines) {
    const isNumbered = numbered.has(line)
    const current = parts.at(-1)
    const goesOn =
      current?.isNumbered && current.lines.length === 1 && isRestOfQuestion(current.lines[0], line)
    if (goesOn) current?.lines.push(line)
    else if (!current || isNumbered || current.isNumbered) parts.push({ lines: [line], isNumbered })
    else current.lines.push(line)
  }
  return parts.map(({ lines, isNumbered }, index) => ({
    ...(index === 0 ? chunk : { gap: 0, isAfterPageBreak: false }),
    lines,
    isNumberedLine: isNumbered,
  }))
}

/** A heading that is a question may be wrapped once. */
function isRestOfQuestion(first: Line | undefined, line: Line): boolean {
  return (
    !/[.?!:]["'”’]?$/.test(first?.text ?? '.') && line.text.length <= 60 && /^\p{Ll}.*\?$/u.test(line.text)
  )
}
