import { type FormEvent, useState } from 'react'
import { moderateReply } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import type { Reply } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'

/** For those who moderate its group: hides a reply for a reason, or shows it again. */
export function ModerateReply({ threadId, reply }: { readonly threadId: string; readonly reply: Reply }) {
  const { room } = useReader()
  const [reason, setReason] = useState<string | null>(null)
  const moderate = async (hidden: boolean, why: string) => {
    const isDone = await attempt(async () =>
      room.putReply(threadId, await moderateReply(reply.id, { hidden, reason: why })),
    )
    if (isDone) setReason(null)
  }
  if (reply.hidden) {
    return (
      <Button look="plain" onClick={() => void moderate(false, '')}>
        Show it again
      </Button>
    )
  }
  if (reason === null) {
    return (
      <Button look="plain" onClick={() => setReason('')}>
        Hide…
      </Button>
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void moderate(true, reason.trim())
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <label>
        Why is it hidden?
        <input
          ref={(input) => input?.focus({ preventScroll: true })}
          required
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          Hide
        </Button>
        <Button look="plain" onClick={() => setReason(null)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
