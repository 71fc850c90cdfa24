'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/client/api.ts'
import form from '#components/ui/form.module.css'
import { Notice } from '#components/ui/notice.tsx'
import { PersonForm } from './person-form.tsx'
import rows from './rows.module.css'

/** Where an administrator makes an account for someone. */
export function NewAccountForm() {
  const router = useRouter()
  const [made, setMade] = useState<string | null>(null)
  return (
    <div className={rows.below}>
      <PersonForm
        action="Make the account"
        forAnother
        onSubmit={async (account, data) => {
          setMade(null)
          await callApi('POST', '/accounts', { body: { ...account, admin: data.has('admin') } })
          setMade(account.name)
          router.refresh()
        }}
      >
        <label className={form.check}>
          <input type="checkbox" name="admin" />
          Administrator of this server
        </label>
      </PersonForm>
      <div role="status">
        {made !== null && (
          <Notice face="done">
            <bdi>{made}</bdi> has an account now and can sign in with this e-mail address and password.
          </Notice>
        )}
      </div>
    </div>
  )
}
