'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { scopes } from '#domain/policy/scope.ts'
import { readField } from './read-field.ts'
import rows from './rows.module.css'
import { scopeWords } from './scope-words.ts'

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
    const data = new FormData(filledIn)
    const name = readField(data, 'name')
    const isMade = await submit(async () => {
      const shown = await callApi<Omit<ShownToken, 'name'>>('POST', '/me/tokens', {
        body: { name, scope: readField(data, 'scope'), expiresAt: toExpiry(readField(data, 'days')) },
      })
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
          <Select label="It" name="scope" defaultValue="write" options={scopeChoices} />
          <Select label="For" name="days" defaultValue="90" options={lifetimes} />
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

const scopeChoices = scopes.map((scope) => ({ value: scope, label: scopeWords[scope].toLowerCase() }))
const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'as long as it is not revoked' },
] as const

/** When so many days have passed; null for ever. */
const toExpiry = (days: string) =>
  days === '' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString()

function MadeToken({ name, token }: { name: string; token: string }) {
  return (
    <Notice
      face="done"
      title={`The token “${name}”`}
      heading="h3"
      actions={<CopyButton text={token} what="token" />}
    >
      <div className={form.form}>
        <p>Copy it now: it is not shown again. Whoever has it can do in your name what it was made for.</p>
        <TextField label="Token" value={token} readOnly dir="ltr" spellCheck={false} />
      </div>
    </Notice>
  )
}
