'use client'

import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { enterNewAccount } from './enter-new-account.ts'
import { PersonForm } from './person-form.tsx'

interface Invited {
  /** The secret of the invitation link. */
  readonly secret: string
  readonly groupName: string
}

interface Joined {
  readonly groupSlug: string
}

/** Joins with the account one is signed in to. */
export function JoinButton({ secret, groupName }: Invited) {
  const { busy, problem, submit } = useSubmission()

  async function join() {
    const { groupSlug } = await callApi<Joined>('POST', '/invitations/join', { body: { secret } })
    location.assign(`/groups/${groupSlug}`)
  }

  return (
    <div className={form.form}>
      <FormProblem problem={problem} />
      <div className={form.buttons}>
        <Button look="primary" busy={busy} onClick={() => void submit(join)}>
          Join {groupName}
        </Button>
      </div>
    </div>
  )
}

/** Joins with an account made on the spot, and signs in with it. */
export function JoinForm({ secret, groupName }: Invited) {
  return (
    <PersonForm
      action={`Join ${groupName}`}
      onSubmit={async (account) => {
        const { groupSlug } = await callApi<Joined>('POST', '/invitations/join', {
          body: { secret, account },
        })
        await enterNewAccount(account, `/groups/${groupSlug}`)
      }}
    />
  )
}
