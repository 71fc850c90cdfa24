'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { retitle } from './dispute-api.ts'
import type { DisputePartProps } from './dispute-part-props.ts'
import { QuestionField } from './question-field.tsx'

/** Puts the question otherwise. */
export function RetitleButton({ dispute, onDispute }: DisputePartProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Put it otherwise…</Button>
      <FormDialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Put the question otherwise"
        description="How it was put before stays in the history."
        send="Put it so"
        shown={['question']}
        onSend={async (fields) => onDispute(await retitle(dispute.id, String(fields.get('question'))))}
      >
        {(errors) => <QuestionField defaultValue={dispute.question} error={errors.question} />}
      </FormDialog>
    </>
  )
}
