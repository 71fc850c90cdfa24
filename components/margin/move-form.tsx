import { type FormEvent, useState } from 'react'
import { moveThreads } from '#components/client/thread-api.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { writableRooms } from '#components/reader/reader-view.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './note-card.module.css'

/** Takes a thread to another layer that this person may write in, or copies its opening note there. */
export function MoveForm({
  thread,
  onDone,
}: {
  readonly thread: ThreadWithReplies
  readonly onDone: () => void
}) {
  const { data, room, view } = useReader()
  const layers = new Map(
    writableRooms(data, view.get().shutRooms)
      .filter(({ layerId }) => layerId !== thread.layerId)
      .map((choice) => [choice.layerId, choice]),
  )
  const targets = [...layers.values()]
  const [layerId, setLayerId] = useState(targets[0]?.layerId ?? '')
  const [copies, setCopies] = useState(!thread.may.take)
  const target = layers.get(layerId)
  if (!target) return <p className={styles.quiet}>There is no other layer here that you may write in.</p>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isDone = await attempt(async () => {
      const moved = await moveThreads([thread.id], layerId, copies)
      if (!copies) room.dropThread(thread.id)
      for (const one of moved) room.putThread(one)
      view.set({
        shownRooms: new Set(view.get().shownRooms).add(target.name),
        activeId: moved[0]?.id ?? null,
      })
      showToast({ text: `${copies ? 'Copied' : 'Moved'} to ${target.label}.` })
    })
    if (isDone) onDone()
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <label>
        {copies ? 'Copy to' : 'Move to'}
        <select value={layerId} onChange={(event) => setLayerId(event.target.value)}>
          {targets.map((choice) => (
            <option key={choice.layerId} value={choice.layerId}>
              {choice.label}
            </option>
          ))}
        </select>
      </label>
      {thread.may.take && (
        <label className={styles.check}>
          <input type="checkbox" checked={copies} onChange={(event) => setCopies(event.target.checked)} />
          Keep it here too: copy the note without its replies
        </label>
      )}
      <p className={styles.quiet}>It says where it comes from, and is read by who reads {target.label}.</p>
      <div className={styles.actions}>
        <Button type="submit" look="primary">
          {copies ? 'Copy' : 'Move'}
        </Button>
        <Button look="plain" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
