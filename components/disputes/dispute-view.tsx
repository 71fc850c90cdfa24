'use client'

import { useEffect, useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { NoteBody } from '#components/margin/note-body.tsx'
import { Button } from '#components/ui/button.tsx'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Toasts } from '#components/ui/toasts.tsx'
import { hasEnded } from '#domain/disputes/status-machine.ts'
import type { Dispute } from '#domain/wire/dispute.ts'
import { Answers } from './answers.tsx'
import styles from './dispute.module.css'
import { addPosition, markSeen, setFollowing } from './dispute-api.ts'
import { dividednessWords } from './dispute-words.ts'
import { EvidenceForm } from './evidence-form.tsx'
import { ExportLinks } from './export-links.tsx'
import { PositionColumn } from './position-column.tsx'
import { QuotedPassage } from './quoted-passage.tsx'
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
      actions={me && <FollowButton dispute={dispute} onDispute={show} />}
    >
      <Passages dispute={dispute} />
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
        {may.takePart && !hasEnded(dispute.status) && <NewPosition dispute={dispute} onDispute={show} />}
        <EvidenceForm
          dispute={dispute}
          positionId={bringTo}
          onClose={() => setBringTo(null)}
          onDispute={show}
        />
      </PageSection>
      {may.takePart && positions.length > 0 && (
        <PageSection title="Your stance">
          <StanceForm dispute={dispute} onDispute={show} />
        </PageSection>
      )}
      <PageSection title="How the stances moved">
        <StancePlot dispute={dispute} />
      </PageSection>
      <PageSection title="Discussion">
        <Answers
          dispute={dispute}
          replies={dispute.replies}
          evidenceId={null}
          label="Discussion"
          onSent={refresh}
        />
      </PageSection>
      <PageSection title="How it stands">
        <StatusPanel dispute={dispute} onDispute={show} />
      </PageSection>
      <PageSection title="History">
        <DisputeHistory dispute={dispute} />
      </PageSection>
      <PageSection title="Take it with you">
        <ExportLinks path={`/disputes/${dispute.id}`} query="" />
      </PageSection>
      <Toasts />
    </Page>
  )
}

function Passages({ dispute: { passages, note } }: { readonly dispute: Dispute }) {
  return (
    <PageSection title={passages.length > 1 ? 'The passages' : 'The passage'}>
      {passages.length === 0 && <p className={styles.quiet}>It is about a document as a whole.</p>}
      <div className={styles.passages}>
        {passages.map((passage) =>
          'hidden' in passage ? (
            <p key={passage.id} className={styles.quiet}>
              A passage in a text that you may not open.
            </p>
          ) : (
            <QuotedPassage key={passage.id} passage={passage} isWhole />
          ),
        )}
      </div>
      {note && note.text !== '' && (
        <div className={styles.opening}>
          <p className={styles.quiet}>{note.author.name}</p>
          <NoteBody json={note.json} />
        </div>
      )}
    </PageSection>
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

function NewPosition({ dispute, onDispute }: { dispute: Dispute; onDispute: (next: Dispute) => void }) {
  const [id, setId] = useState<string | null>(null)
  return (
    <>
      <Button onClick={() => setId(newId())}>State a position</Button>
      <FormDialog
        open={id !== null}
        onOpenChange={(open) => !open && setId(null)}
        title="State a position"
        send="State it"
        shown={['statement']}
        onSend={async (fields) => {
          const statement = String(fields.get('statement'))
          if (id) onDispute(await addPosition(dispute.id, { id, statement }))
        }}
      >
        {(errors) => (
          <TextField
            label="In one sentence"
            name="statement"
            required
            maxLength={500}
            error={errors.statement}
            hint="Whoever holds it can write it out at length beneath."
          />
        )}
      </FormDialog>
    </>
  )
}

/** Whoever looks at a dispute that they follow has seen what is shown. */
function useMarkSeen({ id, following, history }: Dispute, isSignedIn: boolean): void {
  const number = history.at(-1)?.number ?? 0
  useEffect(() => {
    // Not told, it counts as news for a little longer.
    if (isSignedIn && following) markSeen(id, number).catch(() => {})
  }, [id, following, number, isSignedIn])
}
