'use client'

import { type FormEvent, useRef } from 'react'
import { newId } from '#components/client/new-id.ts'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import { makeGroup } from './group-api.ts'

/** Makes a group, and goes to its page. */
export function NewGroup() {
  const { busy, problem, submit } = useSubmission()
  const id = useRef<string | null>(null)
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    void submit(async () => {
      id.current ??= newId()
      const { slug } = await makeGroup(id.current, name)
      window.location.assign(`/groups/${slug}`)
    })
  }
  const forgetId = () => {
    id.current = null
  }
  return (
    <form className={form.form} onSubmit={make} onChange={forgetId}>
      <TextField label="Name" name="name" required maxLength={200} error={problem?.fields.name} />
      <FormProblem problem={problem} shown={['name']} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Make the group
        </Button>
      </div>
    </form>
  )
}
