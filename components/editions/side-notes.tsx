import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { countInWords, kindWords } from '#components/margin/kind-words.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { anchorWords } from './anchor-words.ts'
import styles from './comparison.module.css'

export interface SideNotesProps {
  readonly notes: readonly PlacedThread[]
  readonly slug: string
  /** The edition they are read in; null for the current one. */
  readonly edition: number | null
}

/** The notes on a piece of text: how many, and on demand what they say and the way to each. Needs no script. */
export function SideNotes({ notes, slug, edition }: SideNotesProps) {
  if (notes.length === 0) return null
  return (
    <details className={styles.notes}>
      <summary>{countInWords(notes)}</summary>
      <ul>
        {notes.map(({ thread, ranges }) => {
          const became = ranges
            .map(({ state }) => anchorWords[state].inMargin)
            .find((words) => words !== null)
          return (
            <li key={thread.id}>
              <a href={readAddress(slug, { edition, threadId: thread.id })}>
                {kindWords[thread.kind].one} by <bdi>{thread.author.name}</bdi>
              </a>
              {became && <span className={styles.became}>{became}</span>}
              {thread.note?.text && <p dir="auto">{thread.note.text}</p>}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
