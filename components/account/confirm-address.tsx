'use client'

import { callApi } from '#components/client/api.ts'
import { AccountForm } from './account-form.tsx'

/** Confirms an address: by a press, since programs that look at mail open its links. */
export function ConfirmAddress({ secret }: { readonly secret: string }) {
  return (
    <AccountForm
      action="Confirm this address"
      look="primary"
      shown={[]}
      onSend={async () => {
        const { email } = await callApi<{ email: string }>('POST', '/email-changes/confirm', {
          body: { secret },
        })
        return `From now on you sign in with ${email}.`
      }}
    >
      {() => null}
    </AccountForm>
  )
}
