import { type FormEvent, useState } from 'react'
import { flagThread, moderateThread } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { Moderation, ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'

interface FlagFormProps {
  readonly thread: ThreadWithReplies
  readonly onDone: () => void
}

/** Asks the instructors to look at a thread; for those who moderate it: hides it, or locks it. */
export function FlagForm({ thread, onDone }: FlagFormProps) {
  const { room } = useReader()
  const [reason, setReason] = useState('')
  const moderate = (deed: Partial<Moderation>) =>
    attempt(async () => room.putThread(await moderateThread(thread.id, deed)))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const words = reason.trim()
    const isDone = thread.may.moderate
      ? await moderate({ hidden: true, reason: words })
      : await attempt(async () => {
          await flagThread(thread.id, words)
          showToast({ text: 'The instructors will look at it.' })
        })
    if (isDone) onDone()
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {!(thread.may.moderate && thread.hidden) && (
        <label>
          {thread.may.moderate ? 'Why is it hidden?' : 'What should the instructors look at?'}
          <input
            ref={(input) => input?.focus({ preventScroll: true })}
            required
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      <div className={styles.actions}>
        {thread.may.moderate && thread.hidden ? (
          <Button look="primary" onClick={() => void moderate({ hidden: false }).then(onDone)}>
            Show it again
          </Button>
        ) : (
          <Button type="submit" look="primary">
            {thread.may.moderate ? 'Hide' : 'Flag'}
          </Button>
        )}
        {thread.may.moderate && (
          <Button look="plain" onClick={() => void moderate({ locked: !thread.locked }).then(onDone)}>
            {thread.locked ? 'Unlock' : 'Lock'}
          </Button>
        )}
        <Button look="plain" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
