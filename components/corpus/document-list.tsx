import { readAddress } from '#components/reader/read-address.ts'
import type { Document } from '#domain/wire/document.ts'
import styles from './corpus.module.css'
import { readingTime } from './reading-time.ts'
import { visibilityWords } from './visibility-words.ts'

/** Documents, each with who wrote it, how long it is and who else may read it. */
export function DocumentList({
  documents,
  showVisibility,
}: {
  documents: readonly Document[]
  /** Left out for visitors without a sign-in, who see public documents alone. */
  showVisibility: boolean
}) {
  return (
    <ul className={styles.documents}>
      {documents.map((document) => (
        <li key={document.id} className={styles.document}>
          <h2 className={styles.title}>
            <a href={readAddress(document.slug)} dir="auto" lang={document.language ?? undefined}>
              {document.title}
            </a>
          </h2>
          {document.authors.length > 0 && (
            <p className={styles.authors} dir="auto">
              {document.authors.join(', ')}
            </p>
          )}
          <p className={styles.facts}>
            <span>{readingTime(document.edition.length, document.language)}</span>
            {showVisibility && <span>{visibilityWords[document.visibility].label}</span>}
          </p>
        </li>
      ))}
    </ul>
  )
}
