import { setThreadStatus } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import type { ThreadStatus } from '#domain/wire/thread.ts'
import { ReasonForm } from './reason-form.tsx'

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
  return (
    <ReasonForm
      asks={
        <>
          {next === 'resolved' ? 'Why is it resolved?' : 'Why is it open again?'}{' '}
          <span>(may stay empty)</span>
        </>
      }
      send={statusVerbs[next]}
      onSend={async (reason) => {
        const isDone = await attempt(async () =>
          room.putThread(await setThreadStatus(threadId, next, reason)),
        )
        if (isDone) onDone()
      }}
      onCancel={onDone}
    />
  )
}
