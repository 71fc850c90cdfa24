import { editionAddress } from '#components/editions/edition-words.ts'
import type { Document } from '#domain/wire/document.ts'
import styles from './edition-news.module.css'
import { currentPlaceAddress } from './read-address.ts'

export interface OlderEditionProps {
  readonly work: Document
  /** Number of the edition on view. */
  readonly edition: number
  /** Where the section on view begins in it. */
  readonly offset: number
}

/** Says that this is not the current edition, and leads there. */
export function OlderEdition({ work, edition, offset }: OlderEditionProps) {
  const kind = work.edition.number > edition ? 'an earlier edition' : 'an edition that is not published'
  return (
    <aside className={styles.older} aria-label="Edition">
      <p>
        You are reading edition {edition}, {kind}; the current one is {work.edition.number}. The notes stand
        as they stood here.
      </p>
      <p className={styles.ways}>
        <a href={currentPlaceAddress(work.slug, { edition, offset })}>Go to the current edition</a>
        <a href={editionAddress(work.slug, work.edition.number, edition)}>Compare the two</a>
      </p>
    </aside>
  )
}
