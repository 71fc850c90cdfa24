'use client'

import { useEffect, useState } from 'react'
import { quoteEvidence } from '#domain/disputes/describe-dispute.ts'
import type { Dispute, VisibleEvidence } from '#domain/wire/dispute.ts'
import type { DisputeRef } from '#domain/wire/thread.ts'
import { fetchDispute } from './dispute-api.ts'
import styles from './dispute-card.module.css'
import { shareWords } from './dispute-words.ts'
import { StatusMark } from './status-mark.tsx'

export interface DisputeCardProps {
  /** As the thread has it: its version grows with every change, and the card follows. */
  readonly dispute: DisputeRef
  /** Whether the card is open: closed, it shows the question and the status alone. */
  readonly isActive: boolean
}

/** A dispute on its card in the margin: the question, who holds what, the newest evidence, how it stands. */
export function DisputeCard({ dispute: ref, isActive }: DisputeCardProps) {
  const dispute = useWhole(ref, isActive)
  return (
    <div className={styles.card}>
      <p className={styles.question} dir="auto">
        {ref.question}
      </p>
      <p className={styles.line}>
        <StatusMark status={ref.status} /> {isActive && <a href={`/disputes/${ref.id}`}>Open the dispute</a>}
      </p>
      {isActive && dispute && <Parts dispute={dispute} />}
    </div>
  )
}

function Parts({ dispute }: { readonly dispute: Dispute }) {
  const newest = findNewest(dispute)
  return (
    <>
      {dispute.positions.length > 0 && (
        <ol className={styles.positions} aria-label="Positions">
          {dispute.positions.map(({ id, statement, holders }) => (
            <li key={id} dir="auto">
              {statement}
              <span className={styles.quiet}>
                {holders.length === 0
                  ? dispute.stancesHidden
                    ? ' (stances are hidden)'
                    : ' (nobody)'
                  : ` (${holders.map(({ person, share }) => person.name + shareWords(share)).join(', ')})`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {dispute.outcome && dispute.outcome.text !== '' && (
        <p dir="auto">
          <span className={styles.quiet}>Outcome:</span> {dispute.outcome.text}
        </p>
      )}
      {newest && (
        <p dir="auto">
          <span className={styles.quiet}>
            Newest evidence, {newest.side === 'for' ? 'for' : 'against'}{' '}
            {dispute.positions.find(({ id }) => id === newest.positionId)?.number}:
          </span>{' '}
          {shorten(quoteEvidence(newest))}
        </p>
      )}
    </>
  )
}

/** The whole dispute, asked for when the card is open and again with each version. */
function useWhole({ id, version }: DisputeRef, isWanted: boolean): Dispute | null {
  const [dispute, setDispute] = useState<Dispute | null>(null)
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    fetchDispute(id).then(
      (found) => isCurrent && found.version >= version && setDispute(found),
      // The card keeps what it shows; the next version asks again.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [id, isWanted, version])
  return dispute
}

function findNewest({ positions }: Dispute): VisibleEvidence | null {
  const visible = positions.flatMap(({ evidence }) =>
    evidence.flatMap((each) => ('hidden' in each ? [] : [each])),
  )
  return visible.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0] ?? null
}

const shorten = (words: string) => (words.length > 140 ? `${words.slice(0, 140)}…` : words)
