import { useMemo } from 'react'
import { peopleHere } from '#components/client/presence-book.ts'
import { useStore } from '#components/client/value-store.ts'
import { Avatar } from '#components/ui/avatar.tsx'
import type { Presence } from '#domain/wire/feed.ts'
import { blockAt } from './block-spans.ts'
import { scrollToRange } from './go-to.ts'
import styles from './presence-faces.module.css'
import { readAddress } from './read-address.ts'
import { useReader, useThreads } from './reader-context.ts'
import type { ReaderData } from './reader-data.ts'
import type { PageBlock } from './text-ranges.ts'

/** How many faces stand in the bar before the rest becomes a number. */
const mostFaces = 5

/** Who reads the same text in the same layers, where they are in it, and who writes; a click goes there. */
export function PresenceFaces() {
  const { data, room } = useReader()
  const presence = useStore(room.store, (state) => state.presence)
  const people = useMemo(() => peopleHere(presence.values(), data.me?.id ?? null), [presence, data.me])
  if (people.length === 0) return null
  return (
    <ul className={styles.faces} aria-label="Also here">
      {people.slice(0, mostFaces).map((person) => (
        <Face key={person.user.id} person={person} />
      ))}
      {people.length > mostFaces && (
        <li
          className={styles.more}
          title={people
            .slice(mostFaces)
            .map(({ user }) => user.name)
            .join(', ')}
        >
          +{people.length - mostFaces}
        </li>
      )}
    </ul>
  )
}

function Face({ person }: { readonly person: Presence }) {
  const { data, actions, getBlocks } = useReader()
  const { all } = useThreads()
  const { user, at, writingIn } = person
  const written = all.find(({ thread }) => thread.id === writingIn)
  const go = () => {
    if (written) return actions.open(written, { goes: true })
    if (at === null) return
    const isHere = at >= data.section.start && at <= data.section.end
    if (!isHere || !scrollToRange(getBlocks(), { start: at, end: at + 1 }, true))
      location.assign(readAddress(data.document.slug, { range: { start: at, end: at + 1 } }))
  }
  const words = `${user.name}, ${writingIn ? 'writing a note' : placeWords(at, data, getBlocks)}`
  return (
    <li>
      <button
        type="button"
        className={styles.face}
        aria-label={`${words}: go there`}
        title={words}
        onClick={go}
      >
        <Avatar name={user.name} color={user.color} writing={writingIn !== null} decorative />
      </button>
    </li>
  )
}

function placeWords(
  at: number | null,
  { section, sections }: ReaderData,
  getBlocks: () => readonly PageBlock[],
) {
  if (at === null) return 'here'
  if (at >= section.start && at <= section.end) {
    const number = blockAt(getBlocks(), at)?.number ?? null
    return number === null ? 'here' : `at paragraph ${number}`
  }
  const elsewhere = sections.find(({ start, end }) => at >= start && at <= end)
  return elsewhere ? `in section ${elsewhere.number}` : 'elsewhere in the text'
}
