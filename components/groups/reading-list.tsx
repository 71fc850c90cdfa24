'use client'

import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { Icon } from '#components/ui/icon.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import type { GroupPart } from './group-part.ts'
import styles from './groups.module.css'
import { PickReadings } from './pick-readings.tsx'
import { type Reading, ReadingRow } from './reading-row.tsx'
import { useReadings } from './use-readings.ts'

/** What the group reads, in order. */
export function ReadingList({ mayAddTexts, ...part }: GroupPart & { readonly mayAddTexts: boolean }) {
  const [isPicking, setPicking] = useState(false)
  const readings = useReadings(part)
  const mayChange = part.rights.mayChangeReadings
  const adder = useRef<HTMLButtonElement>(null)
  const remove = (reading: Reading) => {
    void readings.remove(reading)
    // The button that was pressed goes with its row.
    adder.current?.focus()
  }
  return (
    <>
      {readings.list.length === 0 && (
        <Notice face="empty" title="Nothing on it yet" heading="h3">
          {mayChange
            ? 'Members can read what stands on this list, and write in its margin.'
            : 'An instructor puts texts on it.'}
        </Notice>
      )}
      <ol className={styles.readings}>
        {readings.list.map((reading, index) => (
          <ReadingRow
            key={reading.documentId}
            reading={reading}
            isFirst={index === 0}
            isLast={index === readings.list.length - 1}
            mayChange={mayChange}
            onMove={(by) => readings.move(reading, by)}
            onRemove={() => remove(reading)}
          />
        ))}
      </ol>
      <VisuallyHidden>
        <span role="status">{readings.news}</span>
      </VisuallyHidden>
      {mayChange && (
        <div className={form.buttons}>
          <Button ref={adder} onClick={() => setPicking(true)}>
            <Icon name="add" /> Put a text on the list
          </Button>
          <PickReadings
            open={isPicking}
            onOpenChange={setPicking}
            list={readings.list}
            onPick={readings.add}
            mayAddTexts={mayAddTexts}
          />
        </div>
      )}
    </>
  )
}
