/**
 * Puts the lines of a PDF together to paragraphs. A paragraph begins where the first line is set in, where the gap is
 * wider than the leading, or after a line that ends a sentence before its word had to go to the next; across columns and
 * pages only by these signs as well, so that a sentence goes on. Larger lines are headings, set-in ones quotations.
 */
import type {
  BlockForm,
  InlineMark,
  SourceBlock,
  SourceMark,
  SourcePlace,
} from '#domain/text/edition-text.ts'
import type { RepairSwitches } from '#domain/text/repairs.ts'
import { LineJoiner } from './join-lines.ts'
import {
  type FlowLine,
  type FlowPage,
  findSetting,
  isNear,
  type PageNote,
  type Setting,
  toFlow,
} from './pdf-flow.ts'
import type { PdfPage } from './pdf-margins.ts'

const BULLET = /^[•◦▪‣●○–]\s+/
/** An entry of a table of contents: leaders, and a page number. */
const ENTRY = /(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]+)$/
const CHAPTER =
  /^(?:chapter|part|book|kapitel|teil|buch|chapitre|partie|livre|cap[íi]tulo|parte)\s+(?:\d{1,3}|[ivxlc]+|\p{L}{3,9})\.?$/iu

const ENDS_SENTENCE = /[.!?:…]["'”’»)\]]*\d{0,3}$/u

interface Paragraph {
  readonly kind: 'heading' | 'text'
  readonly lines: FlowLine[]
}

/** The blocks of all pages, and how many line ends were joined in them. */
export function toPdfBlocks(
  pages: readonly PdfPage[],
  switches: RepairSwitches,
): { readonly blocks: readonly SourceBlock[]; readonly linesJoined: number } {
  const setting = findSetting(pages)
  const flow = toFlow(pages, setting)
  const lines = flow.flatMap((page) => [...page.lines])
  const joiner = new LineJoiner(lines.map(({ text }) => text).join('\n'), { switches, isTypeset: true })
  const paragraphs = toParagraphs(lines, setting, switches)
  const blocks = new BlockWriter(flow, joiner, findLevels(paragraphs)).write(paragraphs)
  return { blocks, linesJoined: joiner.linesJoined }
}

function toParagraphs(lines: readonly FlowLine[], setting: Setting, switches: RepairSwitches): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const [index, line] of lines.entries()) {
    const kind = isHeading(line, lines[index - 1], lines[index + 1], setting) ? 'heading' : 'text'
    const last = paragraphs.at(-1)
    const isParted = !switches.paragraphs && last?.lines.at(-1)?.page !== line.page
    if (!last || last.kind !== kind || isParted || beginsParagraph(last, line, setting))
      paragraphs.push({ kind, lines: [line] })
    else last.lines.push(line)
  }
  return paragraphs
}

function isHeading(
  line: FlowLine,
  before: FlowLine | undefined,
  after: FlowLine | undefined,
  { size, leading }: Setting,
): boolean {
  if (line.text.length > 200 || !/\p{L}/u.test(line.text) || ENTRY.test(line.text)) return false
  if (line.size >= 1.12 * size) return true
  if (line.size < 0.93 * size) return false
  const isApart = (a: FlowLine | undefined, b: FlowLine | undefined) =>
    !a || !b?.isBelowLast || b.y - a.y > 1.3 * leading
  const isCapitals =
    line.text.length < 80 && !/\p{Ll}/u.test(line.text) && (line.text.match(/\p{Lu}/gu)?.length ?? 0) > 3
  return (isCapitals || CHAPTER.test(line.text)) && isApart(before, line) && isApart(line, after)
}

function beginsParagraph({ kind, lines }: Paragraph, line: FlowLine, { leading }: Setting): boolean {
  const last = lines.at(-1)
  if (!last) return true
  if (!isNear(last.size, line.size) || ENTRY.test(last.text)) return true
  const gap = line.isBelowLast ? line.y - last.y : 0
  if (kind === 'heading') {
    // The last line of a heading over both columns may be as short as one of them.
    const below = line.y - last.y
    return line.page !== last.page || below <= 0 || below > 1.8 * line.size
  }
  if (gap > 1.3 * Math.max(leading * (line.size / last.size), leading * 0.7) || BULLET.test(line.text))
    return true
  const em = line.size
  const indent = line.left - line.edges.left
  const lastIndent = last.left - last.edges.left
  const isFinished = hasRoom(last, line) && ENDS_SENTENCE.test(last.text)
  if (BULLET.test(lines[0]?.text ?? '') && indent > 0.5 * em) return false
  if (indent > 0.8 * em && lastIndent <= 0.5 * em) return true
  if (indent <= 0.5 * em && lastIndent > 0.8 * em)
    return lines.length > 1 && lines.every((each) => each.left - each.edges.left > 0.8 * em)
  // Two lines set in alike are a quotation, or the first lines of two paragraphs; a sentence that ends tells.
  if (indent > 0.8 * em && lines.length === 1) return ENDS_SENTENCE.test(last.text)
  return isFinished
}

/** Whether the next line's first word would have had room: then the line was ended on purpose. */
function hasRoom(line: FlowLine, next: FlowLine): boolean {
  const word = (/^\S+/.exec(next.text)?.[0].length ?? 0) + 1
  const letter = (line.right - line.left) / Math.max(1, line.text.length)
  return line.edges.right - line.right > word * letter
}

