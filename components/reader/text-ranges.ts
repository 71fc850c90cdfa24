/**
 * From offsets in the canonical text to ranges in the page, and back.
 *
 * Each rendered block carries `data-start` and `data-end`, and its text is that slice, so an offset is a block and a
 * number of code units in its text nodes. What stands between blocks (paragraph numbers, marks) is no text: a
 * boundary there counts as the nearest end of a block inside the selection.
 */
import type { TextRange } from '#domain/text/edition-text.ts'
import { blockAt, blocksInRange, firstCharacter, trimRange } from './block-spans.ts'

/** A block as it stands in the page. */
export interface PageBlock extends TextRange {
  readonly index: number
  /** The number a reader cites, null for headings. */
  readonly number: number | null
  readonly element: HTMLElement
  readonly row: HTMLElement
  readonly gutter: HTMLElement | null
}

/** Finds the blocks of a rendered text, in order. */
export function indexBlocks(root: HTMLElement): PageBlock[] {
  const blocks: PageBlock[] = []
  for (const row of root.querySelectorAll<HTMLElement>('[data-row]')) {
    const element = row.querySelector<HTMLElement>('[data-block]')
    if (!element) continue
    const { start, end, block } = element.dataset
    blocks.push({
      start: Number(start),
      end: Number(end),
      index: Number(block),
      number: /^p\d+$/.test(element.id) ? Number(element.id.slice(1)) : null,
      element,
      row,
      gutter: row.querySelector<HTMLElement>('[data-gutter]'),
    })
  }
  return blocks
}

/** The words of a range as they stand in the canonical text. */
export function wordsOf(blocks: readonly PageBlock[], range: TextRange): string {
  return blocksInRange(blocks, range)
    .map(({ element, start, end }) =>
      (element.textContent ?? '').slice(
        Math.max(range.start, start) - start,
        Math.min(range.end, end) - start,
      ),
    )
    .join('\n')
}

/** The words that a selection covers, without white space at its ends; null when it covers none. */
export function toTextRange(blocks: readonly PageBlock[], selected: Range): TextRange | null {
  const first = blocks.find(({ element }) => selected.comparePoint(element, element.childNodes.length) >= 0)
  const last = blocks.findLast(({ element }) => selected.comparePoint(element, 0) <= 0)
  if (!first || !last || first.start > last.start) return null
  const start = first.element.contains(selected.startContainer)
    ? first.start + lengthBefore(first.element, selected.startContainer, selected.startOffset)
    : first.start
  const end = last.element.contains(selected.endContainer)
    ? last.start + lengthBefore(last.element, selected.endContainer, selected.endOffset)
    : last.end
  const range = { start, end }
  return start < end ? trimRange(range, wordsOf(blocks, range)) : null
}

/** The offset of one place in the page; null when it lies in no block. */
export function toOffset(blocks: readonly PageBlock[], node: Node, offset: number): number | null {
  const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-block]')
  const block = element && blocks.find((other) => other.element === element)
  return block ? block.start + lengthBefore(block.element, node, offset) : null
}

/** The places of a range in the page: one for each block it touches, so that nothing between blocks is covered. */
export function toStaticRanges(blocks: readonly PageBlock[], range: TextRange): StaticRange[] {
  return blocksInRange(blocks, range).map(({ element, start, end }) => {
    const from = locate(element, Math.max(range.start, start) - start, 'after')
    const to = locate(element, Math.min(range.end, end) - start, 'before')
    return new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    })
  })
}

/** As `toStaticRanges`, to be measured or selected. */
export function toDomRanges(blocks: readonly PageBlock[], range: TextRange): Range[] {
  return toStaticRanges(blocks, range).map((still) => {
    const live = document.createRange()
    live.setStart(still.startContainer, still.startOffset)
    live.setEnd(still.endContainer, still.endOffset)
    return live
  })
}

/** Where a range begins on the screen: the box of its first character, or of what stands beside an empty range. */
export function boxAt(blocks: readonly PageBlock[], range: TextRange): DOMRect | null {
  const block = blockAt(blocks, range.start)
  const character = block && firstCharacter(block, range)
  return (character && toDomRanges(blocks, character)[0]?.getBoundingClientRect()) ?? null
}

function lengthBefore(element: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange()
  before.setStart(element, 0)
  before.setEnd(node, offset)
  return before.toString().length
}

/** The text nodes of a block with the lengths before them. The text never changes, so they are found once. */
const textNodes = new WeakMap<HTMLElement, { readonly node: Text; readonly start: number }[]>()

function nodesOf(element: HTMLElement) {
  const known = textNodes.get(element)
  if (known) return known
  const nodes: { node: Text; start: number }[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let start = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    nodes.push({ node, start })
    start += node.data.length
  }
  textNodes.set(element, nodes)
  return nodes
}

/** Where two text nodes meet, `side` says which of them a boundary belongs to: a range begins after it, and ends before. */
function locate(
  element: HTMLElement,
  length: number,
  side: 'before' | 'after',
): { node: Node; offset: number } {
  const nodes = nodesOf(element)
  const found =
    nodes.findLast(({ start }) => (side === 'after' ? start <= length : start < length)) ?? nodes[0]
  if (!found) return { node: element, offset: 0 }
  return { node: found.node, offset: Math.min(length - found.start, found.node.data.length) }
}
