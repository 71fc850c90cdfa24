/** The lines of a plain text, and the chunks that empty lines and page breaks part them into. */

export interface Line {
  /** Without white space at its ends. */
  readonly text: string
  /** Columns of white space before the text; a tab goes to the next multiple of eight. */
  readonly indent: number
  /** Where the line begins and ends in the text that was read. */
  readonly start: number
  readonly end: number
}

/** Lines without an empty line between them. */
export interface Chunk {
  readonly lines: readonly Line[]
  /** How many empty lines stand before it. */
  readonly gap: number
  /** Whether a page ended before it: a form feed, or a line with nothing but a page number. */
  readonly isAfterPageBreak: boolean
  /** A numbered heading and nothing else, known by the others that count on from it. */
  readonly isNumberedLine?: boolean
}

const PAGE_NUMBER = /^(?:[-–—[(]\s?)?(?:(?:page|seite|p\.)\s?)?(\d{1,4})(?:\s?[-–—\])])?$/i

/** Divides a text, whose line ends are line feeds, into chunks; page numbers are left out. */
export function toChunks(text: string): Chunk[] {
  const raw = splitChunks(text)
  const pageNumbers = findPageNumbers(raw)
  const chunks: Chunk[] = []
  let isAfterPageBreak = false
  for (const chunk of raw) {
    if (pageNumbers.has(chunk)) {
      isAfterPageBreak = true
      continue
    }
    chunks.push({ ...chunk, isAfterPageBreak: chunk.isAfterPageBreak || isAfterPageBreak })
    isAfterPageBreak = false
  }
  return chunks
}

function splitChunks(text: string): Chunk[] {
  const chunks: Chunk[] = []
  let lines: Line[] = []
  let gap = 0
  let isAfterPageBreak = false
  const endChunk = () => {
    if (lines.length === 0) return
    chunks.push({ lines, gap, isAfterPageBreak })
    lines = []
    gap = 0
    isAfterPageBreak = false
  }
  let start = 0
  for (const raw of text.split(/[\n\f]/)) {
    const end = start + raw.length
    const visible = raw.trim()
    if (visible === '') {
      endChunk()
      gap += 1
    } else lines.push({ text: visible, indent: toColumns(raw), start, end })
    if (text[end] === '\f') {
      endChunk()
      isAfterPageBreak = true
    }
    start = end + 1
  }
  endChunk()
  return chunks
}

function toColumns(raw: string): number {
  let columns = 0
  for (const character of raw) {
    if (character === '\t') columns += 8 - (columns % 8)
    else if (character.trim() === '') columns += 1
    else break
  }
  return columns
}

/**
 * Numbers alone between empty lines are page numbers where a form feed stands beside them, or where they parted a
 * sentence; when one of a rising sequence is, all of it are. Others may be the numbers of chapters, and stay.
 */
function findPageNumbers(chunks: readonly Chunk[]): Set<Chunk> {
  const alone = chunks.flatMap((chunk, index) => {
    const number = chunk.lines.length === 1 ? PAGE_NUMBER.exec(chunk.lines[0]?.text ?? '')?.[1] : undefined
    return number === undefined ? [] : [{ chunk, index, number: Number(number) }]
  })
  const isCertain = ({ chunk, index }: { chunk: Chunk; index: number }) =>
    chunk.isAfterPageBreak ||
    chunks[index + 1]?.isAfterPageBreak === true ||
    partsSentence(chunks[index - 1]?.lines.at(-1)?.text, chunks[index + 1]?.lines[0]?.text)
  const isRising = alone.every(({ number }, index) => index === 0 || number > (alone[index - 1]?.number ?? 0))
  const certain = alone.filter(isCertain)
  return new Set((isRising && certain.length > 0 ? alone : certain).map(({ chunk }) => chunk))
}

/** Whether two pieces of text were one sentence: the first has no end, the second goes on in lower case. */
export function partsSentence(before: string | undefined, after: string | undefined): boolean {
  if (!before || !after) return false
  return /[\p{L}\p{M}\d,-]$/u.test(before.slice(-4)) && /^["'“‘(]?\p{Ll}/u.test(after)
}
