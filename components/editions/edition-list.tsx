import { originalAddress } from '#components/client/edition-api.ts'
import { formatWords } from '#components/corpus/format-words.ts'
import { sizeWords } from '#components/corpus/size-words.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import type { Document } from '#domain/wire/document.ts'
import type { Edition } from '#domain/wire/edition.ts'
import { EditionRepairs } from './edition-repairs.tsx'
import { editionAddress, editionWords } from './edition-words.ts'
import styles from './editions.module.css'

export interface EditionListProps {
  readonly document: Document
  /** The newest first. */
  readonly editions: readonly Edition[]
  /** Whether this person may make an edition again. */
  readonly mayChange: boolean
}

/** The editions of a document: when each came, by whom, how large it is, and the ways into it. */
export function EditionList({ document, editions, mayChange }: EditionListProps) {
  return (
    <ol className={styles.editions} reversed>
      {editions.map((edition) => (
        <li key={edition.id} className={styles.edition}>
          <h2 className={styles.number}>
            Edition {edition.number}{' '}
            <span className={styles.state} data-state={edition.state}>
              {editionWords[edition.state]}
            </span>
          </h2>
          <p className={styles.facts}>
            <span>
              <CalendarDate instant={edition.publishedAt ?? edition.createdAt} />
              {edition.createdBy && (
                <>
                  , by <bdi>{edition.createdBy.name}</bdi>
                </>
              )}
            </span>
            <span>{edition.blocks === 1 ? '1 paragraph' : `${edition.blocks} paragraphs`}</span>
            <span>
              {formatName(edition.format)}, {sizeWords(edition.size)}
            </span>
          </p>
          <Ways document={document} edition={edition} before={toEarlier(editions, edition)} />
          <EditionRepairs document={document} edition={edition} mayChange={mayChange} />
          {edition.notices.length > 0 && (
            <details className={styles.notices}>
              <summary>
                {edition.notices.length === 1 ? '1 thing' : `${edition.notices.length} things`} the import
                could not keep
              </summary>
              <ul>
                {edition.notices.map((notice) => (
                  <li key={notice} dir="auto">
                    {notice}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}

interface WaysProps {
  readonly document: Document
  readonly edition: Edition
  /** The one to compare it with; null for the first. */
  readonly before: Edition | null
}

function Ways({ document: { id, slug, edition: current }, edition, before }: WaysProps) {
  const { number, state } = edition
  const named = <VisuallyHidden> edition {number}</VisuallyHidden>
  const isCurrent = number === current.number
  return (
    <p className={styles.ways}>
      {state !== 'preview' && (
        <a href={readAddress(slug, { edition: isCurrent ? null : number })}>Read{named}</a>
      )}
      {before && (
        <a href={editionAddress(slug, number, before.number)}>
          Compare<VisuallyHidden> edition {number}</VisuallyHidden> with edition {before.number}
        </a>
      )}
      {number > 1 && (
        <a href={editionAddress(slug, number)}>
          {state === 'preview' ? 'Look at the preview' : 'What it did to the notes'}
          <VisuallyHidden> of edition {number}</VisuallyHidden>
        </a>
      )}
      <a href={originalAddress({ documentId: id, number })} download>
        Download the original{named}
      </a>
    </p>
  )
}

function toEarlier(editions: readonly Edition[], { number }: Edition): Edition | null {
  return editions.find((other) => other.number < number && other.state !== 'preview') ?? null
}

const formatName = (format: string) =>
  Object.entries(formatWords).find(([name]) => name === format)?.[1].label ?? format
