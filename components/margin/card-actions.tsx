import { Suspense, useState } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useStore } from '#components/client/value-store.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { useReader } from '#components/reader/reader-context.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { writableRooms } from '#components/reader/reader-view.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { ThreadStatus } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'
import { StatusForm, statusVerbs } from './status-form.tsx'

const FlagForm = lazyPart(async () => (await import('./flag-form.tsx')).FlagForm)
const MoveForm = lazyPart(async () => (await import('./move-form.tsx')).MoveForm)
const RaiseForm = lazyPart(async () => (await import('#components/disputes/raise-form.tsx')).RaiseForm)
const NoteHistory = lazyPart(async () => (await import('./note-history.tsx')).NoteHistory)

/**
 * What stands open below the buttons: one thing at a time. The form that resolves or reopens bears the status it would
 * give; when another has given it meanwhile, that form is over.
 */
type Form = 'raise' | 'history' | 'move' | 'flag' | ThreadStatus

/** What may be done with an open card. What this person may not do is not offered. */
export function CardActions({
  placed,
  room,
}: {
  readonly placed: PlacedThread
  readonly room: RoomChoice | null
}) {
  const { data, view, actions } = useReader()
  const [form, setForm] = useState<Form | null>(null)
  const { thread } = placed
  const { may } = thread
  const shutRooms = useStore(view, (state) => state.shutRooms)
  const hasOtherLayer = writableRooms(data, shutRooms).some(({ layerId }) => layerId !== thread.layerId)
  const toggle = (which: Form) => setForm(form === which ? null : which)
  const close = () => setForm(null)
  const otherStatus = thread.status === 'open' ? 'resolved' : 'open'
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
          <Button look="plain" aria-expanded={form === 'raise'} onClick={() => toggle('raise')}>
            Raise to a dispute
          </Button>
        )}
        {isAlive && may.organize && thread.state === 'posted' && !thread.dispute && (
          <Button look="plain" aria-expanded={form === otherStatus} onClick={() => toggle(otherStatus)}>
            {statusVerbs[otherStatus]}
          </Button>
        )}
        {isAlive && thread.kind !== 'highlight' && (
          <Button look="plain" aria-expanded={form === 'history'} onClick={() => toggle('history')}>
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
      <Suspense>
        {form === 'raise' && (
          <RaiseForm threadId={thread.id} words={thread.note?.text ?? ''} onClose={close} />
        )}
        {form === 'history' && <NoteHistory thread={thread} />}
        {form === 'move' && <MoveForm thread={thread} onDone={close} />}
        {form === 'flag' && <FlagForm thread={thread} onDone={close} />}
      </Suspense>
      {form === otherStatus && <StatusForm threadId={thread.id} next={otherStatus} onDone={close} />}
    </>
  )
}
