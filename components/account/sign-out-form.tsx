'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

export interface SignOutFormProps {
  readonly userId: string
  /** next-auth's token for plain forms. */
  readonly formToken: string
  readonly children?: ReactNode
}

/**
 * Signs out. What this browser keeps of the account is erased with it; when something of it was never sent, that is
 * asked about first. Without scripts it is a plain form: then nothing was kept either.
 */
export function SignOutForm({ userId, formToken, children = 'Sign out' }: SignOutFormProps) {
  const [unsent, setUnsent] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    const { countKept, eraseAccount } = await import('#components/client/offline/erase-account.ts')
    const count = unsent > 0 ? 0 : await countKept(userId)
    setBusy(false)
    if (count > 0) {
      setUnsent(count)
      return
    }
    await eraseAccount(userId)
    form.submit()
  }
  return (
    <form method="post" action="/api/auth/signout" onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="csrfToken" value={formToken} />
      <input type="hidden" name="callbackUrl" value="/" />
      {unsent > 0 && (
        <p role="alert">
          {unsent === 1 ? 'One thing' : `${unsent} things`} you wrote in this browser{' '}
          {unsent === 1 ? 'was' : 'were'} never sent. Signing out erases {unsent === 1 ? 'it' : 'them'}. Open
          a text while there is a connection to send {unsent === 1 ? 'it' : 'them'}.
        </p>
      )}
      <Button type="submit" busy={isBusy}>
        {unsent > 0 ? 'Erase and sign out' : children}
      </Button>
    </form>
  )
}
