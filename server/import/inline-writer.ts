import type { InlineMark, SourceMark } from '#domain/text/edition-text.ts'
import type { RepairMark } from '#domain/text/repairs.ts'

/** A run of text with its marks, as they stand in it. */
export interface InlineText {
  readonly text: string
  readonly marks: readonly SourceMark[]
}

/** Marks that say how words are set, and nothing more. */
export type PlainMark = Exclude<InlineMark['kind'], 'link' | 'note-reference' | 'citation' | StartMark>

/** Marks of a place where something begins. */
type StartMark = 'page-start' | 'line-start'

/** A mark before it has a range. */
export type MarkKind =
  | { readonly kind: PlainMark }
  | { readonly kind: 'link'; readonly href: string }
  | { readonly kind: 'note-reference'; readonly label: string }
  | Omit<RepairMark, 'start' | 'end'>

/**
 * Gathers the text of one block as a page shows it: white space collapses to one space and is dropped at both ends and
 * around line breaks. Marks that are open when a block ends go on in the next.
 */
export class InlineWriter {
  private parts: string[] = []
  private length = 0
  private marks: SourceMark[] = []
  private readonly open: { readonly mark: MarkKind; start: number }[] = []
  private endsInSpace = true
  private readonly starts = new Map<StartMark, string>()

  get isEmpty(): boolean {
    return this.length === 0
  }

  write(raw: string): void {
    let text = raw.replace(/[ \t\n\r\f]+/g, ' ')
    if (this.endsInSpace && text.startsWith(' ')) text = text.slice(1)
    this.append(text)
  }

  /** Says that a printed page, or a numbered line, begins with the next character, be it in a later block. */
  startHere(kind: StartMark, label: string): void {
    this.starts.set(kind, label)
  }

  /** Adds text as it is, white space included. */
  append(text: string): void {
    if (text === '') return
    if (this.starts.size > 0) this.placeStarts(text)
    this.parts.push(text)
    this.length += text.length
    this.endsInSpace = /[ \n]$/.test(text)
  }

  /** Writes words that were joined, with the marks of what was repaired in them; these do not overlap in part. */
  writeJoined({ text, marks }: InlineText): void {
    let at = 0
    for (const mark of marks) {
      if (mark.kind !== 'repair' || mark.start < at) continue
      this.write(text.slice(at, mark.start))
      for (const same of marks) if (same.kind === 'repair' && same.start === mark.start) this.openMark(same)
      this.write(text.slice(mark.start, mark.end))
      for (const same of marks) if (same.kind === 'repair' && same.start === mark.start) this.closeMark()
      at = mark.end
    }
    this.write(text.slice(at))
  }

  lineBreak(): void {
    if (this.length === 0) return
    const last = this.parts.at(-1) ?? ''
    if (last.endsWith(' ')) {
      this.parts[this.parts.length - 1] = last.slice(0, -1)
      this.length -= 1
    }
    this.append('\n')
  }

  openMark(mark: MarkKind): void {
    this.open.push({ mark, start: this.length })
  }

  /** Closes the mark that was opened last. */
  closeMark(): void {
    const closed = this.open.pop()
    if (closed) this.addMark(closed.mark, closed.start)
  }

  /** The block so far, without white space at its ends; the writer begins anew. */
  take(): InlineText {
    for (const { mark, start } of this.open) this.addMark(mark, start)
    const whole = { text: this.parts.join(''), marks: this.marks }
    this.parts = []
    this.length = 0
    this.marks = []
    this.endsInSpace = true
    for (const still of this.open) still.start = 0
    return trimInline(whole)
  }

  private placeStarts(text: string): void {
    const visible = text.search(/\S/)
    if (visible === -1) return
    const start = this.length + visible
    for (const [kind, label] of this.starts) this.marks.push({ kind, label, start, end: start + 1 })
    this.starts.clear()
  }

  private addMark(mark: MarkKind, start: number): void {
    if (start < this.length) this.marks.push({ ...mark, start, end: this.length })
  }
}

/** A part of a run, with the parts of its marks. */
export function sliceInline({ text, marks }: InlineText, start: number, end: number): InlineText {
  return {
    text: text.slice(start, end),
    marks: marks
      .map((mark) => ({
        ...mark,
        start: Math.max(mark.start, start) - start,
        end: Math.min(mark.end, end) - start,
      }))
      .filter((mark) => mark.start < mark.end),
  }
}

/** The run without white space at its ends. */
export function trimInline(inline: InlineText): InlineText {
  const start = inline.text.length - inline.text.trimStart().length
  const end = inline.text.trimEnd().length
  if (start === 0 && end === inline.text.length) return inline
  return sliceInline(inline, start, Math.max(start, end))
}

/** Puts runs one after the other with `separator` between them. */
export function joinInline(runs: readonly InlineText[], separator: string): InlineText {
  const marks: SourceMark[] = []
  let offset = 0
  for (const run of runs) {
    for (const mark of run.marks) marks.push({ ...mark, start: mark.start + offset, end: mark.end + offset })
    offset += run.text.length + separator.length
  }
  return { text: runs.map((run) => run.text).join(separator), marks }
}

/** The run with every line break and tab made a space: for cells, items and headings, which are one line. */
export function toOneLine({ text, marks }: InlineText): InlineText {
  return { text: text.replace(/[\n\t]/g, ' '), marks }
}

/** The lines of a run, each trimmed, empty ones left out. */
export function toLines(inline: InlineText): InlineText[] {
  const lines: InlineText[] = []
  let start = 0
  for (const line of inline.text.split('\n')) {
    const trimmed = trimInline(sliceInline(inline, start, start + line.length))
    if (trimmed.text !== '') lines.push(trimmed)
    start += line.length + 1
  }
  return lines
}
