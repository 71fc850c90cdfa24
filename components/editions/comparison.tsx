import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { SetText } from '#components/reader/set-text.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Block, Section } from '#domain/text/edition-text.ts'
import type { Document } from '#domain/wire/document.ts'
import type { Edition } from '#domain/wire/edition.ts'
import { type ComparedRow, kindOf, markDifferences, notesOn, type RowKind } from './compared-rows.ts'
import styles from './comparison.module.css'
import { DifferenceWays } from './difference-ways.tsx'
import differences from './differences.module.css'
import { editionAddress, editionWords } from './edition-words.ts'
import { SideNotes } from './side-notes.tsx'

/** Two editions of a section side by side, as a service compared them. */
export interface ComparisonView {
  readonly document: Document
  readonly earlier: Edition
  readonly later: Edition
  readonly section: Section
  readonly sections: readonly Section[]
  readonly rows: readonly ComparedRow[]
}

export interface ComparisonProps {
  readonly view: ComparisonView
  /** The notes on each side, as they stand in its edition. */
  readonly notes: Readonly<Record<'earlier' | 'later', readonly PlacedThread[]>>
}

/** Two editions in rows, so that they scroll together; what differs is marked by word, on a narrow screen one above the other. */
export function Comparison({ view, notes }: ComparisonProps) {
  const { document: work, earlier, later, rows } = view
  const differing = rows.filter((row) => kindOf(row) !== 'same').length
  return (
    <>
      <SectionWays view={view} />
      <DifferenceWays count={differing} />
      <noscript>
        <style>{'[data-needs-script] { display: none }'}</style>
      </noscript>
      {differing === 0 && (
        <Notice face="empty" title="No difference">
          In this part the two editions say the same.
        </Notice>
      )}
      <div className={styles.heads} aria-hidden="true">
        <Head edition={earlier} />
        <Head edition={later} />
      </div>
      <ol className={styles.rows} aria-label={`Edition ${earlier.number} and edition ${later.number}`}>
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} view={view} notes={notes} work={work} />
        ))}
      </ol>
      <SectionWays view={view} />
    </>
  )
}

function Head({ edition: { number, state } }: { readonly edition: Edition }) {
  return (
    <p>
      Edition {number} <span>{editionWords[state]}</span>
    </p>
  )
}

interface RowProps extends ComparisonProps {
  readonly row: ComparedRow
  readonly work: Document
}

function Row({ row, view: { earlier, later }, notes, work }: RowProps) {
  const kind = kindOf(row)
  const words = rowWords(kind, row, earlier, later)
  return (
    <li
      className={styles.row}
      data-kind={kind}
      data-difference={kind === 'same' ? undefined : ''}
      tabIndex={-1}
    >
      {words && <p className={styles.kind}>{words}</p>}
      <Side
        edition={earlier}
        work={work}
        blocks={markDifferences(row.earlier, row.removed, 'removed')}
        notes={notes.earlier}
      />
      <Side
        edition={later}
        work={work}
        blocks={markDifferences(row.later, row.added, 'added')}
        notes={notes.later}
      />
    </li>
  )
}

interface SideProps {
  readonly edition: Edition
  readonly work: Document
  readonly blocks: readonly Block[]
  readonly notes: readonly PlacedThread[]
}

function Side({ edition, work, blocks, notes }: SideProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields stand in it
    <div role="group" className={styles.side} aria-label={`Edition ${edition.number}`}>
      {blocks.length > 0 && (
        <div className={`edition ${differences.side}`} lang={work.language ?? undefined}>
          <SetText blocks={blocks} idPrefix={`e${edition.number}-`} />
        </div>
      )}
      <SideNotes notes={notesOn(blocks, notes)} slug={work.slug} edition={toOlder(edition, work)} />
    </div>
  )
}

const toOlder = ({ number }: Edition, work: Document) => (number === work.edition.number ? null : number)

const keyOf = ({ earlier, later }: ComparedRow) => `${earlier[0]?.index ?? ''} ${later[0]?.index ?? ''}`

function rowWords(kind: RowKind, row: ComparedRow, earlier: Edition, later: Edition): string | null {
  switch (kind) {
    case 'added':
      return `Only in edition ${later.number}`
    case 'removed':
      return `Only in edition ${earlier.number}`
    case 'moved': {
      const from = row.earlier[0]?.number
      return from ? `Moved; in edition ${earlier.number} it was ¶ ${from}` : 'Moved'
    }
    default:
      return null
  }
}

function SectionWays({
  view: { document: work, earlier, later, section, sections },
}: Pick<ComparisonProps, 'view'>) {
  if (sections.length < 2) return null
  const base = editionAddress(work.slug, later.number, earlier.number)
  const before = sections.find(({ number }) => number === section.number - 1)
  const next = sections.find(({ number }) => number === section.number + 1)
  return (
    <nav className={styles.sections} aria-label="Sections">
      {before && (
        <a rel="prev" href={`${base}?section=${before.number}`}>
          Before: <bdi>{before.title}</bdi>
        </a>
      )}
      <a href={readAddress(work.slug, { edition: toOlder(later, work), section: section.number })}>
        Part {section.number} of {sections.length}
      </a>
      {next && (
        <a rel="next" href={`${base}?section=${next.number}`}>
          Next: <bdi>{next.title}</bdi>
        </a>
      )}
    </nav>
  )
}
