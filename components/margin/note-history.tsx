import { useEffect, useState } from 'react'
import { type NoteVersion, noteVersions, restoreNoteVersion } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'
import { TimeAgo } from './time-ago.tsx'

/** What a note said before, the latest first; whoever may write in it can bring a wording back, live for everyone. */
export function NoteHistory({ thread }: { readonly thread: ThreadWithReplies }) {
  const { room } = useReader()
  const [versions, setVersions] = useState<readonly NoteVersion[] | 'failed' | null>(null)
  const { id, note, version: changes } = thread
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the note says now decides which wordings are earlier.
  useEffect(() => {
    let isCurrent = true
    noteVersions(id).then(
      (found) => isCurrent && setVersions(found),
      () => isCurrent && setVersions('failed'),
    )
    return () => {
      isCurrent = false
    }
  }, [id, changes])

  if (versions === null) return <p className={styles.quiet}>Loading what it said before…</p>
  if (versions === 'failed') return <p className={styles.quiet}>What it said before could not be loaded.</p>
  const earlier = versions.filter(({ text }) => text !== note?.text).sort((a, b) => b.number - a.number)
  if (earlier.length === 0) return <p className={styles.quiet}>It has said nothing else so far.</p>
  const bringBack = (number: number) =>
    attempt(async () => {
      room.putThread(await restoreNoteVersion(id, number))
      showToast({ text: 'The note says again what it said then.' })
    })
  return (
    <ol className={styles.history} aria-label="Earlier wordings of the note">
      {earlier.map(({ number, text, authors, createdAt }) => (
        <li key={number}>
          <TimeAgo instant={createdAt} /> {authors.map(({ name }) => name).join(', ')}
          <p className={styles.wording} dir="auto">
            {text}
          </p>
          {thread.may.write && (
            <Button look="plain" onClick={() => void bringBack(number)}>
              Bring this wording back
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
