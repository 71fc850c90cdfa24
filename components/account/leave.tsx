'use client'

import { useState } from 'react'
import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { givenPassword } from './own-account-forms.tsx'
import { OwnPasswordField } from './password-fields.tsx'
import { readField } from './read-field.ts'
import rows from './rows.module.css'

interface OwnAccount {
  readonly userId: string
  readonly email: string
  readonly hasPassword: boolean
}

/** Signs every browser out, this one too. */
export function SignOutEverywhere() {
  const [isAsking, setAsking] = useState(false)
  return (
    <div className={rows.below}>
      <div className={form.buttons}>
        <Button onClick={() => setAsking(true)}>Sign out everywhere</Button>
      </div>
      <FormDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        description="Every browser, this one too, has to sign in again. API tokens go on working."
        send="Sign out everywhere"
        onSend={async () => {
          await callApi('DELETE', '/me/sessions')
          location.assign('/sign-in')
        }}
      />
    </div>
  )
}

/** Deletes the account, once its person has shown that they mean it. */
export function DeleteAccount({ userId, email, hasPassword }: OwnAccount) {
  const [isAsking, setAsking] = useState(false)

  async function remove(data: FormData) {
    const body = { email: readField(data, 'email'), password: givenPassword(data) }
    await callApi('POST', '/me/deletion', { body })
    // What this browser keeps of the account goes with it.
    const { eraseAccount } = await import('#components/client/offline/erase-account.ts')
    await eraseAccount(userId)
    location.assign('/')
  }

  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete the account
      </Button>
      <FormDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Delete your account?"
        description="Private notes and drafts are erased. What you wrote to others stays, by “Former reader”. This cannot be undone."
        send="Delete the account"
        danger
        shown={['email', 'password']}
        onSend={remove}
      >
        {(errors) => (
          <>
            <TextField
              label="Your e-mail address, to be sure"
              name="email"
              type="email"
              autoComplete="off"
              required
              error={errors.email ?? null}
              placeholder={email}
            />
            {hasPassword && (
              <OwnPasswordField label="Password" name="password" error={errors.password ?? null} />
            )}
          </>
        )}
      </FormDialog>
    </>
  )
}
