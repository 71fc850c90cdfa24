/** The server's part of the reader page: title, contents, the text of one section, and the way to the others. */
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { editionAddress } from '#components/editions/edition-words.ts'
import { NotesList } from '#components/margin/notes-list.tsx'
import type { Block, CitedWork, Section, TextRange } from '#domain/text/edition-text.ts'
import type { Document, EditionSummary } from '#domain/wire/document.ts'
import styles from './edition.module.css'
import './drawn-highlights.css'
import './disputed-words.css'
import { OlderEdition } from './older-edition.tsx'
import { readAddress } from './read-address.ts'
import { SetText } from './set-text.tsx'
import { WorksCited } from './works-cited.tsx'

/** A section as a service reads it. */
export interface EditionView {
  readonly document: Document
  /** The edition that the section belongs to; the current one is the document's. */
  readonly edition: EditionSummary
  readonly section: Section
  readonly sections: readonly Section[]
  readonly blocks: readonly Block[]
  readonly contents: readonly ContentsLine[]
  /** The works that the whole edition cites. */
  readonly works: readonly CitedWork[]
}

interface ContentsLine {
  readonly title: string
  readonly level: number
  readonly blockIndex: number
  readonly section: number
}

interface FoundLine {
  readonly start: number
  readonly end: number
  readonly before: string
  readonly match: string
  readonly after: string
}

export interface EditionProps {
  readonly view: EditionView
  readonly notes: { readonly threads: readonly PlacedThread[]; readonly isWhole: boolean }
  readonly finds: {
    readonly words: string
    readonly total: number
    readonly finds: readonly FoundLine[]
  } | null
  readonly isResumed: boolean
}

/** Everything of the reader that needs no JavaScript. */
export function Edition({ view, notes, finds, isResumed }: EditionProps) {
  const { document: work, edition, section, sections, blocks, contents, works } = view
  const older = edition.number === work.edition.number ? null : edition.number
  const toSection: ToSection = (number, hash) =>
    readAddress(work.slug, { edition: older, section: number, hash })
  const opensWithTitle = blocks[0]?.form.kind === 'heading' && blocks[0].text.trim() === work.title.trim()
  return (
    <article className="edition" lang={work.language ?? undefined}>
      {older !== null && <OlderEdition work={work} edition={older} offset={section.start} />}
      {isResumed && (
        <p className={styles.resumed}>
          You are where you stopped. <a href={toSection(1)}>Read from the beginning</a>
        </p>
      )}
      <header className={styles.head}>
        {/* A text that opens with its own title needs it on the page once. */}
        <h1 dir="auto" className={opensWithTitle ? styles.heard : undefined}>
          {section.number === 1 ? work.title : <a href={toSection(1)}>{work.title}</a>}
        </h1>
        {work.authors.length > 0 && (
          <p className={styles.authors} dir="auto">
            {work.authors.join(', ')}
          </p>
        )}
        <p className={styles.part}>
          {sections.length > 1 && (
            <>
              Part {section.number} of {sections.length} ·{' '}
            </>
          )}
          <a href={editionAddress(work.slug)}>Edition {edition.number}</a>
        </p>
        <Contents toSection={toSection} contents={contents} sections={sections} section={section.number} />
        <WorksCited
          works={works}
          section={section}
          toPassage={(range) => readAddress(work.slug, { edition: older, range })}
        />
        <noscript>
          <form action={readAddress(work.slug)} className={styles.find}>
            {older !== null && <input type="hidden" name="edition" value={older} />}
            <input
              type="search"
              name="find"
              aria-label="Find in the whole text"
              defaultValue={finds?.words}
            />
            <button type="submit">Find</button>
          </form>
        </noscript>
      </header>
      {finds && <Finds toPassage={(range) => readAddress(work.slug, { edition: older, range })} {...finds} />}
      <SetText blocks={blocks} hasWorks={works.length > 0} />
      <SectionWays toSection={toSection} sections={sections} section={section.number} />
      <noscript>
        <style>{'[data-needs-script] { display: none }'}</style>
        {notes.threads.length > 0 && <NotesList {...notes} blocks={toSpans(blocks)} />}
      </noscript>
    </article>
  )
}

function toSpans(blocks: readonly Block[]) {
  return blocks.map(({ start, end, number }) => ({ start, end, number }))
}

/** The address of a section of the edition on view. */
type ToSection = (section: number, hash?: string) => string

interface ContentsProps {
  readonly toSection: ToSection
  readonly contents: readonly ContentsLine[]
  readonly sections: readonly Section[]
  readonly section: number
}

function Contents({ toSection, contents, sections, section }: ContentsProps) {
  const lines =
    contents.length > 1
      ? contents.map(({ title, level, blockIndex, section: at }) => ({
          key: `h${blockIndex}`,
          title,
          level,
          href: at === section ? `#h${blockIndex}` : toSection(at, `h${blockIndex}`),
        }))
      : sections.length > 1
        ? sections.map(({ number, title }) => ({
            key: `s${number}`,
            title,
            level: 1,
            href: toSection(number),
          }))
        : []
  if (lines.length === 0) return null
  const highest = Math.min(...lines.map(({ level }) => level))
  return (
    <details className={styles.contents}>
      <summary>Contents</summary>
      <nav aria-label="Contents">
        <ol>
          {lines.map(({ key, title, level, href }) => (
            <li key={key} style={{ paddingInlineStart: `${(level - highest) * 1.1}em` }}>
              <a href={href} dir="auto">
                {title}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </details>
  )
}

function SectionWays({ toSection, sections, section }: Omit<ContentsProps, 'contents'>) {
  const before = sections.find(({ number }) => number === section - 1)
  const next = sections.find(({ number }) => number === section + 1)
  if (!before && !next) return null
  return (
    <nav className={styles.ways} aria-label="Sections">
      {before && (
        <a rel="prev" href={toSection(before.number)}>
          <span>Before</span> {before.title}
        </a>
      )}
      {next && (
        <a rel="next" href={toSection(next.number)}>
          <span>Next</span> {next.title}
        </a>
      )}
    </nav>
  )
}

function Finds({
  toPassage,
  words,
  total,
  finds,
}: NonNullable<EditionProps['finds']> & { readonly toPassage: (range: TextRange) => string }) {
  return (
    <section className={styles.finds} aria-label="Finds">
      <p>
        “{words}”: {total === 1 ? '1 place' : `${total} places`}
      </p>
      <ol>
        {finds.map((found) => (
          <li key={found.start}>
            <a href={toPassage({ start: found.start, end: found.end })} dir="auto">
              {found.before}
              <mark>{found.match}</mark>
              {found.after}
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}
