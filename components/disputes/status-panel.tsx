'use client'

import { useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { TimeAgo } from '#components/margin/time-ago.tsx'
import { Button } from '#components/ui/button.tsx'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea, TextField } from '#components/ui/text-field.tsx'
import type { Dispute } from '#domain/wire/dispute.ts'
import type { DisputeStatus } from '#domain/wire/thread.ts'
import styles from './dispute.module.css'
import { fetchDispute, setDisputeStatus } from './dispute-api.ts'
import { eventWords, statusWords } from './dispute-words.ts'
import { eventId } from './reworded-link.tsx'
import { StatusMark } from './status-mark.tsx'

export interface StatusPanelProps {
  readonly dispute: Dispute
  readonly onDispute: (next: Dispute) => void
}

/** What happened since somebody began to lead the dispute to `step`, and what that leaves to do. */
function meanwhileWords(seen: Dispute, latest: Dispute, step: DisputeStatus): string {
  const last = seen.history.at(-1)?.number ?? 0
  const news = latest.history.filter(({ number }) => number > last)
  const told = news.map((event) =>
    [...('by' in event ? [event.by.name] : []), eventWords(event, latest.positions)].join(' '),
  )
  const left = latest.may.become.includes(step)
    ? 'Send this again if it still holds.'
    : 'This can be sent no more; what you wrote stays here until you close it.'
  return `Meanwhile: ${told.join('; ')}. ${left}`
}

/** How the dispute stands, how it ended, and the steps that this person may take. */
export function StatusPanel({ dispute, onDispute }: StatusPanelProps) {
  const { outcome, may, status } = dispute
  const [step, setStep] = useState<DisputeStatus | null>(null)
  const [seen, setSeen] = useState(dispute)
  const begin = (next: DisputeStatus) => {
    // What the person saw when they began is what they decide on.
    setSeen(dispute)
    setStep(next)
  }
  return (
    <div>
      <p>
        <StatusMark status={status} />
      </p>
      {outcome && (
        <div className={styles.outcome}>
          {outcome.text !== '' && <p dir="auto">{outcome.text}</p>}
          <p dir="auto">{outcome.rationale}</p>
          <p className={styles.quiet}>
            {outcome.by.name}, <CalendarDate instant={outcome.at} />
          </p>
        </div>
      )}
      <div className={styles.ways}>
        {may.become.map((to) => (
          <Button key={to} onClick={() => begin(to)}>
            {statusWords[to].verb}
          </Button>
        ))}
      </div>
      <FormDialog
        open={step !== null}
        onOpenChange={(open) => !open && setStep(null)}
        title={step ? `${statusWords[step].verb}: ${dispute.question}` : ''}
        send={step ? statusWords[step].verb : ''}
        onSend={async (fields) => {
          if (!step) return
          const text = (name: string) => String(fields.get(name) ?? '').trim()
          const positionId = text('positionId') || undefined
          const words = { outcome: text('outcome'), positionId, rationale: text('rationale') }
          const wanted = { status: step, ...words }
          try {
            const madeFrom = step === 'contested' ? undefined : seen.version
            onDispute(await setDisputeStatus(dispute.id, wanted, madeFrom))
          } catch (error) {
            if (!(error instanceof ApiError) || error.code !== 'stale') throw error
            // They look at what is new, and what they wrote is still there to be sent again.
            const latest = await fetchDispute(dispute.id)
            onDispute(latest)
            setSeen(latest)
            throw new ApiError('stale', meanwhileWords(seen, latest, step), error.status)
          }
        }}
      >
        {() => (
          <>
            {step === 'settled' && (
              <>
                <Select
                  label="The outcome follows"
                  name="positionId"
                  options={[
                    { value: '', label: 'no position: say it below' },
                    ...dispute.positions
                      .filter(({ withdrawn }) => !withdrawn)
                      .map(({ id, number, statement }) => ({ value: id, label: `${number}. ${statement}` })),
                  ]}
                />
                <TextField
                  label="Outcome"
                  name="outcome"
                  hint="Left empty, it is the statement of the position that it follows."
                />
              </>
            )}
            <TextArea label="Why" name="rationale" rows={3} required={step !== 'contested'} />
          </>
        )}
      </FormDialog>
    </div>
  )
}

/** Everything that happened in the dispute, the newest first. */
export function DisputeHistory({ dispute }: { readonly dispute: Dispute }) {
  return (
    <ol className={styles.history} reversed>
      {dispute.history.toReversed().map((event) => (
        <li key={event.number} id={eventId(event.number)} value={event.number}>
          {'by' in event && <span className={styles.person}>{event.by.name} </span>}
          {eventWords(event, dispute.positions)}{' '}
          <span className={styles.quiet}>
            · <TimeAgo instant={event.at} />
          </span>
          {event.kind === 'status' && (event.outcome || event.rationale) && (
            <p className={styles.quiet} dir="auto">
              {[event.outcome, event.rationale].filter(Boolean).join(' — ')}
            </p>
          )}
          {event.kind === 'stance' && event.reason !== '' && (
            <p className={styles.quiet} dir="auto">
              {event.reason}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}
