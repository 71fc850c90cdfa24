'use client'

import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { readField } from './read-field.ts'
import { signIn } from './sign-in.ts'
import type { SignInProblem } from './sign-in-problem.ts'

export interface SignInFormProps {
  /** A path of this server. */
  readonly returnTo: string
  /** Lets the form be sent before, or without, any script. */
  readonly formToken: string | null
  /** Why the try before this page failed. */
  readonly failed: SignInProblem | null
}

/** E-mail and password. With scripts what was filled in stays when it is refused; without, it is a plain form. */
export function SignInForm({ returnTo, formToken, failed }: SignInFormProps) {
  const { busy, problem, submit } = useSubmission()

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const isIn = await submit(() => signIn(readField(data, 'email'), readField(data, 'password')))
    // The whole page again: everything on it depends on who asks.
    if (isIn) location.assign(returnTo)
  }

  return (
    <form className={form.form} method="post" action="/api/auth/callback/credentials" onSubmit={send}>
      {problem ? (
        <FormProblem problem={problem} />
      ) : (
        failed && !busy && <Notice face="failed">{failed.words}</Notice>
      )}
      <input type="hidden" name="csrfToken" value={formToken ?? ''} />
      <input type="hidden" name="callbackUrl" value={returnTo} />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Sign in
        </Button>
        <a href="/forgot">Forgot your password?</a>
      </div>
    </form>
  )
}
