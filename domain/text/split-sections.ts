/**
 * How a long edition is divided into sections that are sent and read one at a time.
 *
 * A section is about TARGET characters. It is cut where the highest heading stands within a window around the
 * target, the nearest one of that level; without a heading, at the block nearest to the target. A text up to
 * WHOLE characters stays whole, so that nobody turns a page for a few last paragraphs. Only a single block that
 * is longer than LONGEST makes a section longer than that.
 */
import type { Block, Section } from './edition-text.ts'

const TARGET = 50_000
const WHOLE = 60_000
const WINDOW = { from: 25_000, to: 75_000 }
const LONGEST = 80_000
/** What a cut leaves behind for the last section at the least. */
const SHORTEST_REST = 10_000
const TITLE_LENGTH = 60

/** Divides blocks (all blocks of an edition, in order) into sections that cover them without overlap. */
export function splitSections(blocks: readonly Block[]): Section[] {
  const sections: Section[] = []
  let page: string | undefined
  const last = blocks.at(-1)
  if (!last) return sections
  let first = 0
  while (first < blocks.length) {
    const start = blocks[first]?.start ?? 0
    const end = last.end - start <= WHOLE ? blocks.length : findCut(blocks, first, last.end)
    const section = toSection(blocks, sections.length + 1, first, end)
    sections.push(page === undefined ? section : { ...section, page })
    page = lastPage(blocks.slice(first, end)) ?? page
    first = end
  }
  return sections
}

function lastPage(blocks: readonly Block[]): string | undefined {
  for (const block of blocks.toReversed())
    for (const mark of block.marks.toReversed()) if (mark.kind === 'page-start') return mark.label
  return undefined
}

/** The index of the block that begins the next section. */
function findCut(blocks: readonly Block[], first: number, textEnd: number): number {
  const start = blocks[first]?.start ?? 0
  const latest = Math.min(WINDOW.to, textEnd - start - SHORTEST_REST)
  let best: { index: number; level: number; distance: number } | null = null
  let lastFitting = first + 1
  for (let index = first + 1; index < blocks.length; index += 1) {
    const block = blocks[index]
    if (!block) break
    const length = block.start - start
    if (length > LONGEST) break
    lastFitting = index
    if (length < WINDOW.from || length > latest) continue
    const level = cutLevel(blocks, index)
    const distance = Math.abs(length - TARGET)
    if (!best || level < best.level || (level === best.level && distance < best.distance))
      best = { index, level, distance }
  }
  return best?.index ?? lastFitting
}

/** How good a place to begin a section is: a heading's level, 7 for other blocks, 8 where a cut would part what belongs together. */
function cutLevel(blocks: readonly Block[], index: number): number {
  const form = blocks[index]?.form
  if (form?.kind === 'heading') return form.level
  const before = blocks[index - 1]?.form.kind
  const parts =
    before === 'heading' || form?.kind === 'footnote' || (form?.kind === 'list-item' && form.continued)
  return parts ? 8 : 7
}

function toSection(blocks: readonly Block[], number: number, firstBlock: number, endBlock: number): Section {
  const first = blocks[firstBlock]
  const last = blocks[endBlock - 1]
  return {
    number,
    firstBlock,
    endBlock,
    start: first?.start ?? 0,
    end: last?.end ?? 0,
    title: first ? toSectionTitle(first) : '',
  }
}

function toSectionTitle(block: Block): string {
  const line = block.text
    .slice(0, 4 * TITLE_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
  if (block.form.kind === 'heading' || line.length <= TITLE_LENGTH) return line
  const cut = line.slice(0, TITLE_LENGTH)
  const words = cut.replace(/\s\S*$/, '')
  return `${words.replace(/[\uD800-\uDBFF]$/, '')}…`
}
