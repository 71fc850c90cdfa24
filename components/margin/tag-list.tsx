import { type FormEvent, useState } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { useReader } from '#components/reader/reader-context.ts'
import styles from './note-card.module.css'

/** The tags of a thread, and in an open card the field that adds one. */
export function TagList({ placed, isActive }: { readonly placed: PlacedThread; readonly isActive: boolean }) {
  const { actions } = useReader()
  const { thread } = placed
  const [tag, setTag] = useState('')
  const mayTag = isActive && thread.may.organize && thread.state !== 'deleted'
  if (thread.tags.length === 0 && !mayTag) return null
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const added = tag.trim()
    if (added === '' || thread.tags.includes(added)) return setTag('')
    if (await actions.change(thread, { tags: [...thread.tags, added] })) setTag('')
  }
  return (
    <div className={styles.tags}>
      {thread.tags.map((name) => (
        <span key={name} className={styles.tag}>
          {name}
          {mayTag && (
            <button
              type="button"
              aria-label={`Remove the tag ${name}`}
              onClick={() =>
                void actions.change(thread, { tags: thread.tags.filter((other) => other !== name) })
              }
            >
              ×
            </button>
          )}
        </span>
      ))}
      {mayTag && (
        <form onSubmit={(event) => void add(event)}>
          <input
            className={styles.tagField}
            value={tag}
            maxLength={60}
            aria-label="Add a tag"
            placeholder="+ tag"
            onChange={(event) => setTag(event.target.value)}
          />
        </form>
      )}
    </div>
  )
}
