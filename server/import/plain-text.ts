/**
 * Reads plain text as people write it. Empty lines (spaces count as empty) part it into chunks; each chunk is judged by
 * its own shape: a heading, a list, a quotation set in or marked by `>`, verse, columns, lines that are whole paragraphs,
 * or wrapped prose, whose lines become one. Then paragraphs that a page break parted are put together again.
 */
import type { BlockForm, SourceBlock, SourceDocument, TextRange } from '#domain/text/edition-text.ts'
import { toRepairSwitches } from '#domain/text/repairs.ts'
import { decodeText, refuseEndlessLines } from './decode-text.ts'
import type { Importer } from './importer.ts'
import { LineJoiner } from './join-lines.ts'
import { unifyLineEnds } from './line-ends.ts'
import { readEmphasis } from './text-emphasis.ts'
import { findHeading, type TextHeading } from './text-headings.ts'
import { findItems, splitAtNumberedLines } from './text-items.ts'
import { type Chunk, type Line, partsSentence, toChunks } from './text-lines.ts'
import {
  commonIndent,
  hasColumns,
  hasGaps,
  hasUnwrappedLines,
  isContents,
  isVerse,
  leastIndent,
  splitAtIndents,
} from './text-shape.ts'
import { describeText } from './text-title.ts'

/** A block on its way: a heading's level is known only once all headings are. */
export interface DraftBlock {
  readonly form:
    | Exclude<BlockForm, { kind: 'heading' }>
    | { readonly kind: 'heading'; readonly rank: number; readonly by: TextHeading['kind'] }
  readonly lines: readonly string[]
  /** Indexes of lines that began a paragraph of their own before they were put to the one above. */
  readonly rejoined: readonly number[]
  readonly source: TextRange
  readonly isAfterPageBreak: boolean
}

/** A name for a line that repeats this often is who speaks in a play, not a heading. */
const MANY = 4

export const plainTextImporter: Importer = {
  format: 'txt',
  read(bytes, { switches = toRepairSwitches() }): SourceDocument {
    const { text, toOriginal } = unifyLineEnds(decodeText(bytes))
    refuseEndlessLines(text)
    const joiner = new LineJoiner(text, { switches })
    const { title, authors, language, drafts } = describeText(demoteRows(readChunks(toChunks(text), 0)))
    const whole = switches.paragraphs ? mendPageBreaks(drafts) : drafts
    const blocks = toOriginal(toSourceBlocks(whole, joiner))
    return { title, authors, language, blocks, linesJoined: joiner.linesJoined }
  },
}

function readChunks(whole: readonly Chunk[], quotations: number): DraftBlock[] {
  const chunks = whole.flatMap(splitAtNumberedLines)
  const base = commonIndent(chunks.flatMap(({ lines }) => lines))
  const repeated = countLines(chunks)
  const drafts: DraftBlock[] = []
  for (const [index, chunk] of chunks.entries()) {
    const heading = findHeading(chunk, chunks[index - 1], chunks[index + 1], repeated)
    if (heading) {
      const lines = chunk.lines.slice(0, heading.lines)
      drafts.push(
        toDraft({ kind: 'heading', rank: heading.rank, by: heading.kind }, lines, chunk, [heading.text]),
      )
    }
    const lines = chunk.lines.slice(heading?.lines ?? 0)
    if (lines.length > 0) addAll(drafts, readBody({ ...chunk, lines }, base, quotations))
  }
  return drafts
}

function readBody(chunk: Chunk, base: number, quotations: number): DraftBlock[] {
  const { lines } = chunk
  if (lines.some(({ text }) => text.startsWith('>'))) return readMarkedQuotations(chunk, quotations)
  if (hasUnwrappedLines(lines)) return lines.map((line) => toDraft(toProse(quotations), [line], chunk))
  if (hasColumns(lines)) return [toDraft({ kind: 'code', language: null }, lines, chunk, keepIndents(lines))]
  if (isContents(lines) || hasGaps(lines))
    return [toDraft({ kind: 'verse', depth: quotations }, lines, chunk, keepIndents(lines))]
  const items = findItems(lines)
  if (items && (items.length > 1 || isSingleItem(items[0]?.ordinal, lines)))
    return items.map(({ ordinal, lines: own }) =>
      toDraft({ kind: 'list-item', depth: 1, ordinal }, own, chunk),
    )
  const isSetIn =
    lines.every(({ indent }) => indent >= base + 2) && (lines.length > 1 || (lines[0]?.text.length ?? 0) > 40)
  const depth = quotations + (isSetIn ? 1 : 0)
  if (isVerse(lines)) return [toDraft({ kind: 'verse', depth }, lines, chunk, keepIndents(lines))]
  return splitAtIndents(lines).map((paragraph) => toDraft(toProse(depth), paragraph, chunk))
}

