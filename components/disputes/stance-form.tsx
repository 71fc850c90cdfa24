'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { Dispute, DisputePosition } from '#domain/wire/dispute.ts'
import type { NewStance } from '#domain/wire/dispute-requests.ts'
import styles from './dispute.module.css'
import { takeStance } from './dispute-api.ts'
import { heldWords } from './dispute-words.ts'
import { RewordedLink } from './reworded-link.tsx'

export interface StanceFormProps {
  readonly dispute: Dispute
  readonly onDispute: (next: Dispute) => void
}

/** Says what one holds: a position, several with weights, or that one is undecided; and why. */
export function StanceForm({ dispute, onDispute }: StanceFormProps) {
  const { busy, problem, submit } = useSubmission()
  const { mine, positions } = dispute
  const [isWeighing, setWeighing] = useState((mine?.positions.length ?? 0) > 1)
  const shareOf = (id: string) => mine?.positions.find((held) => held.id === id)?.share ?? 0
  // What was withdrawn is held on by whoever held it, and offered to nobody else.
  const offered = positions.filter(({ id, withdrawn }) => !withdrawn || shareOf(id) > 0)
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        const shown = event.currentTarget
        const stance = readStance(new FormData(shown), offered, isWeighing)
        void submit(async () => {
          onDispute(await takeStance(dispute.id, stance))
          const reason = shown.elements.namedItem('reason')
          if (reason instanceof HTMLInputElement) reason.value = ''
        })
      }}
    >
      <p className={styles.quiet}>
        {mine ? `You: ${heldWords(mine.positions, positions)}.` : 'You have not taken a stance.'} It can be
        changed at any time; what you held before stays in the history.
      </p>
      <Reworded dispute={dispute} />
      <fieldset className={form.checks}>
        <legend>{isWeighing ? 'How much of each you hold' : 'What you hold'}</legend>
        {offered.map((position) =>
          isWeighing ? (
            <label key={position.id} className={styles.weight}>
              <Choice position={position} />
              <input
                type="number"
                name={`weight-${position.id}`}
                min={0}
                max={100}
                defaultValue={Math.round(shareOf(position.id) * 100)}
              />
            </label>
          ) : (
            <label key={position.id} className={form.check}>
              <input
                type="radio"
                name="held"
                value={position.id}
                defaultChecked={shareOf(position.id) === 1}
                required
              />
              <Choice position={position} />
            </label>
          ),
        )}
        {!isWeighing && (
          <label className={form.check}>
            <input type="radio" name="held" value="" defaultChecked={mine?.positions.length === 0} required />
            Undecided
          </label>
        )}
      </fieldset>
      {offered.length > 1 && (
        <Button look="plain" className={styles.start} onClick={() => setWeighing(!isWeighing)}>
          {isWeighing ? 'Hold one' : 'Hold several, with weights'}
        </Button>
      )}
      <TextField label="Why" name="reason" maxLength={4000} hint="May be left empty." />
      <FormProblem problem={problem} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          {mine ? 'Change my stance' : 'Take this stance'}
        </Button>
      </div>
    </form>
  )
}

function Choice({ position: { number, statement, withdrawn } }: { readonly position: DisputePosition }) {
  return (
    <span className={styles.choice} dir="auto">
      {number}. {statement}
      {withdrawn && ' (withdrawn)'}
    </span>
  )
}

/** Tells whoever holds a position, also while they look at it, that it reads otherwise since they took it. */
function Reworded({ dispute: { mine, positions, history } }: { readonly dispute: Dispute }) {
  const reworded = mine?.positions.filter(({ takenAs }) => takenAs !== null) ?? []
  return (
    <div role="status">
      {reworded.map(({ id, takenAs }) => (
        <p key={id} className={styles.reworded}>
          Position {positions.find((position) => position.id === id)?.number} was{' '}
          <RewordedLink history={history} positionId={id}>
            reworded
          </RewordedLink>{' '}
          since you took it; it read <q dir="auto">{takenAs}</q> then. Send your stance again to hold it as it
          reads now.
        </p>
      ))}
    </div>
  )
}

function readStance(fields: FormData, positions: Dispute['positions'], isWeighing: boolean): NewStance {
  const reason = String(fields.get('reason') ?? '').trim()
  const held = String(fields.get('held') ?? '')
  if (!isWeighing) return { positions: held === '' ? [] : [{ id: held, weight: 1 }], reason }
  const weighted = positions.map(({ id }) => ({ id, weight: Number(fields.get(`weight-${id}`)) || 0 }))
  return { positions: weighted.filter(({ weight }) => weight > 0), reason }
}
