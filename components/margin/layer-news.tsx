import { useState } from 'react'
import { postThreads } from '#components/client/thread-api.ts'
import { useStore } from '#components/client/value-store.ts'
import { attempt } from '#components/reader/reader-actions.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import type { RoomChoice } from '#components/reader/reader-data.ts'
import { Button } from '#components/ui/button.tsx'
import type { ThreadWithReplies } from '#domain/wire/thread.ts'
import styles from './layer-news.module.css'

/** What holds in the layers that are on (others' notes are covered, it opens, it closes), and drafts to be released together. */
export function LayerNews() {
  const { data, view } = useReader()
  const shownRooms = useStore(view, (state) => state.shownRooms)
  // What is said of a layer is said anew once one has closed.
  useStore(view, (state) => state.shutRooms)
  const rooms = data.rooms.filter(({ name }) => shownRooms.has(name))
  return (
    <>
      {rooms.map((choice) => (
        <LayerLine key={choice.name} choice={choice} />
      ))}
      <Drafts />
    </>
  )
}

function LayerLine({ choice }: { readonly choice: RoomChoice }) {
  const { data, room } = useReader()
  const threads = useStore(room.store, (state) => state.rooms.get(choice.name)?.threads)
  const own = [...(threads?.values() ?? [])].filter((thread) => isOwnNote(thread, data.me?.id ?? null))
  const words = [...coverWords(choice, own.length), ...timeWords(choice, Date.now())]
  if (words.length === 0) return null
  return (
    <p className={styles.news} data-color={choice.color}>
      <strong>{choice.label}.</strong> {words.join(' ')}
    </p>
  )
}

const isOwnNote = (thread: ThreadWithReplies, meId: string | null) =>
  thread.author.id === meId && thread.state === 'posted' && thread.kind !== 'highlight'

function coverWords({ covers }: RoomChoice, ownShown: number): string[] {
  if (!covers) return []
  if (!covers.ownNotes) return ['Others’ notes are hidden until an instructor reveals them.']
  const { posted, needed } = covers.ownNotes
  const left = needed - Math.max(posted, ownShown)
  if (left <= 0) return []
  return [
    `Others’ notes are hidden until you have posted ${left === 1 ? 'one more' : `${left} more`} of your own.`,
  ]
}

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

function timeWords({ opensAt, closesAt }: RoomChoice, now: number): string[] {
  if (opensAt && Date.parse(opensAt) > now) return [`Opens for writing ${when.format(new Date(opensAt))}.`]
  if (!closesAt) return []
  const at = when.format(new Date(closesAt))
  return [Date.parse(closesAt) <= now ? `Closed for writing since ${at}.` : `Open for writing until ${at}.`]
}

/** Drafts in this section, released together. */
function Drafts() {
  const { data, room } = useReader()
  const { all } = useThreads()
  const drafts = all.filter(({ thread }) => thread.state === 'draft' && (thread.note?.text ?? '') !== '')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  if (drafts.length < 2) return null
  const chosen = drafts.filter(({ thread }) => !left.has(thread.id))
  const release = () =>
    attempt(async () => {
      for (const posted of await postThreads(chosen.map(({ thread }) => thread.id))) room.putThread(posted)
    })
  const toggle = (id: string) => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  return (
    <details className={styles.drafts}>
      <summary>{drafts.length} drafts, which only you see</summary>
      <ul>
        {drafts.map(({ thread, rooms }) => (
          <li key={thread.id}>
            <label>
              <input type="checkbox" checked={!left.has(thread.id)} onChange={() => toggle(thread.id)} />
              <span dir="auto">{thread.note?.text.slice(0, 80)}</span>{' '}
              <span className={styles.where}>
                to {data.rooms.find(({ name }) => name === rooms[0])?.label}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Button look="primary" disabled={chosen.length === 0} onClick={() => void release()}>
        Post {chosen.length === 1 ? 'this one' : `these ${chosen.length} together`}
      </Button>
    </details>
  )
}