/** A spread would put hundreds of thousands of blocks on the stack. */
function addAll(drafts: DraftBlock[], more: readonly DraftBlock[]): void {
  for (const draft of more) drafts.push(draft)
}

function toProse(depth: number): DraftBlock['form'] {
  return depth > 0 ? { kind: 'quotation', depth } : { kind: 'paragraph' }
}

/** One bullet or a `1.` alone is a list when it is short; a long numbered paragraph keeps its number in the text. */
function isSingleItem(ordinal: number | null | undefined, lines: readonly Line[]): boolean {
  return ordinal !== undefined && lines.reduce((sum, line) => sum + line.text.length, 0) <= 240
}

/** Lines marked by `>` are read as a text of their own, one quotation deeper. */
function readMarkedQuotations(chunk: Chunk, quotations: number): DraftBlock[] {
  const isMarked = (line: Line) => line.text.startsWith('>')
  const drafts: DraftBlock[] = []
  let run: Line[] = []
  const endRun = () => {
    const first = run[0]
    if (!first) return
    if (isMarked(first)) addAll(drafts, readChunks(unmark(run), quotations + 1))
    else addAll(drafts, readBody({ ...chunk, lines: run }, commonIndent(run), quotations))
    run = []
  }
  for (const line of chunk.lines) {
    if (run[0] && isMarked(run[0]) !== isMarked(line)) endRun()
    run.push(line)
  }
  endRun()
  return drafts
}

function unmark(lines: readonly Line[]): Chunk[] {
  const chunks: { lines: Line[]; gap: number; isAfterPageBreak: boolean }[] = [
    { lines: [], gap: 0, isAfterPageBreak: false },
  ]
  for (const line of lines) {
    const inner = line.text.slice(1)
    const text = inner.trim()
    if (text === '') chunks.push({ lines: [], gap: 1, isAfterPageBreak: false })
    else chunks.at(-1)?.lines.push({ ...line, text, indent: Math.max(0, inner.search(/\S/) - 1) })
  }
  return chunks.filter((chunk) => chunk.lines.length > 0)
}

function keepIndents(lines: readonly Line[]): string[] {
  const base = leastIndent(lines)
  return lines.map(({ text, indent }) => ' '.repeat(Math.min(indent - base, 60)) + text)
}

function toDraft(
  form: DraftBlock['form'],
  lines: readonly Line[],
  chunk: Chunk,
  texts: readonly string[] = lines.map(({ text }) => text),
): DraftBlock {
  const source = { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 }
  return {
    form,
    lines: texts,
    rejoined: [],
    source,
    isAfterPageBreak: chunk.isAfterPageBreak && lines[0] === chunk.lines[0],
  }
}

function countLines(chunks: readonly Chunk[]): (line: string) => boolean {
  const counts = new Map<string, number>()
  for (const { lines } of chunks)
    for (const { text } of lines) if (text.length < 100) counts.set(text, (counts.get(text) ?? 0) + 1)
  return (line) => (counts.get(line) ?? 0) >= MANY
}

/**
 * Headings in a long row, with nothing between them, are a table of contents: they become items, so that the
 * contents of the edition are not said twice. Rows in capitals are a title page: only the first is a heading.
 */
