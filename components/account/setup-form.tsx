'use client'

import { callApi } from '#components/client/api.ts'
import { enterNewAccount } from './enter-new-account.ts'
import { PersonForm } from './person-form.tsx'

/** Makes the first administrator with the secret of the setup link, and signs them in. */
export function SetupForm({ secret }: { readonly secret: string }) {
  return (
    <PersonForm
      action="Make the account"
      onSubmit={async (account) => {
        await callApi('POST', '/setup', { body: { secret, ...account } })
        await enterNewAccount(account, '/')
      }}
    />
  )
}
