/** What this person wrote and the server does not have: what waits, and what it would not take, to copy or discard. */

import { loadOutbox } from '#components/client/offline/send-or-keep.ts'
import { type WrittenAt, wordsOf } from '#components/client/offline/unsent-entry.ts'
import { type Unsent, waitingNotes } from '#components/client/offline/unsent-store.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import styles from './unsent.module.css'

/** The list, loaded when it is asked for. */
export function UnsentWords({
  unsent,
  accountId,
}: {
  readonly unsent: Unsent
  readonly accountId: string | null
}) {
  const discard = async (id: string) => {
    const outbox = accountId === null ? null : await loadOutbox(accountId)
    await outbox?.discardReturned(id)
  }
  return (
    <ul className={styles.list}>
      {unsent.returned.map(({ id, where, reason, text }) => (
        <li key={id}>
          <p className={styles.reason}>{reason}</p>
          <Words where={where} text={text} />
          <div className={styles.ways}>
            <CopyButton text={text} what="the words" look="plain" />
            <Button look="plain" onClick={() => void discard(id)}>
              Discard
            </Button>
          </div>
        </li>
      ))}
      {waiting(unsent).map(({ id, where, text }) => (
        <li key={id}>
          <Words where={where} text={text} />
        </li>
      ))}
    </ul>
  )
}

interface Waiting {
  readonly id: string
  readonly where: WrittenAt | null
  readonly text: string
}

/** What waits, each thing once: a note with its words, a reply with its own. */
function waiting(unsent: Unsent): readonly Waiting[] {
  const words = new Map<string, Waiting>()
  for (const { noteId, where, text } of waitingNotes(unsent)) words.set(noteId, { id: noteId, where, text })
  for (const entry of unsent.entries) {
    const id = entry.kind === 'post' ? entry.threadId : entry.id
    const { where } = entry
    words.set(id, { id, where, text: wordsOf(entry), ...words.get(id) })
  }
  return [...words.values()]
}

function Words({ where, text }: Omit<Waiting, 'id'>) {
  return (
    <>
      {where && (
        <p className={styles.where}>
          <a href={readAddress(where.slug)}>{where.title}</a>
        </p>
      )}
      <p className={styles.words} dir="auto">
        {text === '' ? 'No words yet.' : text}
      </p>
    </>
  )
}
