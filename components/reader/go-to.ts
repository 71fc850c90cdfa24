import type { TextRange } from '#domain/text/edition-text.ts'
import { blockAt } from './block-spans.ts'
import { boxAt, type PageBlock } from './text-ranges.ts'

const reducesMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Brings words into view unless they are; `always` moves even then. On a narrow screen that is the part which the
 * notes leave free. False when they are not in this section.
 */
export function scrollToRange(blocks: readonly PageBlock[], range: TextRange, always = false): boolean {
  const block = blockAt(blocks, range.start)
  if (!block) return false
  const measure = () => boxAt(blocks, range) ?? block.element.getBoundingClientRect()
  const box = measure()
  const isNarrow = innerWidth < 900
  const isInView = box.top > innerHeight * 0.12 && box.bottom < innerHeight * (isNarrow ? 0.42 : 0.88)
  if (!isInView || always) void bringTo(() => measure().top, innerHeight * (isNarrow ? 0.16 : 0.3))
  return true
}

/** What a reader does to move the page themselves: it ends every other movement. */
const hands = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const
const longestMoveMs = 1_500
const mostCorrections = 30
let latest = 0

/**
 * Scrolls until what is measured stands at `top`. Paragraphs that were never on the screen have guessed heights and
 * take their own as the page moves past them, so the place is looked at again until it holds.
 */
async function bringTo(measure: () => number, top: number): Promise<void> {
  latest += 1
  const own = latest
  const end = () => {
    if (latest === own) latest += 1
  }
  for (const hand of hands) addEventListener(hand, end, { passive: true })
  if (!reducesMotion() && Math.abs(measure()) <= 3 * innerHeight) {
    scrollTo({ top: scrollY + measure() - top, behavior: 'smooth' })
    await arrival()
  }
  let steady = 0
  for (let left = mostCorrections; left > 0 && steady < 3 && latest === own; left -= 1) {
    const off = measure() - top
    steady = Math.abs(off) < 2 ? steady + 1 : 0
    if (steady === 0) scrollTo({ top: scrollY + off, behavior: 'instant' })
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  for (const hand of hands) removeEventListener(hand, end)
}

/** The end of a smooth movement; not every browser tells it, and none when there was nothing to move. */
function arrival(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, longestMoveMs)
    function done() {
      clearTimeout(timer)
      removeEventListener('scrollend', done)
      resolve()
    }
    addEventListener('scrollend', done)
  })
}
