import { editionAddress } from '#components/editions/edition-words.ts'
import { queueAddress } from '#components/editions/shown-anchors.ts'
import { useReader } from '#components/reader/reader-context.ts'
import styles from './margin.module.css'

/** Tells a person that the current edition left the place of some of their own notes open, and leads to them. */
export function OwnUncertain() {
  const { data } = useReader()
  const { ownUncertain, document: work } = data
  if (ownUncertain === 0) return null
  return (
    <p className={styles.ownUncertain}>
      <a
        href={queueAddress(editionAddress(work.slug, work.current.number), {
          state: 'uncertain',
          isMine: true,
        })}
      >
        {ownUncertain === 1 ? '1 of your notes needs a look' : `${ownUncertain} of your notes need a look`}
      </a>
      : the text has changed around {ownUncertain === 1 ? 'it' : 'them'}.
    </p>
  )
}
