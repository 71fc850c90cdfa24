'use client'

import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import type { Group } from '#domain/wire/group.ts'
import styles from './groups.module.css'

export type Reading = Group['readings'][number]

export interface ReadingRowProps {
  readonly reading: Reading
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly mayChange: boolean
  readonly onMove: (by: -1 | 1) => Promise<void>
  readonly onRemove: () => void
}

/** One text on a reading list. */
export function ReadingRow({ reading, isFirst, isLast, mayChange, onMove, onRemove }: ReadingRowProps) {
  return (
    <li className={styles.reading}>
      <a className={styles.readingTitle} href={readAddress(reading.slug)} dir="auto">
        {reading.title}
      </a>
      {mayChange && (
        <div className={styles.rowActions}>
          <MoveButton reading={reading} by={-1} isAtEnd={isFirst} onMove={onMove} />
          <MoveButton reading={reading} by={1} isAtEnd={isLast} onMove={onMove} />
          <Button
            look="plain"
            aria-label={`Take “${reading.title}” off the list`}
            title="Take off the list"
            onClick={onRemove}
          >
            <Icon name="close" />
          </Button>
        </div>
      )}
    </li>
  )
}

function MoveButton({
  reading,
  by,
  isAtEnd,
  onMove,
}: Pick<ReadingRowProps, 'reading' | 'onMove'> & { by: -1 | 1; isAtEnd: boolean }) {
  const button = useRef<HTMLButtonElement>(null)
  const way = by < 0 ? 'up' : 'down'
  const move = () => {
    if (isAtEnd) return
    // A row that changes its place may lose the focus on the way: it is given back before the next key.
    flushSync(() => void onMove(by))
    button.current?.focus()
  }
  return (
    <Button
      ref={button}
      look="plain"
      aria-label={`Move “${reading.title}” ${way}`}
      title={`Move ${way}`}
      aria-disabled={isAtEnd || undefined}
      onClick={move}
    >
      <Icon name={way} />
    </Button>
  )
}
