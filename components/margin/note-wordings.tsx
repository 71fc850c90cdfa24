import { useEffect, useState } from 'react'
import type { NoteVersion } from '#components/client/thread-api.ts'
import { Button } from '#components/ui/button.tsx'
import styles from './note-card.module.css'
import { TimeAgo } from './time-ago.tsx'

export interface NoteWordingsProps {
  readonly noteId: string
  /** What the note says now. */
  readonly text: string
  /** Grows with every change of the note. */
  readonly changes: number
  readonly load: (noteId: string) => Promise<readonly NoteVersion[]>
  /** Lets the note say again what it said then; null for whoever may not write in it. */
  readonly onBringBack: ((number: number) => void) | null
}

/** What a note said before, the latest first; whoever may write in it can bring a wording back, live for everyone. */
export function NoteWordings({ noteId, text, changes, load, onBringBack }: NoteWordingsProps) {
  const [versions, setVersions] = useState<readonly NoteVersion[] | 'failed' | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the note says now decides which wordings are earlier.
  useEffect(() => {
    let isCurrent = true
    load(noteId).then(
      (found) => isCurrent && setVersions(found),
      () => isCurrent && setVersions('failed'),
    )
    return () => {
      isCurrent = false
    }
  }, [noteId, changes])

  if (versions === null) return <p className={styles.quiet}>Loading what it said before…</p>
  if (versions === 'failed') return <p className={styles.quiet}>What it said before could not be loaded.</p>
  const earlier = versions.filter((version) => version.text !== text).sort((a, b) => b.number - a.number)
  if (earlier.length === 0) return <p className={styles.quiet}>It has said nothing else so far.</p>
  return (
    <ol className={styles.history} aria-label="Earlier wordings of the note">
      {earlier.map(({ number, text: said, authors, createdAt }) => (
        <li key={number}>
          <TimeAgo instant={createdAt} /> {authors.map(({ name }) => name).join(', ')}
          <p className={styles.wording} dir="auto">
            {said}
          </p>
          {onBringBack && (
            <Button look="plain" onClick={() => onBringBack(number)}>
              Bring this wording back
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
