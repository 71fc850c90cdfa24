import type { Block, EditionText, SourceBlock, SourceMark, TextRange } from './edition-text.ts'
import type { RepairMark } from './repairs.ts'
import { splitSections } from './split-sections.ts'

/** What canonical text never holds: carriage returns, NUL, byte order marks, lone surrogates. */
const UNWANTED = /[\r\0\uFEFF\p{Cs}]/u
const UNWANTED_EACH = /\r\n|[\r\0\uFEFF\p{Cs}]/gu

/**
 * Places the blocks an importer found in one canonical text, numbers them and divides them into sections.
 * Blocks without any visible character are dropped; marks are clamped to their block, never split a character
 * and are dropped when nothing is left of them. Marks of repairs leave the blocks and stand beside them.
 */
export function buildEdition(sources: readonly SourceBlock[]): EditionText {
  const blocks: Block[] = []
  const repairs: RepairMark[] = []
  const anchors = new Map<string, number>()
  let start = 0
  let number = 0
  for (const source of sources) {
    const { text, toOffset } = normaliseText(source.text)
    if (text.trim() === '') continue
    for (const name of source.anchors ?? []) if (!anchors.has(name)) anchors.set(name, blocks.length)
    const isHeading = source.form.kind === 'heading'
    if (!isHeading) number += 1
    const marks = placeMarks(source.marks, text, toOffset, start)
    for (const mark of marks) if (mark.kind === 'repair') repairs.push(mark)
    blocks.push({
      index: blocks.length,
      number: isHeading ? null : number,
      form: source.form,
      text,
      start,
      end: start + text.length,
      marks: marks.flatMap((mark) => (mark.kind === 'repair' ? [] : [mark])),
      source: source.source,
    })
    start += text.length + 1
  }
  return {
    text: blocks.map((block) => block.text).join('\n'),
    blocks,
    sections: splitSections(blocks),
    repairs,
    anchors,
  }
}

interface NormalisedText {
  readonly text: string
  /** Where an offset of the text as it came stands in the normalised text. */
  readonly toOffset: (offset: number) => number
}

function normaliseText(raw: string): NormalisedText {
  if (!UNWANTED.test(raw)) return { text: raw, toOffset: (offset) => offset }
  const removals: { readonly at: number; readonly removed: number }[] = []
  let removed = 0
  const text = raw.replace(UNWANTED_EACH, (found, at: number) => {
    const kept = replacementFor(found)
    if (kept.length < found.length) {
      removed += found.length - kept.length
      removals.push({ at: at + found.length, removed })
    }
    return kept
  })
  return { text, toOffset: (offset) => offset - removedBefore(removals, offset) }
}

function replacementFor(found: string): string {
  if (found.startsWith('\r')) return '\n'
  return found === '\0' || found === '\uFEFF' ? '' : '\uFFFD'
}

function removedBefore(removals: readonly { at: number; removed: number }[], offset: number): number {
  let low = 0
  let high = removals.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((removals[middle]?.at ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return removals[low - 1]?.removed ?? 0
}

function placeMarks(
  marks: readonly SourceMark[],
  text: string,
  toOffset: (offset: number) => number,
  blockStart: number,
): SourceMark[] {
  const placed: SourceMark[] = []
  for (const mark of marks) {
    const range = toWholeCharacters(text, {
      start: clamp(toOffset(mark.start), text.length),
      end: clamp(toOffset(mark.end), text.length),
    })
    if (range.start >= range.end) continue
    placed.push({ ...mark, start: range.start + blockStart, end: range.end + blockStart })
  }
  return placed.sort((a, b) => a.start - b.start || b.end - a.end)
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length))
}

/** Half a surrogate pair cannot be written as HTML, so a mark that cuts one takes it whole. */
function toWholeCharacters(text: string, { start, end }: TextRange): TextRange {
  if (start >= end) return { start, end }
  return {
    start: cutsPair(text, start) ? start - 1 : start,
    end: cutsPair(text, end) ? end + 1 : end,
  }
}

function cutsPair(text: string, offset: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(offset - 1, offset + 1)) && offset > 0
}
