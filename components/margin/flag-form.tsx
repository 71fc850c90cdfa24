import { flagThread, moderateThread } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { Moderation, ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'
import { ReasonForm } from './reason-form.tsx'

interface FlagFormProps {
  readonly thread: ThreadWithReplies
  readonly onDone: () => void
}

/** Asks the instructors to look at a thread; for those who moderate it: hides it, or locks it. */
export function FlagForm({ thread, onDone }: FlagFormProps) {
  const { room } = useReader()
  const moderate = (deed: Partial<Moderation>) =>
    attempt(async () => room.putThread(await moderateThread(thread.id, deed)))
  const flag = (reason: string) =>
    attempt(async () => {
      await flagThread(thread.id, reason)
      showToast({ text: 'The instructors will look at it.' })
    })
  if (!thread.may.moderate) {
    return (
      <ReasonForm
        asks="What should the instructors look at?"
        required
        send="Flag"
        onSend={async (reason) => (await flag(reason)) && onDone()}
        onCancel={onDone}
      />
    )
  }
  const lock = (
    <Button look="plain" onClick={() => void moderate({ locked: !thread.locked }).then(onDone)}>
      {thread.locked ? 'Unlock' : 'Lock'}
    </Button>
  )
  if (thread.hidden) {
    return (
      <div className={styles.form}>
        <div className={styles.actions}>
          <Button look="primary" onClick={() => void moderate({ hidden: false }).then(onDone)}>
            Show it again
          </Button>
          {lock}
          <Button look="plain" onClick={onDone}>
            Cancel
          </Button>
        </div>
      </div>
    )
  }
  return (
    <ReasonForm
      asks="Why is it hidden?"
      required
      send="Hide"
      onSend={async (reason) => (await moderate({ hidden: true, reason })) && onDone()}
      onCancel={onDone}
    >
      {lock}
    </ReasonForm>
  )
}
