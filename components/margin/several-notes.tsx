import { useState } from 'react'
import { moveThreads, postThreads } from '#components/client/thread-api.ts'
import { useStore } from '#components/client/value-store.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { writableRooms } from '#components/reader/reader-view.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-list.ts'
import { kindWords } from './kind-words.ts'
import styles from './margin-filter.module.css'

/** Of the notes that are shown, those that are chosen: moved or copied to another layer, or posted, together. */
export function SeveralNotes() {
  const { data, room, view } = useReader()
  const shutRooms = useStore(view, (state) => state.shutRooms)
  const shown = useThreads().shown.filter(({ thread }) => thread.state !== 'deleted')
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set())
  const layers = [...new Map(writableRooms(data, shutRooms).map((each) => [each.layerId, each])).values()]
  const [layerId, setLayerId] = useState(layers[0]?.layerId ?? '')
  const target = layers.find((each) => each.layerId === layerId)
  const chosen = shown.flatMap(({ thread }) => (chosenIds.has(thread.id) ? thread : []))
  const moved = chosen.filter((thread) => thread.layerId !== layerId)
  const drafts = chosen.filter((thread) => thread.state === 'draft')

  const choose = (id: string) => {
    const next = new Set(chosenIds)
    if (!next.delete(id)) next.add(id)
    setChosenIds(next)
  }
  const take = (copies: boolean) =>
    attempt(async () => {
      const ids = moved.map(({ id }) => id)
      const arrived = await moveThreads(ids, layerId, copies)
      if (!copies) for (const id of ids) room.dropThread(id)
      for (const thread of arrived) room.putThread(thread)
      showToast({ text: `${noteCount(ids.length)} ${copies ? 'copied' : 'moved'} to ${target?.label}.` })
      setChosenIds(new Set())
    })
  const post = () =>
    attempt(async () => {
      for (const thread of await postThreads(drafts.map(({ id }) => id))) room.putThread(thread)
      showToast({ text: `${noteCount(drafts.length)} posted.` })
      setChosenIds(new Set())
    })
  return (
    <fieldset className={styles.several}>
      <legend>Notes of this section</legend>
      <Button look="plain" onClick={() => setChosenIds(new Set(shown.map(({ thread }) => thread.id)))}>
        Choose all {shown.length}
      </Button>
      <ul>
        {shown.map(({ thread }) => (
          <li key={thread.id}>
            <label className={styles.check}>
              <input type="checkbox" checked={chosenIds.has(thread.id)} onChange={() => choose(thread.id)} />
              <span dir="auto">
                {thread.author.name}: {thread.note?.text.slice(0, 60) || kindWords[thread.kind].one}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {layers.length > 0 && (
        <>
          <label>
            To
            <select value={layerId} onChange={(event) => setLayerId(event.target.value)}>
              {layers.map((each) => (
                <option key={each.layerId} value={each.layerId}>
                  {each.label}
                </option>
              ))}
            </select>
          </label>
          <Button
            disabled={moved.length === 0 || !moved.every(({ may }) => may.take)}
            onClick={() => void take(false)}
          >
            Move {noteCount(moved.length)}
          </Button>
          <Button disabled={moved.length === 0} onClick={() => void take(true)}>
            Copy {noteCount(moved.length)}
          </Button>
        </>
      )}
      {drafts.length > 0 && (
        <Button look="primary" onClick={() => void post()}>
          Post {noteCount(drafts.length)}
        </Button>
      )}
    </fieldset>
  )
}

const noteCount = (count: number) => (count === 1 ? 'one note' : `${count} notes`)
