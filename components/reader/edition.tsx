/** The server's part of the reader page: title, contents, the text of one section, and the way to the others. */
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import { NotesList } from '#components/margin/notes-list.tsx'
import type { Block, Section } from '#domain/text/edition-text.ts'
import type { Document } from '#domain/wire/document.ts'
import styles from './edition.module.css'
import './drawn-highlights.css'
import { SetText } from './set-text.tsx'

/** A section as a service reads it. */
export interface EditionView {
  readonly document: Document
  readonly section: Section
  readonly sections: readonly Section[]
  readonly blocks: readonly Block[]
  readonly contents: readonly ContentsLine[]
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
  readonly notes: readonly PlacedThread[]
  readonly finds: {
    readonly words: string
    readonly total: number
    readonly finds: readonly FoundLine[]
  } | null
  readonly isResumed: boolean
}

/** Everything of the reader that needs no JavaScript. */
export function Edition({ view, notes, finds, isResumed }: EditionProps) {
  const { document: work, section, sections, blocks, contents } = view
  const base = `/read/${work.slug}`
  const opensWithTitle = blocks[0]?.form.kind === 'heading' && blocks[0].text.trim() === work.title.trim()
  return (
    <article className="edition" lang={work.language ?? undefined}>
      {isResumed && (
        <p className={styles.resumed}>
          You are where you stopped. <a href={`${base}/1`}>Read from the beginning</a>
        </p>
      )}
      <header className={styles.head}>
        {/* A text that opens with its own title needs it on the page once. */}
        <h1 dir="auto" className={opensWithTitle ? styles.heard : undefined}>
          {section.number === 1 ? work.title : <a href={`${base}/1`}>{work.title}</a>}
        </h1>
        {work.authors.length > 0 && <p className={styles.authors}>{work.authors.join(', ')}</p>}
        {sections.length > 1 && (
          <p className={styles.part}>
            Part {section.number} of {sections.length}
          </p>
        )}
        <Contents base={base} contents={contents} sections={sections} section={section.number} />
        <noscript>
          <form action={base} className={styles.find}>
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
      {finds && <Finds base={base} {...finds} />}
      <SetText blocks={blocks} />
      <SectionWays base={base} sections={sections} section={section.number} />
      <noscript>
        <style>{'[data-needs-script] { display: none }'}</style>
        {notes.length > 0 && <NotesList threads={notes} blocks={toSpans(blocks)} />}
      </noscript>
    </article>
  )
}

function toSpans(blocks: readonly Block[]) {
  return blocks.map(({ start, end, number }) => ({ start, end, number }))
}

interface ContentsProps {
  readonly base: string
  readonly contents: readonly ContentsLine[]
  readonly sections: readonly Section[]
  readonly section: number
}

function Contents({ base, contents, sections, section }: ContentsProps) {
  const lines =
    contents.length > 1
      ? contents.map(({ title, level, blockIndex, section: at }) => ({
          key: `h${blockIndex}`,
          title,
          level,
          href: at === section ? `#h${blockIndex}` : `${base}/${at}#h${blockIndex}`,
        }))
      : sections.length > 1
        ? sections.map(({ number, title }) => ({
            key: `s${number}`,
            title,
            level: 1,
            href: `${base}/${number}`,
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

function SectionWays({ base, sections, section }: Omit<ContentsProps, 'contents'>) {
  const before = sections.find(({ number }) => number === section - 1)
  const next = sections.find(({ number }) => number === section + 1)
  if (!before && !next) return null
  return (
    <nav className={styles.ways} aria-label="Sections">
      {before && (
        <a rel="prev" href={`${base}/${before.number}`}>
          <span>Before</span> {before.title}
        </a>
      )}
      {next && (
        <a rel="next" href={`${base}/${next.number}`}>
          <span>Next</span> {next.title}
        </a>
      )}
    </nav>
  )
}

function Finds({
  base,
  words,
  total,
  finds,
}: NonNullable<EditionProps['finds']> & { readonly base: string }) {
  return (
    <section className={styles.finds} aria-label="Finds">
      <p>
        “{words}”: {total === 1 ? '1 place' : `${total} places`}
      </p>
      <ol>
        {finds.map((found) => (
          <li key={found.start}>
            <a href={`${base}?at=${found.start}-${found.end}`} dir="auto">
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
