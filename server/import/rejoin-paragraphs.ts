/**
 * Paragraphs that the pages of a source parted, put together again, in any format: where a hyphen parted a word, and
 * where a printed page begins in the middle of a sentence. Footnotes that stand between the parts come after the whole.
 */
import type { SourceBlock, SourcePlace } from '#domain/text/edition-text.ts'
import type { RepairSwitches } from '#domain/text/repairs.ts'
import { joinInline, sliceInline } from './inline-writer.ts'
import { LineJoiner } from './join-lines.ts'
import { partsSentence } from './text-lines.ts'

/** The blocks with what the switches allow rejoined: `words` across paragraphs, `paragraphs` across pages. */
export function rejoinParagraphs(blocks: readonly SourceBlock[], switches: RepairSwitches): SourceBlock[] {
  if (!switches.words && !switches.paragraphs) return [...blocks]
  const joiner = new LineJoiner(blocks.map(({ text }) => text).join('\n'), { switches })
  const result: SourceBlock[] = []
  /** Where the last block that is no footnote stands in the result. */
  let place = -1
  for (const block of blocks) {
    const before = result[place]
    if (before && goesOn(before, block, joiner)) {
      result[place] = rejoin(before, block, joiner)
      continue
    }
    result.push(block)
    if (block.form.kind !== 'footnote') place = result.length - 1
  }
  return result
}

function goesOn(before: SourceBlock, block: SourceBlock, joiner: LineJoiner): boolean {
  const { kind } = block.form
  if (before.form.kind !== kind || (kind !== 'paragraph' && kind !== 'quotation')) return false
  if (!/^["'“‘(]?\p{Ll}/u.test(block.text)) return false
  const { words, paragraphs } = joiner.switches
  if (words && joiner.areOneWord(before.text, block.text)) return true
  const beginsPage = block.marks.some((mark) => mark.kind === 'page-start' && mark.start === 0)
  return paragraphs && beginsPage && partsSentence(before.text, block.text)
}

function rejoin(before: SourceBlock, block: SourceBlock, joiner: LineJoiner): SourceBlock {
  const { drop, glue, repairs } = joiner.joint(before.text, block.text, 'paragraph')
  const length = before.text.length - drop
  const { text, marks } = joinInline([sliceInline(before, 0, length), block], glue)
  const own = repairs.map((mark) => ({ ...mark, start: mark.start + length, end: mark.end + length }))
  const anchors = [...(before.anchors ?? []), ...(block.anchors ?? [])]
  const source = toWhole(before.source, block.source)
  return { ...before, text, marks: [...marks, ...own], source, ...(anchors.length > 0 ? { anchors } : {}) }
}

/** From the beginning of the first to the end of the last, where both are in one part of the source. */
function toWhole(first: SourcePlace | null, last: SourcePlace | null): SourcePlace | null {
  if (!first || !last || first.part !== last.part) return first
  return { ...first, end: Math.max(first.end, last.end) }
}