/** The levels of headings by their size, the largest first; sizes that look alike are one. */
function findLevels(paragraphs: readonly Paragraph[]): number[] {
  const sizes = paragraphs
    .flatMap(({ kind, lines }) => (kind === 'heading' ? [lines[0]?.size ?? 0] : []))
    .sort((a, b) => b - a)
  return sizes.filter((size, index) => index === 0 || !isNear(size, sizes[index - 1] ?? 0))
}

class BlockWriter {
  private readonly blocks: SourceBlock[] = []
  private nextNotes = 0

  constructor(
    private readonly flow: readonly FlowPage[],
    private readonly joiner: LineJoiner,
    private readonly levels: readonly number[],
  ) {}

  write(paragraphs: readonly Paragraph[]): SourceBlock[] {
    for (const paragraph of paragraphs) {
      const [first] = paragraph.lines
      if (!first) continue
      // Notes of a page stand after the last paragraph that begins on it or before, never inside of one.
      this.writeNotes(first.page)
      this.push(this.toForm(paragraph), paragraph.lines)
    }
    this.writeNotes(this.flow.length)
    return this.blocks
  }

  private toForm({ kind, lines }: Paragraph): BlockForm {
    const [first] = lines
    if (!first) return { kind: 'paragraph' }
    if (kind === 'heading') {
      const rank = this.levels.findLastIndex((size) => first.size <= size || isNear(size, first.size)) + 1
      const levels = [1, 2, 3, 4, 5, 6] as const
      return { kind: 'heading', level: levels[Math.min(Math.max(rank, 1), 6) - 1] ?? 6 }
    }
    if (BULLET.test(first.text)) return { kind: 'list-item', depth: 1, ordinal: null }
    if (isVerse(lines) || (!this.joiner.switches.lines && lines.length > 1)) return { kind: 'verse' }
    const isSetIn = (line: FlowLine) => line.left - line.edges.left > 0.8 * line.size
    return lines.length > 1 && lines.every(isSetIn) ? { kind: 'quotation', depth: 1 } : { kind: 'paragraph' }
  }

  private writeNotes(page: number): void {
    for (; this.nextNotes < page; this.nextNotes += 1) {
      for (const note of this.flow[this.nextNotes]?.notes ?? [])
        this.push({ kind: 'footnote', label: toLabel(this.nextNotes, note.mark) }, note.lines)
    }
  }

  private push(form: BlockForm, lines: readonly FlowLine[]): void {
    const marks: SourceMark[] = []
    let text = ''
    for (const [index, line] of lines.entries()) {
      const start = text.length
      if (line.pageStart !== null)
        marks.push({ kind: 'page-start', label: line.pageStart, start, end: start + 1 })
      for (const range of line.raised) marks.push(this.toRaised(line, range, start))
      text += line.text
      const next = lines[index + 1]
      if (!next) continue
      if (form.kind === 'verse') text += '\n'
      else {
        const gap = next.page === line.page ? 'line' : 'paragraph'
        const { drop, glue, repairs } = this.joiner.joint(text, next.text, gap)
        text = text.slice(0, text.length - drop)
        for (const mark of repairs)
          marks.push({ ...mark, start: text.length + mark.start, end: text.length + mark.end })
        text += glue
      }
    }
    const bullet = form.kind === 'list-item' ? (BULLET.exec(text)?.[0].length ?? 0) : 0
    const moved = marks.map((mark) => ({
      ...mark,
      start: Math.max(0, mark.start - bullet),
      end: Math.max(1, mark.end - bullet),
    }))
    this.blocks.push({ form, text: text.slice(bullet), marks: moved, source: toPlace(lines) })
  }

  /** A raised word is the mark of a note when its page has that note; else it is only raised. */
  private toRaised(
    line: FlowLine,
    { start, end }: { start: number; end: number },
    offset: number,
  ): InlineMark {
    const range = { start: start + offset, end: end + offset }
    const mark = line.text.slice(start, end).trim()
    const note: PageNote | undefined = this.flow[line.page]?.notes.find((found) => found.mark === mark)
    return note
      ? { kind: 'note-reference', label: toLabel(line.page, mark), ...range }
      : { kind: 'superscript', ...range }
  }
}

function toLabel(page: number, mark: string): string {
  return `${page + 1}-${mark}`
}

/** Three lines or more, nearly all ended on purpose, are verse. */
/** The page that the lines begin on, and their range in it. */
function toPlace(lines: readonly FlowLine[]): SourcePlace | null {
  const [first] = lines
  const last = lines.findLast(({ page }) => page === first?.page)
  if (!first || !last) return null
  return { start: first.start, end: last.start + last.text.length, part: `page ${first.page + 1}` }
}

function isVerse(lines: readonly FlowLine[]): boolean {
  if (lines.length < 3) return false
  const ended = lines.slice(0, -1).filter((line, index) => hasRoom(line, lines[index + 1] ?? line)).length
  const capitals = lines.filter(({ text }) => /^[^\p{L}]{0,3}\p{Lu}/u.test(text)).length
  return ended >= 0.8 * (lines.length - 1) && capitals >= 0.8 * lines.length
}
