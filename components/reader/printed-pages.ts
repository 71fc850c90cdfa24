import type { TextRange } from '#domain/text/edition-text.ts'
import { type PageBlock, toDomRanges } from './text-ranges.ts'

/**
 * The printed page that words begin on: the last mark of one before them, or `goesOn`, the page that goes on where the
 * section begins. Null where the text has no printed pages so far.
 */
export function printedPageOf(
  blocks: readonly PageBlock[],
  range: TextRange,
  goesOn: string | null,
): string | null {
  const words = toDomRanges(blocks, range)[0]
  if (!words) return null
  let page = goesOn
  for (const mark of document.querySelectorAll<HTMLElement>('[data-text] .page-start')) {
    const isBefore = words.comparePoint(mark, 0) <= 0 || mark.contains(words.startContainer)
    if (!isBefore) break
    page = mark.dataset.page ?? page
  }
  return page
}
