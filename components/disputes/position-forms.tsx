'use client'

import { useState } from 'react'
import { newId } from '#components/client/new-id.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { DisputePosition } from '#domain/wire/dispute.ts'
import { addPosition, changePosition } from './dispute-api.ts'
import type { DisputePartProps } from './dispute-part-props.ts'

/** States a position. */
export function StatePosition({ dispute, onDispute }: DisputePartProps) {
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
          <StatementField
            error={errors.statement}
            hint="Whoever holds it can write it out at length beneath."
          />
        )}
      </FormDialog>
    </>
  )
}

/** Words a position otherwise, withdraws it or takes it up again. */
export function PositionWays({
  dispute,
  onDispute,
  position,
}: DisputePartProps & { readonly position: DisputePosition }) {
  const [isRewording, setRewording] = useState(false)
  const { busy, problem, submit } = useSubmission()
  const { id, number, statement, withdrawn } = position
  return (
    <>
      <Button look="plain" aria-label={`Reword position ${number}`} onClick={() => setRewording(true)}>
        Reword…
      </Button>
      <Button
        look="plain"
        busy={busy}
        aria-label={withdrawn ? `Take position ${number} up again` : `Withdraw position ${number}`}
        onClick={() =>
          void submit(async () => onDispute(await changePosition(dispute.id, id, { withdrawn: !withdrawn })))
        }
      >
        {withdrawn ? 'Take up again' : 'Withdraw'}
      </Button>
      <FormProblem problem={problem} />
      <FormDialog
        open={isRewording}
        onOpenChange={setRewording}
        title={`Reword position ${number}`}
        description="Whoever holds it goes on holding it, and hears of it. How it was worded stays in the history."
        send="Reword it"
        shown={['statement']}
        onSend={async (fields) => {
          const next = String(fields.get('statement'))
          onDispute(await changePosition(dispute.id, id, { statement: next }))
        }}
      >
        {(errors) => <StatementField defaultValue={statement} error={errors.statement} />}
      </FormDialog>
    </>
  )
}

interface StatementFieldProps {
  readonly defaultValue?: string
  readonly error?: string
  readonly hint?: string
}

function StatementField(props: StatementFieldProps) {
  return <TextField label="In one sentence" name="statement" required maxLength={500} {...props} />
}
