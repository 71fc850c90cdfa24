import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { CloseButton } from '#components/ui/close-button.tsx'
import { UnsentNews } from '#components/unsent/unsent-news.tsx'
import { LayerNewsSlot } from './layer-news-slot.tsx'
import styles from './margin.module.css'
import { MarginState } from './margin-state.tsx'
import { NoteCard } from './note-card.tsx'
import { OwnUncertain } from './own-uncertain.tsx'
import { useWriters } from './use-writers.ts'

/** How many cards stand in the sheet before and after the open one; the rest on demand. */
const around = 12

/** The margin of a narrow screen: a sheet over the lower part of the text, which stays readable and scrolls above. */
export function MarginSheet() {
  const { data, view, actions } = useReader()
  const { shown } = useThreads()
  const isOpen = useStore(view, (state) => state.isSheetOpen)
  const activeId = useStore(view, (state) => state.activeId)
  const writers = useWriters()
  const [more, setMore] = useState(0)
  const activeAt = Math.max(
    0,
    shown.findIndex(({ thread }) => thread.id === activeId),
  )
  const from = Math.max(0, activeAt - around - more)
  const to = Math.min(shown.length, activeAt + around + more + 1)
  const cards = useMemo(() => shown.slice(from, to), [shown, from, to])
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!isOpen || activeId === null) return
    list.current?.querySelector(`[data-card="${CSS.escape(activeId)}"]`)?.scrollIntoView({ block: 'start' })
  }, [isOpen, activeId])

  if (!isOpen)
    return (
      <button type="button" className={styles.openSheet} onClick={() => view.set({ isSheetOpen: true })}>
        Notes <span className={styles.count}>{shown.length}</span>
      </button>
    )
  return (
    <aside className={styles.sheet} aria-label="Margin">
      <div className={styles.sheetHead}>
        <h2>Notes</h2>
        <CloseButton label="Close the notes" onClick={() => actions.close(shown[activeAt])} />
      </div>
      <div ref={list} className={styles.sheetList}>
        <OwnUncertain />
        <UnsentNews accountId={data.me?.id ?? null} />
        <LayerNewsSlot />
        <MarginState />
        {from > 0 && (
          <Button look="plain" onClick={() => setMore(more + 24)}>
            Earlier notes
          </Button>
        )}
        {cards.map((placed) => (
          <NoteCard key={placed.thread.id} placed={placed} writer={writers.get(placed.thread.id) ?? null} />
        ))}
        {to < shown.length && (
          <Button look="plain" onClick={() => setMore(more + 24)}>
            Later notes
          </Button>
        )}
      </div>
    </aside>
  )
}
