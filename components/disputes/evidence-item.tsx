'use client'

import { useState } from 'react'
import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Select } from '#components/ui/select.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { Dispute, Evidence, EvidenceSource, VisibleEvidence } from '#domain/wire/dispute.ts'
import { Answers } from './answers.tsx'
import styles from './dispute.module.css'
import { changeEvidence, removeEvidence } from './dispute-api.ts'
import type { DisputePartProps } from './dispute-part-props.ts'
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
      {evidence.mayChange && (
        <EvidenceWays dispute={dispute} evidence={evidence} number={number} onDispute={onDispute} />
      )}
      <Answers
        dispute={dispute}
        replies={evidence.replies}
        evidence={{ id: evidence.id, number }}
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
  number,
  onDispute,
}: DisputePartProps & { readonly evidence: VisibleEvidence; readonly number: number }) {
  const [isMoving, setMoving] = useState(false)
  const { busy, problem, submit } = useSubmission()
  const places = dispute.positions
    .filter(({ id, withdrawn }) => !withdrawn || id === evidence.positionId)
    .flatMap((position) =>
      (['for', 'against'] as const).map((side) => ({
        value: `${side} ${position.id}`,
        label: `${side === 'for' ? 'For' : 'Against'} position ${position.number}`,
      })),
    )
  return (
    <div className={styles.ways}>
      <Button look="plain" aria-label={`Move evidence ${number}`} onClick={() => setMoving(true)}>
        Move…
      </Button>
      <Button
        look="plain"
        busy={busy}
        aria-label={`Take away evidence ${number}`}
        onClick={() => void submit(async () => onDispute(await removeEvidence(dispute.id, evidence.id)))}
      >
        Take away
      </Button>
      <FormProblem problem={problem} />
      <FormDialog
        open={isMoving}
        onOpenChange={setMoving}
        title={`Move evidence ${number}`}
        send="Move it"
        onSend={async (fields) => {
          const [side, positionId] = String(fields.get('place')).split(' ')
          const to = { positionId, side: side === 'for' ? 'for' : 'against' } as const
          onDispute(await changeEvidence(dispute.id, evidence.id, to))
        }}
      >
        {() => (
          <Select
            label="It speaks"
            name="place"
            defaultValue={`${evidence.side} ${evidence.positionId}`}
            options={places}
          />
        )}
      </FormDialog>
    </div>
  )
}
