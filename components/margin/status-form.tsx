import { type FormEvent, useState } from 'react'
import { setThreadStatus } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import type { ThreadStatus } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'

/** What is done to give a thread this status. */
export const statusVerbs: Record<ThreadStatus, string> = { resolved: 'Resolve', open: 'Reopen' }

export interface StatusFormProps {
  readonly threadId: string
  readonly next: ThreadStatus
  readonly onDone: () => void
}

/** Resolves or reopens a thread, with a reason if there is one. */
export function StatusForm({ threadId, next, onDone }: StatusFormProps) {
  const { room } = useReader()
  const [reason, setReason] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isDone = await attempt(async () =>
      room.putThread(await setThreadStatus(threadId, next, reason.trim())),
    )
    if (isDone) onDone()
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <label>
        {next === 'resolved' ? 'Why is it resolved?' : 'Why is it open again?'} <span>(may stay empty)</span>
        <input
          ref={(input) => input?.focus({ preventScroll: true })}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {statusVerbs[next]}
        </Button>
        <Button look="plain" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
