'use client'

import { useEffect, useRef, useState } from 'react'
import { TextArea } from '#components/ui/text-field.tsx'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { Document } from '#domain/wire/document.ts'
import { fetchText } from './dispute-api.ts'
import styles from './passage-finder.module.css'

export interface ExactWordsProps {
  readonly document: Document
  /** The words that are selected at first. */
  readonly range: TextRange
  readonly onRange: (range: TextRange) => void
}

/** Code units shown before and after the words, and on to the end of the paragraph. */
const aroundLength = 600

/**
 * A piece of a text in which exactly the words that are meant are selected: in a field that cannot be changed, since
 * there every hand and every keyboard knows how to select.
 */
export function ExactWords({ document, range, onRange }: ExactWordsProps) {
  const [shown, setShown] = useState<{ readonly start: number; readonly text: string } | null>(null)
  const [selected, setSelected] = useState(range)
  const field = useRef<HTMLTextAreaElement>(null)
  const { id, edition } = document
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document or range is another part, by its key
  useEffect(() => {
    let isCurrent = true
    fetchText(id, edition.number).then(
      (text) => isCurrent && setShown(around(text, range)),
      () => isCurrent && setShown(null),
    )
    onRange(range)
    return () => {
      isCurrent = false
    }
  }, [])
  useEffect(() => {
    const area = field.current
    if (!shown || !area) return
    area.setSelectionRange(range.start - shown.start, range.end - shown.start)
    // A field that has not the focus does not scroll to what is selected in it.
    area.scrollTop =
      ((range.start - shown.start) / shown.text.length) * area.scrollHeight - area.clientHeight / 3
  }, [shown, range])
  if (!shown) return null
  const take = ({ selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const next = { start: shown.start + selectionStart, end: shown.start + selectionEnd }
    if (next.start === next.end || (next.start === selected.start && next.end === selected.end)) return
    setSelected(next)
    onRange(next)
  }
  return (
    <>
      <TextArea
        ref={field}
        label={`In ${document.title}`}
        hint="Select exactly the words that are meant: with the mouse, or with Shift and the arrow keys."
        rows={6}
        readOnly
        value={shown.text}
        onSelect={(event) => take(event.currentTarget)}
      />
      <p className={styles.chosen} role="status">
        <span className={styles.quiet}>Chosen:</span>{' '}
        <q dir="auto">{shown.text.slice(selected.start - shown.start, selected.end - shown.start)}</q>
      </p>
    </>
  )
}

function around(text: string, { start, end }: TextRange): { start: number; text: string } {
  const from = text.lastIndexOf('\n', Math.max(0, start - aroundLength)) + 1
  const to = text.indexOf('\n', end + aroundLength)
  return { start: from, text: text.slice(from, to < 0 ? undefined : to) }
}
