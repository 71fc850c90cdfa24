import { useMemo } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { useIsWide } from '#components/reader/use-is-wide.ts'
import { UnsentNews } from '#components/unsent/unsent-news.tsx'
import { LayerNewsSlot } from './layer-news-slot.tsx'
import styles from './margin.module.css'
import { MarginSheet } from './margin-sheet.tsx'
import { MarginState } from './margin-state.tsx'
import { NoteCard } from './note-card.tsx'
import { OwnUncertain } from './own-uncertain.tsx'
import { useMarginLayout } from './use-margin-layout.ts'
import { useWriters } from './use-writers.ts'

/** The margin: beside the text where there is room, else a sheet over its lower part. */
export function Margin() {
  const isWide = useIsWide()
  return isWide ? <MarginColumn /> : <MarginSheet />
}

function MarginColumn() {
  const { data, view, getBlocks } = useReader()
  const { shown } = useThreads()
  const activeId = useStore(view, (state) => state.activeId)
  const editingId = useStore(view, (state) => state.editingId)
  // A bare highlight says nothing that its colour in the text does not: it takes room only once it is opened.
  const threads = useMemo(
    () =>
      shown.filter(
        ({ thread, ranges }) =>
          thread.id === activeId ||
          thread.kind !== 'highlight' ||
          ranges.some(({ state }) => state === 'orphaned') ||
          thread.replyCount > 0 ||
          thread.tags.length > 0,
      ),
    [shown, activeId],
  )
  const layout = useMarginLayout({ threads, getBlocks, activeId, editingId, isOn: true })
  const writers = useWriters()
  return (
    <aside className={styles.margin} aria-label="Margin" data-needs-script>
      <OwnUncertain />
      <UnsentNews accountId={data.me?.id ?? null} />
      <LayerNewsSlot />
      <MarginState />
      <div ref={layout.columnRef} className={styles.column}>
        {threads.map(
          (placed) =>
            layout.mounted.has(placed.thread.id) && (
              <div
                key={placed.thread.id}
                className={styles.place}
                data-active={placed.thread.id === activeId || undefined}
                ref={layout.cardRef(placed.thread.id)}
                data-card={placed.thread.id}
              >
                <NoteCard placed={placed} writer={writers.get(placed.thread.id) ?? null} />
              </div>
            ),
        )}
      </div>
    </aside>
  )
}
