'use client'

import type { FormEvent, ReactNode } from 'react'
import type { ApiError } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { readField } from './read-field.ts'

/** What makes an account. */
export interface AccountEntry {
  readonly name: string
  readonly email: string
  readonly password: string
}

export interface PersonFormProps {
  /** Says what the button does. */
  readonly action: string
  /** Makes the account and what follows. What it throws is told at the form, which keeps what was written. */
  readonly onSubmit: (account: AccountEntry, data: FormData) => Promise<void>
  /** Whether the account is another person's: the browser then does not offer one's own name and address. */
  readonly forAnother?: boolean
  /** Further choices, after the fields. */
  readonly children?: ReactNode
}

/** Name, e-mail and password of a new account. Empties itself when the account is made. */
export function PersonForm({ action, onSubmit, forAnother = false, children }: PersonFormProps) {
  const { busy, problem, submit } = useSubmission()

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const filledIn = event.currentTarget
    const data = new FormData(filledIn)
    const account = {
      name: readField(data, 'name'),
      email: readField(data, 'email'),
      password: readField(data, 'password'),
    }
    if (await submit(() => onSubmit(account, data))) filledIn.reset()
  }

  return (
    <form className={form.form} method="post" onSubmit={send}>
      <noscript>This form needs JavaScript.</noscript>
      <FormProblem problem={problem} shown={fields.flatMap((field) => [field, `account.${field}`])} />
      <TextField
        label="Name"
        name="name"
        hint={forAnother ? 'As others will see it.' : 'As others will see you.'}
        autoComplete={forAnother ? 'off' : 'name'}
        maxLength={200}
        required
        error={faultOf(problem, 'name')}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete={forAnother ? 'off' : 'username'}
        required
        error={faultOf(problem, 'email')}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        hint="At least 10 characters; a few words together do well."
        autoComplete="new-password"
        minLength={10}
        maxLength={200}
        required
        error={faultOf(problem, 'password')}
      />
      {children}
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  )
}

const fields = ['name', 'email', 'password'] as const

/** What the server says against a field, wherever in its message the account stood. */
function faultOf(problem: ApiError | null, field: (typeof fields)[number]): string | null {
  const fault = problem?.fields[field] ?? problem?.fields[`account.${field}`]
  if (!fault) return null
  return `${fault[0]?.toUpperCase()}${fault.slice(1)}`
}
