import type { ReactNode } from 'react'
import { describeDifferences } from '#domain/disputes/describe-dispute.ts'
import { isTelling } from '#domain/parallels/difference-words.ts'
import type { EvidenceSource, QuotedParallel } from '#domain/wire/dispute.ts'
import styles from './quoted-parallel.module.css'
import { QuotedPassage } from './quoted-passage.tsx'

type ParallelSource = Extract<EvidenceSource, { kind: 'parallel' }>

/** A parallel as evidence: both passages, what differs marked in them, and each difference in words. */
export function QuotedParallelView({ source }: { readonly source: ParallelSource }) {
  const { here, there, differences } = source
  const told = describeDifferences(source)
  return (
    <div className={styles.parallel}>
      <div className={styles.sides}>
        <QuotedPassage passage={here}>
          <MarkedWords words={here.exact} differences={differences} side="here" />
        </QuotedPassage>
        <QuotedPassage passage={there}>
          <MarkedWords words={there.exact} differences={differences} side="there" />
        </QuotedPassage>
      </div>
      {told.length === 0 ? (
        <p className={styles.differences}>Word for word the same.</p>
      ) : (
        <ul className={styles.differences} aria-label="What differs, when it was brought">
          {differences.map((difference, index) => (
            <li
              key={`${difference.kind} ${difference.here.start} ${difference.there.start}`}
              data-telling={isTelling(difference) || undefined}
              dir="auto"
            >
              {told[index]}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface MarkedWordsProps {
  readonly words: string
  readonly differences: QuotedParallel['differences']
  readonly side: 'here' | 'there'
}

/** The words of one side; those that the other has otherwise, or not, stand out. */
function MarkedWords({ words, differences, side }: MarkedWordsProps) {
  const inside = differences
    .map((difference) => ({ ...difference[side], telling: isTelling(difference) }))
    .filter(({ start, end }) => start >= 0 && end <= words.length && start < end)
    .sort((a, b) => a.start - b.start)
  const pieces: ReactNode[] = []
  let at = 0
  for (const { start, end, telling } of inside) {
    if (start < at) continue
    pieces.push(
      words.slice(at, start),
      <span key={start} className={styles.differs} data-telling={telling || undefined}>
        {words.slice(start, end)}
      </span>,
    )
    at = end
  }
  return [...pieces, words.slice(at)]
}
