import type { ReactNode } from 'react'
import { readAddress } from '#components/reader/read-address.ts'
import { citePassage, citePlace, describeFate } from '#domain/disputes/describe-dispute.ts'
import type { DisputePassage } from '#domain/wire/dispute.ts'
import styles from './quoted-passage.module.css'

/**
 * A passage in its text, as it stands there now; where it stands there no more, the words as they were quoted. What
 * became of it since is said beneath.
 */
export function QuotedPassage({ passage, isWhole = false, children }: QuotedPassageProps) {
  const { document, exact, place, quotedFrom, start, end } = passage
  const fate = describeFate(passage)
  const isChanged = place !== null && place.words !== exact
  return (
    <figure className={styles.quoted}>
      <blockquote className={styles.words} dir="auto" cite={`/read/${document.slug}`}>
        {isWhole && place && <span className={styles.around}>{fromWordBreak(place.before)}</span>}
        <mark>{isChanged ? place.words : (children ?? exact)}</mark>
        {isWhole && place && <span className={styles.around}>{toWordBreak(place.after)}</span>}
      </blockquote>
      {isChanged && (
        <p className={styles.fate}>
          As it was quoted from edition {quotedFrom}: <q dir="auto">{exact}</q>
        </p>
      )}
      {!isChanged && fate && <p className={styles.fate}>{fate}</p>}
      <figcaption className={styles.source}>
        {place ? (
          <a href={readAddress(document.slug, { section: place.section, range: { start, end } })} dir="auto">
            {citePlace(document, place)}
          </a>
        ) : (
          <span dir="auto">{citePassage(passage)}</span>
        )}
      </figcaption>
    </figure>
  )
}

interface QuotedPassageProps {
  readonly passage: DisputePassage
  /** With what stands around it. */
  readonly isWhole?: boolean
  /** The words as they were quoted, with something marked in them; left out: just the words. */
  readonly children?: ReactNode
}

/** Longer than this, what stands around was cut, perhaps inside a word. */
const cutLength = 390

const fromWordBreak = (text: string) => (text.length < cutLength ? text : `…${text.replace(/^\S*/, '')}`)
const toWordBreak = (text: string) => (text.length < cutLength ? text : `${text.replace(/\S*$/, '')}…`)
