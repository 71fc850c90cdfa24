'use client'

import { Button } from '#components/ui/button.tsx'
import type { Dispute, DisputePosition } from '#domain/wire/dispute.ts'
import styles from './dispute.module.css'
import { shareWords } from './dispute-words.ts'
import { EvidenceItem } from './evidence-item.tsx'
import { numberEvidence } from './number-evidence.ts'
import { PositionWays } from './position-forms.tsx'
import { PositionNote } from './position-note.tsx'
import { RewordedLink } from './reworded-link.tsx'

export interface PositionColumnProps {
  readonly dispute: Dispute
  readonly position: DisputePosition
  readonly me: { readonly id: string; readonly name: string } | null
  readonly onDispute: (next: Dispute) => void
  readonly onRefresh: () => Promise<void>
  readonly onBring: () => void
}

/** A position with who holds it, the note that its holders write, and what speaks for and against it. */
export function PositionColumn(props: PositionColumnProps) {
  const { dispute, position, me, onDispute, onRefresh, onBring } = props
  const numbers = numberEvidence(dispute)
  return (
    <section
      className={styles.column}
      data-color={((position.number - 1) % 6) + 1}
      aria-labelledby={`position-${position.id}`}
    >
      <h3 className={styles.statement} id={`position-${position.id}`} dir="auto">
        <span className={styles.number}>{position.number}.</span>{' '}
        {position.withdrawn ? <s>{position.statement}</s> : position.statement}
      </h3>
      <p className={styles.quiet}>
        stated by {position.author.name}
        {position.withdrawn && ', withdrawn'}
      </p>
      {position.mayChange && (
        <div className={styles.ways}>
          <PositionWays dispute={dispute} position={position} onDispute={onDispute} />
        </div>
      )}
      <Holders dispute={dispute} position={position} meId={me?.id ?? null} />
      <PositionNote dispute={dispute} position={position} me={me} onDispute={onDispute} />
      {position.evidence.length > 0 && (
        <ul className={styles.evidenceList} aria-label={`Evidence on position ${position.number}`}>
          {position.evidence.map((evidence) => (
            <EvidenceItem
              key={evidence.id}
              dispute={dispute}
              evidence={evidence}
              number={numbers.get(evidence.id) ?? 0}
              onDispute={onDispute}
              onRefresh={onRefresh}
            />
          ))}
        </ul>
      )}
      {dispute.may.takePart && !position.withdrawn && (
        <Button look="plain" onClick={onBring} aria-label={`Bring evidence on position ${position.number}`}>
          Bring evidence
        </Button>
      )}
    </section>
  )
}

interface HoldersProps extends Pick<PositionColumnProps, 'dispute' | 'position'> {
  readonly meId: string | null
}

function Holders({ dispute, position, meId }: HoldersProps) {
  if (position.holders.length === 0) {
    return (
      <p className={styles.quiet}>{dispute.stancesHidden ? 'Who holds it is hidden.' : 'Nobody holds it.'}</p>
    )
  }
  return (
    <ul className={styles.holders} aria-label={`Who holds position ${position.number}`}>
      {position.holders.map(({ person, share, takenAs, left }) => (
        <li key={person.id}>
          {person.name}
          <span className={styles.share}>{shareWords(share)}</span>
          {left && <span className={styles.share}> has left</span>}
          {takenAs !== null && (
            <span className={styles.share}>
              {' '}
              <RewordedLink history={dispute.history} positionId={position.id}>
                {person.id === meId ? 'reworded since you took it' : 'reworded since'}
              </RewordedLink>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
