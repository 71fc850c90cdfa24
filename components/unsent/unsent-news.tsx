import { Suspense, useState } from 'react'
import { type Unsent, unsentStore, waitingNotes } from '#components/client/offline/unsent-store.ts'
import { useStore } from '#components/client/value-store.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import styles from './unsent.module.css'

const UnsentWords = lazyPart(async () => (await import('./unsent-words.tsx')).UnsentWords)

/** What is said while something of this person's is not sent, or was not taken. */
export function UnsentNews({ accountId }: { readonly accountId: string | null }) {
  const unsent = useStore(unsentStore, (state) => state)
  const [isOpen, setOpen] = useState(false)
  const waiting = countWaiting(unsent)
  const returned = unsent.returned.length
  if (waiting + returned === 0) return null
  return (
    <section className={styles.unsent} aria-label="Your unsent words">
      <p role="status">
        {[
          waiting > 0 && `${things(waiting)} you wrote ${waiting === 1 ? 'waits' : 'wait'} to be sent.`,
          returned > 0 && `${things(returned)} could not be sent.`,
        ]
          .filter(Boolean)
          .join(' ')}{' '}
        <Button look="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Your unsent words'}
        </Button>
      </p>
      {isOpen && (
        <Suspense>
          <UnsentWords unsent={unsent} accountId={accountId} />
        </Suspense>
      )}
    </section>
  )
}

/** Notes and calls that wait; a new note and its words are one thing. */
function countWaiting(unsent: Unsent): number {
  const threads = unsent.entries.map((entry) => (entry.kind === 'post' ? entry.threadId : entry.id))
  return new Set([...waitingNotes(unsent).map(({ noteId }) => noteId), ...threads]).size
}

const things = (count: number) => (count === 1 ? 'One thing' : `${count} things`)
