import type { CitedWork, Section, TextRange } from '#domain/text/edition-text.ts'
import { citationId, workId } from '#domain/text/render-blocks.ts'
import styles from './edition.module.css'

/** Places listed of one work; the others are found from these by reading on. */
const mostPlaces = 30

export interface WorksCitedProps {
  readonly works: readonly CitedWork[]
  /** The section on view: its citations are on this page. */
  readonly section: Section
  readonly toPassage: (range: TextRange) => string
}

/** The works that a text cites, each with the way to its citations; a citation in the text leads here. */
export function WorksCited({ works, section, toPassage }: WorksCitedProps) {
  if (works.length === 0) return null
  const addressOf = (range: TextRange) =>
    section.start <= range.start && range.start < section.end
      ? `#${citationId(range.start)}`
      : toPassage(range)
  return (
    <details className={styles.contents}>
      <summary>Works cited</summary>
      <ol className={styles.works} role="doc-bibliography" aria-label="Works cited">
        {works.map(({ number, title, authors, citations }) => (
          <li key={number} id={workId(number)} tabIndex={-1}>
            <span dir="auto">
              {authors.length > 0 && `${authors.join(', ')}, `}
              <cite>{title}</cite>
            </span>
            <span className={styles.places}>
              {citations.slice(0, mostPlaces).map((range, index) => (
                <a
                  key={range.start}
                  href={addressOf(range)}
                  role="doc-backlink"
                  aria-label={`${title}, citation ${index + 1} of ${citations.length}`}
                >
                  {index + 1}
                </a>
              ))}
              {citations.length > mostPlaces && <span>and {citations.length - mostPlaces} more</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
