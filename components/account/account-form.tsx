'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'

export interface AccountFormProps {
  /** Says what the button does. */
  readonly action: string
  /** Sends what was filled in; what it resolves with is said beneath, nothing when it is null. */
  readonly onSend: (data: FormData) => Promise<string | null>
  /** The fields, given what is wrong with each. */
  readonly children: (faultOf: (field: string) => string | null) => ReactNode
  /** The fields that show their own faults. */
  readonly shown: readonly string[]
  readonly look?: 'primary' | 'quiet' | 'danger'
}

/** A small form about an account. It empties itself when it was taken, and keeps what was written when not. */
export function AccountForm({ action, onSend, children, shown, look = 'quiet' }: AccountFormProps) {
  const { busy, problem, submit } = useSubmission()
  const [done, setDone] = useState<string | null>(null)

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const filledIn = event.currentTarget
    const data = new FormData(filledIn)
    setDone(null)
    const isTaken = await submit(async () => setDone(await onSend(data)))
    if (isTaken) filledIn.reset()
  }

  return (
    <form className={form.form} method="post" onSubmit={send}>
      <noscript>This form needs JavaScript.</noscript>
      <FormProblem problem={problem} shown={shown} />
      {children((field) => toSentence(problem?.fields[field]))}
      <div className={form.buttons}>
        <Button type="submit" look={look} busy={busy}>
          {action}
        </Button>
      </div>
      <div role="status">{done && <Notice face="done">{done}</Notice>}</div>
    </form>
  )
}

const toSentence = (fault: string | undefined) =>
  fault ? `${fault[0]?.toUpperCase()}${fault.slice(1)}` : null
