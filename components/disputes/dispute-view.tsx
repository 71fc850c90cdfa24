'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { Toasts } from '#components/ui/toasts.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { hasEnded } from '#domain/disputes/status-machine.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import { Answers } from './answers.tsx'
import styles from './dispute.module.css'
import { markSeen, setFollowing } from './dispute-api.ts'
import { DisputePassages } from './dispute-passages.tsx'
import { dividednessWords } from './dispute-words.ts'
import { EvidenceForm } from './evidence-form.tsx'
import { ExportLinks } from './export-links.tsx'
import { newsMayHaveChanged } from './news-pulse.ts'
import { PositionColumn } from './position-column.tsx'
import { StatePosition } from './position-forms.tsx'
import { RetitleButton } from './retitle-button.tsx'
import { StanceForm } from './stance-form.tsx'
import { StancePlot } from './stance-plot.tsx'
import { StatusMark } from './status-mark.tsx'
import { DisputeHistory, StatusPanel } from './status-panel.tsx'
import { useDispute } from './use-dispute.ts'

export interface DisputeViewProps {
  readonly dispute: Dispute
  /** Null for a visitor without a sign-in. */
  readonly me: { readonly id: string; readonly name: string } | null
}

/** The page of a dispute: its passages side by side, its positions as columns, how the stances moved, how it stands. */
export function DisputeView({ dispute: firstSeen, me }: DisputeViewProps) {
  const [dispute, show, refresh] = useDispute(firstSeen)
  const [bringTo, setBringTo] = useState<string | null>(null)
  useMarkSeen(dispute, me !== null)
  useKeptFocus()
  const { question, raisedBy, createdAt, tags, positions, may } = dispute
  return (
    <Page
      title={question}
      lead={
        <>
          <StatusMark status={dispute.status} /> raised by {raisedBy.name} on{' '}
          <CalendarDate instant={createdAt} />
          {tags.length > 0 && ` · ${tags.join(', ')}`} · {dispute.id}
        </>
      }
      actions={
        me && (
          <>
            {may.reshape && <RetitleButton dispute={dispute} onDispute={show} />}
            <FollowButton dispute={dispute} onDispute={show} />
          </>
        )
      }
    >
      <DisputePassages dispute={dispute} onDispute={show} />
      <PageSection title="Positions" lead={dividednessWords(dispute.dividedness)}>
        {positions.length === 0 && <p className={styles.quiet}>Nobody has stated a position yet.</p>}
        <div className={styles.columns}>
          {positions.map((position) => (
            <PositionColumn
              key={position.id}
              dispute={dispute}
              position={position}
              me={me}
              onDispute={show}
              onRefresh={refresh}
              onBring={() => setBringTo(position.id)}
            />
          ))}
        </div>
        <Undecided dispute={dispute} />
        {may.takePart && !hasEnded(dispute.status) && <StatePosition dispute={dispute} onDispute={show} />}
        <EvidenceForm
          dispute={dispute}
          positionId={bringTo}
          onClose={() => setBringTo(null)}
          onDispute={show}
        />
      </PageSection>
      {may.takeStance && positions.length > 0 && (
        <PageSection title="Your stance" isOnPaper={false}>
          <StanceForm dispute={dispute} onDispute={show} />
        </PageSection>
      )}
      <PageSection title="How the stances moved">
        <StancePlot dispute={dispute} />
      </PageSection>
      <PageSection title="Discussion">
        <Answers dispute={dispute} replies={dispute.replies} evidence={null} onSent={refresh} />
      </PageSection>
      <PageSection title="How it stands">
        <StatusPanel dispute={dispute} onDispute={show} />
      </PageSection>
      <PageSection title="History">
        <DisputeHistory dispute={dispute} />
      </PageSection>
      <PageSection title="Take it with you" isOnPaper={false}>
        <ExportLinks path={`/disputes/${dispute.id}`} query="" />
      </PageSection>
      <Toasts />
    </Page>
  )
}

function Undecided({ dispute: { undecided } }: { readonly dispute: Dispute }) {
  if (undecided.length === 0) return null
  return <p className={styles.quiet}>Undecided: {undecided.map(({ person }) => person.name).join(', ')}.</p>
}

function FollowButton({ dispute, onDispute }: { dispute: Dispute; onDispute: (next: Dispute) => void }) {
  const { following, id } = dispute
  return (
    <Button
      aria-pressed={following}
      onClick={() => void setFollowing(id, !following).then(onDispute, () => {})}
    >
      {following ? 'Following' : 'Follow'}
    </Button>
  )
}

/** Whoever looks at a dispute that they follow has seen what is shown. */
function useMarkSeen({ id, following, history }: Dispute, isSignedIn: boolean): void {
  const number = history.at(-1)?.number ?? 0
  useEffect(() => {
    // Not told, it counts as news for a little longer.
    if (isSignedIn && following) markSeen(id, number).then(newsMayHaveChanged, () => {})
  }, [id, following, number, isSignedIn])
}
