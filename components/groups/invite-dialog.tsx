'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import form from '#components/ui/form.module.css'
import { FormProblem } from '#components/ui/form-problem.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useSubmission } from '#components/ui/use-submission.ts'
import type { Role } from '#domain/policy/actor.ts'
import type { Group, Invitation } from '#domain/wire/group.ts'
import { dayWords } from './day-words.ts'
import { invite } from './group-api.ts'
import { RoleChoice, readRole } from './role-choice.tsx'
import { roleWords } from './role-words.ts'

const dayMs = 86_400_000
const lifetimes = [
  { value: '1', label: 'A day' },
  { value: '14', label: 'Two weeks' },
  { value: '90', label: 'Three months' },
  { value: '365', label: 'A year' },
]
const uses = [
  { value: '1', label: 'One person' },
  { value: '10', label: 'Ten people' },
  { value: '50', label: 'Fifty people' },
  { value: 'any', label: 'Anyone who has it' },
]

export interface InviteDialogProps {
  readonly group: Group
  /** Roles that the person may invite to. */
  readonly roles: readonly Role[]
  /** Whether the server can mail the link. */
  readonly sendsMail: boolean
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Makes a link that leads into the group, for one role. */
export function InviteDialog({ group, roles, sendsMail, open, onOpenChange }: InviteDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite by a link"
      description="Whoever opens it joins the group, and makes an account if they have none."
    >
      <InviteBody group={group} roles={roles} sendsMail={sendsMail} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

function InviteBody({
  group,
  roles,
  sendsMail,
  onClose,
}: Pick<InviteDialogProps, 'group' | 'roles' | 'sendsMail'> & { onClose: () => void }) {
  const [made, setMade] = useState<Invitation | null>(null)
  const { busy, problem, submit } = useSubmission()
  if (made) return <MadeInvitation invitation={made} onClose={onClose} />
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const email = String(fields.get('email') ?? '').trim()
    const wanted = {
      ...(email === '' ? {} : { email }),
      role: readRole(fields, roles),
      expiresAt: new Date(Date.now() + Number(fields.get('days')) * dayMs).toISOString(),
      uses: fields.get('uses') === 'any' ? null : Number(fields.get('uses')),
    }
    void submit(async () => setMade(await invite(group.id, wanted)))
  }
  return (
    <form className={form.form} onSubmit={make}>
      <RoleChoice roles={roles} chosen="reader" />
      <div className={form.row}>
        <Select label="Works for" name="uses" options={uses} />
        <Select label="During" name="days" options={lifetimes} defaultValue="14" />
      </div>
      {sendsMail && (
        <TextField
          label="Send it to (may stay empty)"
          name="email"
          type="email"
          dir="ltr"
          maxLength={254}
          error={problem?.fields.email}
        />
      )}
      <FormProblem problem={problem} shown={['email']} />
      <div className={form.buttons}>
        <Button type="submit" look="primary" busy={busy}>
          Make the link
        </Button>
      </div>
    </form>
  )
}

function MadeInvitation({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { url, role, expiresAt } = invitation
  const howOften = uses.find(({ value }) => value === String(invitation.uses ?? 'any'))?.label
  return (
    <div className={form.form}>
      <TextField
        label="The link"
        value={url}
        readOnly
        dir="ltr"
        // The form that held the focus is gone.
        ref={(field) => field?.focus()}
        onFocus={({ target }) => target.select()}
        hint={`Makes ${roleWords[role].one}. For: ${howOften?.toLowerCase()}, until ${dayWords(expiresAt)}. It is shown this once.`}
      />
      <div className={form.buttons}>
        <CopyButton text={url} what="link" />
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  )
}
