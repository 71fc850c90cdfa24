import { useEffect, useState } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { Button } from '#components/ui/button.tsx'
import styles from './edition-news.module.css'
import { currentPlaceAddress, readAddress } from './read-address.ts'
import { useReader } from './reader-context.ts'
import { readingOffset } from './reading-position.ts'

/** Tells that another edition became the current one while this one is read. Nothing moves before its button is pressed. */
export function EditionNews() {
  const { data, room, view, getBlocks } = useReader()
  const current = useStore(room.store, (state) => state.currentEdition)
  const [isPutOff, setPutOff] = useState<string | null>(null)
  const { slug, edition, current: known } = data.document
  const isNews = current !== null && current.id !== known.id && current.id !== edition.id
  const words = !isNews
    ? ''
    : current.number > edition.number
      ? 'A new edition has been published.'
      : `Edition ${current.number} is the current one again.`
  useEffect(() => {
    if (words) view.set({ announcement: words })
  }, [words, view])
  if (!isNews || isPutOff === current.id) return null

  const go = () => {
    const { editingId } = view.get()
    const offset = readingOffset(getBlocks()) ?? data.section.start
    location.assign(
      editingId
        ? readAddress(slug, { threadId: editingId, isWriting: true })
        : currentPlaceAddress(slug, { edition: edition.number, offset }),
    )
  }
  return (
    <aside className={styles.news} aria-label="News of the text">
      <p>{words} Your place and your open note are kept.</p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={go}>
          Go to it
        </Button>
        <Button look="plain" onClick={() => setPutOff(current.id)}>
          Stay here
        </Button>
      </div>
    </aside>
  )
}
