'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { blockAt } from '#components/reader/block-spans.ts'
import { extendSelection, selectFirstWord } from '#components/reader/keyboard-selection.ts'
import { canPaintHighlights, createHighlightPainter } from '#components/reader/paint-highlights.ts'
import type { SelectedWords } from '#components/reader/reader-view.ts'
import { indexBlocks, type PageBlock } from '#components/reader/text-ranges.ts'
import { watchSelection } from '#components/reader/watch-selection.ts'
import { Button } from '#components/ui/button.tsx'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { AnchorRow } from '#domain/wire/edition.ts'
import styles from './place-chooser.module.css'

export interface PlaceChooserProps {
  readonly row: AnchorRow
  readonly onPlace: (range: TextRange) => void
  readonly onCancel: () => void
  /** One section of the edition's text, as the server set it. */
  readonly children: ReactNode
}

/** The text of the edition at the likely place of a passage, in which its words are selected. */
export function PlaceChooser({ row, onPlace, onCancel, children }: PlaceChooserProps) {
  const text = useRef<HTMLDivElement>(null)
  const blocks = useRef<readonly PageBlock[]>([])
  const [selected, setSelected] = useState<SelectedWords | null>(null)
  const { start, end } = row.now

  useEffect(() => {
    const box = text.current
    if (!box) return
    blocks.current = indexBlocks(box)
    const likely = blockAt(blocks.current, start) ?? blocks.current[0]
    likely?.element.scrollIntoView({ block: 'center', behavior: 'instant' })
    box.focus({ preventScroll: true })
    const painter = canPaintHighlights() ? createHighlightPainter(blocks.current) : null
    if (start < end) painter?.paint([{ id: 'likely', name: 'postil-target', range: { start, end } }])
    const stop = watchSelection({
      getText: () => text.current,
      getBlocks: () => blocks.current,
      onSelect: setSelected,
    })
    return () => {
      stop()
      painter?.clear()
    }
  }, [start, end])

  const put = () => {
    if (!selected) return
    getSelection()?.removeAllRanges()
    onPlace(selected.range)
  }
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('button, a')) return
    const isDone = pressInText(event)
    if (isDone) event.preventDefault()
    // The keys of the queue rest while words are selected.
    event.stopPropagation()
  }
  const pressInText = (event: KeyboardEvent): boolean => {
    if (extendSelection(event.nativeEvent)) return true
    if (event.key === 'v') return selectFirstWord(blocks.current, start)
    if (event.key === 'Enter' && selected) put()
    else if (event.key === 'Escape') onCancel()
    else return false
    return true
  }
  return (
    <section className={styles.chooser} aria-label="Put the note elsewhere" onKeyDown={press}>
      <p className={styles.help}>
        Select the words that the note is about now, then put it there. By keys: <kbd>v</kbd> selects a word,{' '}
        <kbd>Shift</kbd> with the arrows selects more, <kbd>Enter</kbd> puts it there, <kbd>Escape</kbd>{' '}
        leaves it.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys */}
      <section ref={text} className={styles.text} tabIndex={0} aria-label="The text of this edition">
        {children}
      </section>
      <div className={styles.bar}>
        <p role="status" dir="auto" className={styles.selected}>
          {selected ? `“${shorten(selected.words)}”` : 'Nothing is selected yet.'}
        </p>
        <Button look="primary" disabled={!selected} onClick={put}>
          Put it here
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </section>
  )
}

const shorten = (words: string) => (words.length > 120 ? `${words.slice(0, 120)}…` : words)
