import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { NotesList } from '#components/margin/notes-list.tsx'
import styles from './reader.module.css'
import { useReader, useThreads } from './reader-context.ts'

/** The notes as they stand below the text on paper; in the page only while it is printed. */
export function PrintedNotes() {
  const { getBlocks } = useReader()
  const { shown } = useThreads()
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  if (!isPrinting || shown.length === 0) return null
  return (
    <div className={styles.printed}>
      <NotesList threads={shown} isWhole blocks={getBlocks()} />
    </div>
  )
}
