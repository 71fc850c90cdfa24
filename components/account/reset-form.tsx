'use client'

import { callApi } from '#components/client/api.ts'
import { AccountForm } from './account-form.tsx'
import { enterNewAccount } from './enter-new-account.ts'
import { NewPasswordField } from './password-fields.tsx'
import { readField } from './read-field.ts'

/** Chooses a new password with the secret of a link, and signs in with it. */
export function ResetForm({ secret }: { readonly secret: string }) {
  return (
    <AccountForm
      action="Choose this password"
      look="primary"
      shown={['password']}
      onSend={async (data) => {
        const password = readField(data, 'password')
        const body = { secret, password }
        const { email } = await callApi<{ email: string }>('POST', '/password-resets/use', { body })
        await enterNewAccount({ email, password }, '/')
        return null
      }}
    >
      {(faultOf) => <NewPasswordField label="New password" name="password" error={faultOf('password')} />}
    </AccountForm>
  )
}
