import { type FormEvent, Suspense, useState } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { setThreadStatus } from '#components/client/thread-api.ts'
import { useStore } from '#components/client/value-store.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { ThreadStatus } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'

const FlagForm = lazyPart(async () => (await import('./flag-form.tsx')).FlagForm)
const MoveForm = lazyPart(async () => (await import('./move-form.tsx')).MoveForm)
const RaiseForm = lazyPart(async () => (await import('#components/disputes/raise-form.tsx')).RaiseForm)
const NoteHistory = lazyPart(async () => (await import('./note-history.tsx')).NoteHistory)

/** What may be done with an open card. What this person may not do is not offered. */
export function CardActions({
  placed,
  room,
}: {
  readonly placed: PlacedThread
  readonly room: RoomChoice | null
}) {
  const { data, view, actions } = useReader()
  /** What the open form would make of the thread; another may do the same meanwhile, which ends the form. */
  const [settlingTo, setSettlingTo] = useState<ThreadStatus | null>(null)
  const [isRaising, setRaising] = useState(false)
  const [isLookingBack, setLookingBack] = useState(false)
  const [form, setForm] = useState<'move' | 'flag' | null>(null)
  const { thread } = placed
  const { may } = thread
  const hasOtherLayer = data.rooms.some(({ mayWrite, layerId }) => mayWrite && layerId !== thread.layerId)
  const toggle = (which: 'move' | 'flag') => setForm(form === which ? null : which)
  const otherStatus = thread.status === 'open' ? 'resolved' : 'open'
  const isSettling = settlingTo === otherStatus
  const selected = useStore(view, (state) => state.selected)
  const isAlive = thread.state !== 'deleted'
  const copyLink = async () => {
    const url = new URL(readAddress(data.document.slug, { threadId: thread.id }), location.href)
    await navigator.clipboard.writeText(url.href)
    showToast({ text: 'Link copied.' })
  }
  return (
    <>
      <div className={styles.actions}>
        {isAlive && may.write && (
          <Button look="plain" onClick={() => view.set({ editingId: thread.id })}>
            {thread.kind === 'highlight' ? 'Add a note' : thread.state === 'draft' ? 'Go on writing' : 'Edit'}
          </Button>
        )}
        {isAlive && may.change && selected && (
          <>
            <Button look="plain" onClick={() => void actions.setPassages(thread, selected, 'replace')}>
              Move to the selection
            </Button>
            <Button look="plain" onClick={() => void actions.setPassages(thread, selected, 'add')}>
              Add the selection
            </Button>
          </>
        )}
        {isAlive && may.raise && (
          <Button look="plain" onClick={() => setRaising(true)}>
            Raise to a dispute
          </Button>
        )}
        {isAlive && may.organize && thread.state === 'posted' && !thread.dispute && (
          <Button
            look="plain"
            aria-expanded={isSettling}
            onClick={() => setSettlingTo(isSettling ? null : otherStatus)}
          >
            {statusVerbs[otherStatus]}
          </Button>
        )}
        {isAlive && thread.kind !== 'highlight' && (
          <Button look="plain" aria-expanded={isLookingBack} onClick={() => setLookingBack(!isLookingBack)}>
            History
          </Button>
        )}
        {isAlive && hasOtherLayer && (
          <Button look="plain" aria-expanded={form === 'move'} onClick={() => toggle('move')}>
            {room?.kind === 'private' ? 'Share' : may.take ? 'Move' : 'Copy'}
          </Button>
        )}
        {isAlive && (may.flag || may.moderate) && (
          <Button look="plain" aria-expanded={form === 'flag'} onClick={() => toggle('flag')}>
            {may.moderate ? 'Moderate' : 'Flag'}
          </Button>
        )}
        <Button look="plain" onClick={() => void copyLink()}>
          Copy link
        </Button>
        {isAlive && may.change && !thread.dispute && (
          <Button look="plain" onClick={() => void actions.remove(thread)}>
            {thread.state === 'draft' ? 'Discard' : 'Delete'}
          </Button>
        )}
      </div>
      {isAlive &&
        may.change &&
        room?.kind !== 'private' &&
        thread.state === 'posted' &&
        thread.kind !== 'highlight' && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={thread.coWritten}
              onChange={(event) => void actions.setCoWritten(thread, event.target.checked)}
            />
            Others may write in this note
          </label>
        )}
      {isRaising && (
        <Suspense>
          <RaiseForm threadId={thread.id} words={thread.note?.text ?? ''} onClose={() => setRaising(false)} />
        </Suspense>
      )}
      {isLookingBack && (
        <Suspense>
          <NoteHistory thread={thread} />
        </Suspense>
      )}
      {form && (
        <Suspense>
          {form === 'move' ? (
            <MoveForm thread={thread} onDone={() => setForm(null)} />
          ) : (
            <FlagForm thread={thread} onDone={() => setForm(null)} />
          )}
        </Suspense>
      )}
      {isSettling && (
        <StatusForm threadId={thread.id} next={otherStatus} onDone={() => setSettlingTo(null)} />
      )}
    </>
  )
}

const statusVerbs: Record<ThreadStatus, string> = { resolved: 'Resolve', open: 'Reopen' }

interface StatusFormProps {
  readonly threadId: string
  readonly next: ThreadStatus
  readonly onDone: () => void
}

function StatusForm({ threadId, next, onDone }: StatusFormProps) {
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
