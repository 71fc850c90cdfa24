'use client'

import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog, type DialogProps } from './dialog.tsx'
import form from './form.module.css'
import { FormProblem } from './form-problem.tsx'
import { useSubmission } from './use-submission.ts'

export interface FormDialogProps
  extends Pick<DialogProps, 'open' | 'onOpenChange' | 'title' | 'description'> {
  /** What the button says that sends it. */
  readonly send: string
  /** What it does cannot be taken back. */
  readonly danger?: boolean
  /** Does what the form asks for, or throws `ApiError`; afterwards the dialog closes. */
  readonly onSend: (fields: FormData) => Promise<unknown>
  /** The fields, given what the server said against them. */
  readonly children?: (errors: Readonly<Record<string, string>>) => ReactNode
  /** The fields that show their own errors. */
  readonly shown?: readonly string[]
}

/** A dialog that asks for something and sends it. It stays, with the reason, when that is refused. */
export function FormDialog(props: FormDialogProps) {
  return (
    <Dialog {...props}>
      <FormBody {...props} />
    </Dialog>
  )
}

/** Lives as long as the dialog is open, so that each opening starts afresh. */
function FormBody({ onOpenChange, send, danger, onSend, children, shown }: FormDialogProps) {
  const { busy, problem, submit } = useSubmission()
  return (
    <form
      className={form.form}
      onSubmit={async (event) => {
        event.preventDefault()
        const fields = new FormData(event.currentTarget)
        if (await submit(() => onSend(fields))) onOpenChange(false)
      }}
    >
      {children?.(problem?.fields ?? {})}
      <FormProblem problem={problem} shown={shown} />
      <div className={form.buttons}>
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>
          {send}
        </Button>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
      </div>
    </form>
  )
}
