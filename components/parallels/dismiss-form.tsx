import { dismissParallel } from '#components/client/parallel-api.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'

export interface DismissFormProps {
  readonly parallelId: string
  readonly onDismissed: (id: string) => void
  readonly onCancel: () => void
}

/** Asks why two passages are unrelated; afterwards they are shown to nobody. Part of the view, which is on top of all. */
export function DismissForm({ parallelId, onDismissed, onCancel }: DismissFormProps) {
  const { busy, problem, submit } = useSubmission()
  return (
    <form
      className={form.form}
      aria-label="Unrelated passages"
      onSubmit={async (event) => {
        event.preventDefault()
        const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
        if (await submit(() => dismissParallel(parallelId, reason))) onDismissed(parallelId)
      }}
    >
      <TextField
        label="Why are they unrelated?"
        hint="They are shown to nobody any more, with your name to it."
        name="reason"
        autoFocus
        error={problem?.fields.reason}
      />
      <FormProblem problem={problem} shown={['reason']} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Say so
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
