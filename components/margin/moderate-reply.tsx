import { useState } from 'react'
import { moderateReply } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import type { Reply } from '#domain/wire/thread.ts'
import { ReasonForm } from './reason-form.tsx'

/** For those who moderate its group: hides a reply for a reason, or shows it again. */
export function ModerateReply({ threadId, reply }: { readonly threadId: string; readonly reply: Reply }) {
  const { room } = useReader()
  const [isHiding, setHiding] = useState(false)
  const moderate = async (hidden: boolean, why: string) => {
    const isDone = await attempt(async () =>
      room.putReply(threadId, await moderateReply(reply.id, { hidden, reason: why })),
    )
    if (isDone) setHiding(false)
  }
  if (reply.hidden) {
    return (
      <Button look="plain" onClick={() => void moderate(false, '')}>
        Show it again
      </Button>
    )
  }
  if (!isHiding) {
    return (
      <Button look="plain" onClick={() => setHiding(true)}>
        Hide…
      </Button>
    )
  }
  return (
    <ReasonForm
      asks="Why is it hidden?"
      required
      send="Hide"
      onSend={(reason) => moderate(true, reason)}
      onCancel={() => setHiding(false)}
    />
  )
}
