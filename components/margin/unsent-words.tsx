/** What this person wrote and the server does not have: what waits, and what it would not take, to copy or discard. */

import { loadOutbox } from '#components/client/offline/send-or-keep.ts'
import { type WrittenAt, wordsOf } from '#components/client/offline/unsent-entry.ts'
import type { Unsent } from '#components/client/offline/unsent-store.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import styles from './unsent.module.css'

/** The list, loaded when it is asked for. */
export function UnsentWords({ unsent }: { readonly unsent: Unsent }) {
  const { data } = useReader()
  const discard = async (id: string) => {
    const outbox = data.me && (await loadOutbox(data.me.id))
    await outbox?.discardReturned(id)
  }
  const copy = async (id: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      showToast({ text: 'Copied.', action: { label: 'Discard them here', run: () => void discard(id) } })
    } catch {
      showToast({ face: 'failed', text: 'This browser does not let the page copy.' })
    }
  }
  return (
    <ul className={styles.list}>
      {unsent.returned.map(({ id, where, reason, text }) => (
        <li key={id}>
          <p className={styles.reason}>{reason}</p>
          <Words where={where} text={text} />
          <div className={styles.ways}>
            <Button look="plain" onClick={() => void copy(id, text)}>
              Copy
            </Button>
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
function waiting({ entries, notes }: Unsent): readonly Waiting[] {
  const words = new Map<string, Waiting>()
  for (const { noteId, where, text } of notes) words.set(noteId, { id: noteId, where, text })
  for (const entry of entries) {
    const id = entry.kind === 'post' ? entry.threadId : entry.id
    const { where } = entry
    words.set(id, { where, text: wordsOf(entry), ...words.get(id), id })
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