function demoteRows(drafts: readonly DraftBlock[]): DraftBlock[] {
  const result: DraftBlock[] = []
  for (let index = 0; index < drafts.length; ) {
    let end = index
    const ranks = new Map<number, number>()
    for (let draft = drafts[end]; draft?.form.kind === 'heading'; draft = drafts[end]) {
      ranks.set(draft.form.rank, (ranks.get(draft.form.rank) ?? 0) + 1)
      end += 1
    }
    const row = drafts.slice(index, Math.max(end, index + 1))
    // The last heading of a row may head what follows it, and often repeats the first entry.
    const last = end < drafts.length ? row.length - 1 : row.length
    for (const [place, draft] of row.entries()) {
      const many = draft.form.kind === 'heading' && (ranks.get(draft.form.rank) ?? 0) >= 3
      result.push(many && place < last && !isContentsTitle(draft) ? demote(draft, place) : draft)
    }
    index = Math.max(end, index + 1)
  }
  return result
}

function isContentsTitle(draft: DraftBlock): boolean {
  return /^(?:table of )?contents$|^inhalt/i.test(draft.lines[0] ?? '')
}

function demote(draft: DraftBlock, place: number): DraftBlock {
  if (draft.form.kind !== 'heading') return draft
  if (draft.form.by === 'underlined') return draft
  if (draft.form.by !== 'capitals') return { ...draft, form: { kind: 'list-item', depth: 1, ordinal: null } }
  return place === 0 ? draft : { ...draft, form: { kind: 'paragraph' } }
}

/**
 * Puts paragraphs together again that a page break parted in the middle of a sentence. After a form feed or a page
 * number, a sentence without an end that goes on in lower case is enough; after a mere empty line, the first part must
 * also be long, and must not end in a comma, as a salutation does.
 */
function mendPageBreaks(drafts: readonly DraftBlock[]): DraftBlock[] {
  const result: DraftBlock[] = []
  for (const draft of drafts) {
    const before = result.at(-1)
    if (!before || !belongsTo(before, draft)) result.push(draft)
    else {
      result[result.length - 1] = {
        ...before,
        lines: [...before.lines, ...draft.lines],
        rejoined: [...before.rejoined, before.lines.length],
        source: { start: before.source.start, end: draft.source.end },
      }
    }
  }
  return result
}

function belongsTo(before: DraftBlock, draft: DraftBlock): boolean {
  const kind = before.form.kind
  if (kind !== draft.form.kind || (kind !== 'paragraph' && kind !== 'quotation')) return false
  const last = before.lines.at(-1) ?? ''
  if (!partsSentence(last, draft.lines[0])) return false
  if (draft.isAfterPageBreak) return true
  return lengthOf(before.lines) >= 40 && !/[,\d]$/.test(last)
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, -1)
}

function toSourceBlocks(drafts: readonly DraftBlock[], joiner: LineJoiner): SourceBlock[] {
  const ranks = drafts.flatMap(({ form }) => (form.kind === 'heading' ? [form.rank] : []))
  const levels = [...new Set(ranks)].sort((a, b) => a - b)
  return drafts.map(({ form, lines, rejoined, source }): SourceBlock => {
    const kept = { text: lines.join('\n'), marks: [] }
    if (form.kind === 'code') return { form, ...kept, source }
    if (form.kind === 'verse') return { form, ...readEmphasis(kept), source }
    if (keepsLines(form, lines, joiner)) return { form: toVerse(form), ...readEmphasis(kept), source }
    const inline = readEmphasis(joiner.join(lines.map(toSpaced), new Set(rejoined)))
    if (form.kind !== 'heading') return { form, ...inline, source }
    return { form: { kind: 'heading', level: toLevel(levels.indexOf(form.rank)) }, ...inline, source }
  })
}

const toSpaced = (line: string) => line.replace(/[\t ]+/g, ' ')

/** With the joining of lines switched off, prose keeps the lines of its source, as verse does. */
function keepsLines(form: DraftBlock['form'], lines: readonly string[], { switches }: LineJoiner): boolean {
  const isProse = form.kind === 'paragraph' || form.kind === 'quotation'
  return isProse && !switches.lines && lines.length > 1
}

function toVerse(form: DraftBlock['form']): BlockForm {
  return { kind: 'verse', depth: form.kind === 'quotation' ? form.depth : 0 }
}

function toLevel(place: number): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([1, 2, 3, 4, 5, 6] as const)[place] ?? 6
}
