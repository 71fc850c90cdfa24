import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useStore } from '#components/client/value-store.ts'
import { countInWords } from '#components/margin/kind-words.ts'
import { blockAt } from './block-spans.ts'
import { lostWords, type OrphanGap, toOrphanGaps } from './orphan-gaps.ts'
import styles from './orphan-marks.module.css'
import { useReader, useThreads } from './reader-context.ts'
import { boxAt, type PageBlock } from './text-ranges.ts'

/** Marks between the lines where words were that a note is about, each with the way to its notes. */
export function OrphanMarks() {
  const { data, getBlocks } = useReader()
  const { shown } = useThreads()
  const gaps = useMemo(() => toOrphanGaps(shown), [shown])
  return gaps.map((gap) => {
    const block = blockAt(getBlocks(), gap.at)
    if (!block?.gutter) return null
    return createPortal(
      <OrphanMark gap={gap} block={block} documentId={data.document.id} />,
      block.gutter,
      `orphans ${gap.at}`,
    )
  })
}

interface OrphanMarkProps {
  readonly gap: OrphanGap
  readonly block: PageBlock
  readonly documentId: string
}

function OrphanMark({ gap, block, documentId }: OrphanMarkProps) {
  const { data, view, actions } = useReader()
  const activeAt = useStore(view, ({ activeId }) =>
    gap.threads.findIndex(({ thread }) => thread.id === activeId),
  )
  const place = useGapPlace(gap.at, block)
  const [first] = gap.threads
  const color = data.rooms.find(({ name }) => name === first?.rooms[0])?.color ?? 1
  const words = lostWords(gap.threads, documentId)
  const openNext = (focuses: boolean) => {
    const next: PlacedThread | undefined = gap.threads[(activeAt + 1) % gap.threads.length]
    if (next) actions.open(next, { focuses })
  }
  const voice: CSSProperties & Record<'--voice', string> = { '--voice': `var(--layer-${color})` }
  return (
    <span style={voice}>
      {place && (
        <i className={styles.caret} style={{ left: place.left, top: place.bottom }} aria-hidden="true" />
      )}
      <button
        type="button"
        className={styles.mark}
        style={{ top: place?.top ?? share(gap.at, block) }}
        aria-label={`${countInWords(gap.threads)} whose words are gone: ${words}`}
        aria-expanded={activeAt >= 0}
        data-beside={place?.isBeside || undefined}
        title={`The words are no longer in the text: ${words}`}
        // A click by key has no pointer detail: who comes by key wants to go into the card.
        onClick={(event) => openNext(event.detail === 0)}
      >
        <span aria-hidden="true">‸{gap.threads.length > 1 && gap.threads.length}</span>
      </button>
    </span>
  )
}

/** Before anything is measured: how far down its paragraph the gap is, as a share of its words. */
function share(at: number, block: PageBlock): string {
  return `${(100 * (at - block.start)) / Math.max(1, block.end - block.start)}%`
}

const markHeightPx = 24

interface GapPlace {
  readonly left: number
  readonly top: number
  readonly bottom: number
  /** Another mark stands there, and there is no room below it. */
  readonly isBeside: boolean
}

const isSamePlace = (one: GapPlace, other: GapPlace) =>
  one.left === other.left &&
  one.top === other.top &&
  one.bottom === other.bottom &&
  one.isBeside === other.isBeside

/** Where a gap stands in its row, in pixels from the gutter's top left; null until the row is laid out. */
export function useGapPlace(at: number, block: PageBlock) {
  const [place, setPlace] = useState<GapPlace | null>(null)
  useEffect(() => {
    const { row, gutter } = block
    const measure = () => {
      // To ask after what is not laid out would have it laid out: of a long text, all of it.
      if (!row.checkVisibility({ contentVisibilityAuto: true })) return
      const box = boxAt([block], { start: at, end: at })
      const origin = gutter?.getBoundingClientRect()
      if (!box || !origin || box.height === 0) return
      // Beside the first line stands the mark of the paragraph's other notes: below it where there is room.
      const other = gutter?.querySelector('[data-notes-mark]')?.getBoundingClientRect().height ?? 0
      const isCrowded = box.top - origin.top < other
      const isBeside = isCrowded && row.getBoundingClientRect().bottom - origin.top < other + markHeightPx
      const found = {
        left: (at >= block.end ? box.right : box.left) - origin.left,
        top: isCrowded && !isBeside ? other : box.top - origin.top,
        bottom: box.bottom - origin.top,
        isBeside,
      }
      setPlace((known) => (known && isSamePlace(known, found) ? known : found))
    }
    // It tells the first size, too, and once the page is laid out anyway.
    const sizes = new ResizeObserver(measure)
    sizes.observe(row)
    row.addEventListener('contentvisibilityautostatechange', measure)
    return () => {
      sizes.disconnect()
      row.removeEventListener('contentvisibilityautostatechange', measure)
    }
  }, [at, block])
  return place
}
