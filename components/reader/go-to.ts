import type { TextRange } from '#domain/text/edition-text.ts'
import { blockAt } from './block-spans.ts'
import { type PageBlock, toDomRanges } from './text-ranges.ts'

const reducesMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Brings words into view unless they are; `always` moves even then. On a narrow screen that is the part which the
 * notes leave free. False when they are not in this section.
 */
export function scrollToRange(blocks: readonly PageBlock[], range: TextRange, always = false): boolean {
  const block = blockAt(blocks, range.start)
  if (!block) return false
  // What was never on the screen has only a guessed height; the block is laid out before its words are measured.
  const box = toDomRanges(blocks, range)[0]?.getBoundingClientRect() ?? block.element.getBoundingClientRect()
  const isNarrow = innerWidth < 900
  const isInView = box.top > innerHeight * 0.12 && box.bottom < innerHeight * (isNarrow ? 0.42 : 0.88)
  if (!isInView || always)
    scrollTo({
      top: scrollY + box.top - innerHeight * (isNarrow ? 0.16 : 0.3),
      behavior: reducesMotion() || Math.abs(box.top) > 3 * innerHeight ? 'instant' : 'smooth',
    })
  return true
}
