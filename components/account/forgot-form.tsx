'use client'

import { callApi } from '#components/client/api.ts'
import { TextField } from '#components/ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'
import { readField } from './read-field.ts'

/** Asks for a link to choose a new password. */
export function ForgotForm() {
  return (
    <AccountForm
      action="Send me a link"
      look="primary"
      shown={['email']}
      onSend={async (data) => {
        await callApi('POST', '/password-resets', { body: { email: readField(data, 'email') } })
        return 'If there is an account with this address, a link is on its way to it. It works for an hour.'
      }}
    >
      {(faultOf) => (
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          error={faultOf('email')}
        />
      )}
    </AccountForm>
  )
}
