/**
 * The marks of a browser without CSS Custom Highlights, and of one that has all of them look alike (forced colours):
 * boxes drawn in a layer of their own under the words, so that here too the text's DOM stays as it is. Only what is
 * near the window is drawn.
 */

import { blocksInRange } from './block-spans.ts'
import type { HighlightPainter, PaintedRange } from './paint-highlights.ts'
import { type PageBlock, toDomRanges } from './text-ranges.ts'

/** A painter that draws into `layer`, which lies at the text's top left and scrolls with it. */
export function createDrawnPainter(blocks: readonly PageBlock[], layer: HTMLElement): HighlightPainter {
  let ranges: readonly PaintedRange[] = []
  let frame = 0
  const redraw = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => layer.replaceChildren(...draw(blocks, ranges, layer)))
  }
  addEventListener('scroll', redraw, { passive: true })
  addEventListener('resize', redraw)
  return {
    paint: (next) => {
      ranges = next
      redraw()
    },
    clear: () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', redraw)
      removeEventListener('resize', redraw)
      layer.replaceChildren()
    },
  }
}

function draw(
  blocks: readonly PageBlock[],
  ranges: readonly PaintedRange[],
  layer: HTMLElement,
): HTMLElement[] {
  const origin = layer.getBoundingClientRect()
  const isNear = ({ row }: PageBlock) => {
    const box = row.getBoundingClientRect()
    return box.bottom > -innerHeight && box.top < 2 * innerHeight
  }
  const near = new Set(blocks.filter(isNear))
  return ranges
    .filter(({ range }) => blocksInRange(blocks, range).some((block) => near.has(block)))
    .flatMap(({ name, range }) =>
      toDomRanges(blocks, range).flatMap((one) =>
        [...one.getClientRects()].map((box) => drawBox(name, box, origin)),
      ),
    )
}

function drawBox(name: string, box: DOMRect, origin: DOMRect): HTMLElement {
  const drawn = document.createElement('div')
  drawn.dataset.highlight = name
  drawn.style.left = `${box.left - origin.left}px`
  drawn.style.top = `${box.top - origin.top}px`
  drawn.style.width = `${box.width}px`
  drawn.style.height = `${box.height}px`
  return drawn
}
