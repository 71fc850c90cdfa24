'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import form from '#components/ui/form.module.css'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { addMember } from './group-api.ts'
import type { GroupPart } from './group-part.ts'
import styles from './groups.module.css'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { RoleChoice, readRole } from './role-choice.tsx'
import { RosterDialog } from './roster-dialog.tsx'

/** Who is in the group, and the ways to bring others in. */
export function MemberSection({
  userId,
  sendsMail,
  ...part
}: GroupPart & { readonly userId: string; readonly sendsMail: boolean }) {
  const { group, rights, onGroup } = part
  const [open, setOpen] = useState<'invite' | 'add' | 'roster' | null>(null)
  const { inviteTo } = rights
  return (
    <>
      <ul className={styles.members}>
        {group.members.map((member) => (
          <MemberRow key={member.user.id} {...part} member={member} isSelf={member.user.id === userId} />
        ))}
      </ul>
      {inviteTo.length > 0 && (
        <div className={form.buttons}>
          <Button onClick={() => setOpen('invite')}>Invite by a link</Button>
          <Button onClick={() => setOpen('add')}>Add by e-mail</Button>
          <Button onClick={() => setOpen('roster')}>Bring in a class list</Button>
        </div>
      )}
      <InviteDialog
        group={group}
        roles={inviteTo}
        sendsMail={sendsMail}
        open={open === 'invite'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'invite' : null)}
      />
      <RosterDialog
        {...part}
        open={open === 'roster'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'roster' : null)}
      />
      {inviteTo.length > 0 && <InvitationList group={group} isInviting={open !== null} />}
      <FormDialog
        open={open === 'add'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'add' : null)}
        title="Add by e-mail"
        description="For those who have an account on this server."
        send="Add"
        shown={['email']}
        onSend={async (fields) =>
          onGroup(await addMember(group.id, String(fields.get('email')), readRole(fields, inviteTo)))
        }
      >
        {(errors) => (
          <>
            <TextField
              label="E-mail"
              name="email"
              type="email"
              dir="ltr"
              required
              maxLength={254}
              error={errors.email}
            />
            <RoleChoice roles={inviteTo} chosen="reader" />
          </>
        )}
      </FormDialog>
    </>
  )
}
