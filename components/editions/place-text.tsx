import Link from 'next/link'
import type { EditionView } from '#components/reader/edition.tsx'
import { SetText } from '#components/reader/set-text.tsx'
import styles from './place-chooser.module.css'

export interface PlaceTextProps {
  readonly view: EditionView
  /** The address that opens the text at an offset, which is added at its end. */
  readonly base: string
}

/** One section of an edition to select words in, with the way to those beside it. */
export function PlaceText({ view: { document, section, sections, blocks }, base }: PlaceTextProps) {
  const beside = (number: number, words: string) => {
    const other = sections.find((each) => each.number === number)
    // Without leaving the page: what was decided in it stays on view.
    return (
      other && (
        <Link href={`${base}${other.start}`} scroll={false} prefetch={false}>
          {words}: <bdi>{other.title}</bdi>
        </Link>
      )
    )
  }
  return (
    <>
      {sections.length > 1 && (
        <nav className={styles.sections} aria-label="Sections of this edition">
          {beside(section.number - 1, 'Before')}
          {beside(section.number + 1, 'Next')}
        </nav>
      )}
      <article className="edition" lang={document.language ?? undefined}>
        <SetText blocks={blocks} idPrefix="place-" />
      </article>
    </>
  )
}
