'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { readField } from './read-field.ts'
import rows from './rows.module.css'

interface ShownToken {
  readonly id: string
  readonly name: string
  readonly token: string
}

/** Makes an API token and shows it, this once. `validIds` are the tokens that still hold: a revoked one is hidden. */
export function NewTokenForm({ validIds }: { readonly validIds: readonly string[] }) {
  const router = useRouter()
  const { busy, problem, submit } = useSubmission()
  const [made, setMade] = useState<ShownToken | null>(null)

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const filledIn = event.currentTarget
    const name = readField(new FormData(filledIn), 'name')
    const isMade = await submit(async () => {
      const shown = await callApi<Omit<ShownToken, 'name'>>('POST', '/me/tokens', { body: { name } })
      setMade({ ...shown, name })
    })
    if (!isMade) return
    filledIn.reset()
    router.refresh()
  }

  return (
    <div className={rows.below}>
      <form className={form.form} method="post" onSubmit={send}>
        <FormProblem problem={problem} shown={['name']} />
        <div className={form.row}>
          <TextField
            label="What the token is for"
            name="name"
            maxLength={200}
            autoComplete="off"
            required
            error={problem?.fields.name ?? null}
          />
          <Button type="submit" busy={busy}>
            Make a token
          </Button>
        </div>
      </form>
      <div role="status">
        {made && validIds.includes(made.id) && <MadeToken name={made.name} token={made.token} />}
      </div>
    </div>
  )
}

function MadeToken({ name, token }: { name: string; token: string }) {
  return (
    <Notice
      face="done"
      title={`The token “${name}”`}
      heading="h3"
      actions={<CopyButton text={token} what="token" />}
    >
      <div className={form.form}>
        <p>Copy it now: it is not shown again. Whoever has it can do what you can.</p>
        <TextField label="Token" value={token} readOnly dir="ltr" spellCheck={false} />
      </div>
    </Notice>
  )
}
