import { Suspense, useCallback, useMemo, useState } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { type RoomChoice, whereOf } from '#components/reader/reader-data.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import styles from './note-card.module.css'
import type { NoteProgress } from './note-editor.tsx'

const NoteEditor = lazyPart(async () => (await import('./note-editor.tsx')).NoteEditor)

/** A note being written: the live editor, where it will be read, and the steps that end it. */
export function NoteComposer({
  placed,
  room,
}: {
  readonly placed: PlacedThread
  readonly room: RoomChoice | null
}) {
  const { data, view, actions, editing } = useReader()
  const { thread } = placed
  const isDraft = thread.state === 'draft'
  const where = useMemo(() => whereOf(data, room), [data, room])
  const [isBusy, setBusy] = useState(false)
  const [progress, setProgress] = useState<NoteProgress | null>(null)
  const take = useCallback(
    (next: NoteProgress) => {
      setProgress(next)
      editing.report(thread.id, next)
    },
    [editing, thread.id],
  )
  const text = progress?.text ?? thread.note?.text ?? ''
  const isEmpty = text.trim() === ''

  const mayPost = progress === null || progress.isSaved || progress.isWaiting

  const close = () => {
    view.set({ editingId: null, focusId: thread.id })
  }
  const post = async () => {
    setBusy(true)
    const isPosted = await actions.post(thread, text, progress?.isWaiting ?? false)
    setBusy(false)
    if (isPosted) view.set({ editingId: null, focusId: thread.id })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts beside the buttons that do the same
    <div
      className={styles.composer}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          close()
        }
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && isDraft && mayPost && !isEmpty)
          void post()
      }}
    >
      <Suspense fallback={<p className={styles.quiet}>Opening the editor…</p>}>
        <NoteEditor
          noteId={thread.id}
          me={data.me}
          where={where}
          isWriting
          label="Your note"
          onProgress={take}
        />
      </Suspense>
      {isDraft && room && (
        <p className={styles.quiet}>
          Goes to <strong>{room.label}</strong> when you post it.
        </p>
      )}
      {thread.may.change && room?.kind !== 'private' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={thread.coWritten}
            onChange={(event) => void actions.setCoWritten(thread, event.target.checked)}
          />
          Others may write in this note
        </label>
      )}
      <div className={styles.actions}>
        {isDraft ? (
          <>
            <Button look="primary" busy={isBusy} disabled={isEmpty || !mayPost} onClick={() => void post()}>
              Post
            </Button>
            <Button look="plain" onClick={close}>
              Keep as draft
            </Button>
            {!isEmpty && (
              <Button look="plain" onClick={() => void actions.remove(thread)}>
                Discard
              </Button>
            )}
          </>
        ) : (
          <Button look="primary" onClick={close}>
            Done
          </Button>
        )}
      </div>
    </div>
  )
}
