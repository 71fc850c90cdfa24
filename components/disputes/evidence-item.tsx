'use client'

import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { Dispute, Evidence, EvidenceSource, VisibleEvidence } from '#domain/wire/dispute.ts'
import { Answers } from './answers.tsx'
import styles from './dispute.module.css'
import { changeEvidence, removeEvidence } from './dispute-api.ts'
import { QuotedParallelView } from './quoted-parallel.tsx'
import { QuotedPassage } from './quoted-passage.tsx'

export interface EvidenceItemProps {
  readonly dispute: Dispute
  readonly evidence: Evidence
  /** Its number in the dispute, by which the plot and its table name it. */
  readonly number: number
  readonly onDispute: (next: Dispute) => void
  readonly onRefresh: () => Promise<void>
}

/** A piece of evidence under its position. Of what one may not open, that it is there. */
export function EvidenceItem({ dispute, evidence, number, onDispute, onRefresh }: EvidenceItemProps) {
  if ('hidden' in evidence) {
    return <li className={styles.hiddenEvidence}>E{number}: evidence from a text that you may not open.</li>
  }
  const { side, author, note, source } = evidence
  return (
    <li className={styles.evidence} data-side={side} id={`evidence-${evidence.id}`}>
      <p className={styles.evidenceHead}>
        <span className={styles.side}>
          <span aria-hidden="true">{side === 'for' ? '+' : '−'}</span> {side === 'for' ? 'For' : 'Against'}
        </span>
        <span className={styles.quiet}>
          E{number} by {author.name}
        </span>
      </p>
      <Source source={source} />
      {note !== '' && (
        <p className={styles.said} dir="auto">
          {note}
        </p>
      )}
      {evidence.mayChange && <EvidenceWays dispute={dispute} evidence={evidence} onDispute={onDispute} />}
      <Answers
        dispute={dispute}
        replies={evidence.replies}
        evidenceId={evidence.id}
        label={`Answers to evidence ${number}`}
        onSent={onRefresh}
      />
    </li>
  )
}

function Source({ source }: { readonly source: EvidenceSource }) {
  switch (source.kind) {
    case 'passage':
      return <QuotedPassage passage={source.passage} />
    case 'parallel':
      return <QuotedParallelView source={source} />
    case 'citation':
      return (
        <p className={styles.citation} dir="auto">
          {source.citation}
        </p>
      )
    case 'thread': {
      const { thread } = source
      const words = thread.deleted ? 'A note that was deleted.' : thread.text || 'A note without words.'
      const head = `${thread.author.name}, in the margin`
      return (
        <figure className={styles.cited}>
          <blockquote dir="auto">{words}</blockquote>
          <figcaption className={styles.quiet}>
            {thread.documentSlug && !thread.deleted ? (
              <a href={readAddress(thread.documentSlug, { threadId: thread.id })}>{head}</a>
            ) : (
              head
            )}
          </figcaption>
        </figure>
      )
    }
  }
}

/** Where evidence can be moved, and taking it away. */
function EvidenceWays({
  dispute,
  evidence,
  onDispute,
}: {
  readonly dispute: Dispute
  readonly evidence: VisibleEvidence
  readonly onDispute: (next: Dispute) => void
}) {
  const { busy, problem, submit } = useSubmission()
  const places = dispute.positions
    .filter(({ id, withdrawn }) => !withdrawn || id === evidence.positionId)
    .flatMap(({ id, number }) =>
      (['for', 'against'] as const).map((side) => ({
        value: `${side} ${id}`,
        label: `${side === 'for' ? 'For' : 'Against'} position ${number}`,
      })),
    )
  return (
    <div className={styles.ways}>
      <label className={styles.move}>
        Move to
        <select
          value={`${evidence.side} ${evidence.positionId}`}
          onChange={(event) => {
            const [side, positionId] = event.target.value.split(' ')
            const to = { positionId, side: side === 'for' ? 'for' : 'against' } as const
            void submit(async () => onDispute(await changeEvidence(dispute.id, evidence.id, to)))
          }}
        >
          {places.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Button
        look="plain"
        busy={busy}
        onClick={() => void submit(async () => onDispute(await removeEvidence(dispute.id, evidence.id)))}
      >
        Take away
      </Button>
      <FormProblem problem={problem} />
    </div>
  )
}
