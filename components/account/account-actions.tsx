'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/client/api.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import form from '#components/ui/form.module.css'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { AccountChange, AccountRow } from '#domain/wire/account.ts'
import { readField } from './read-field.ts'

type Asked = 'change' | 'disable' | 'reset' | null

interface ResetLink {
  readonly url: string | null
  readonly sentTo: string | null
}

/** What an administrator may do about an account. */
export function AccountActions({ account, isOwn }: { account: AccountRow; isOwn: boolean }) {
  const router = useRouter()
  const [asked, setAsked] = useState<Asked>(null)
  const [link, setLink] = useState<ResetLink | null>(null)
  const close = () => setAsked(null)
  const change = async (body: AccountChange) => {
    await callApi('PATCH', `/accounts/${account.id}`, { body })
    router.refresh()
  }
  const makeLink = async () =>
    setLink(await callApi<ResetLink>('POST', `/accounts/${account.id}/password-resets`))

  return (
    <div className={form.buttons}>
      <Button aria-label={`Change ${account.name}`} onClick={() => setAsked('change')}>
        Change
      </Button>
      {!account.disabled && (
        <Button aria-label={`Reset link for ${account.name}`} onClick={() => setAsked('reset')}>
          Reset link
        </Button>
      )}
      {!isOwn && (
        <Button
          look={account.disabled ? 'quiet' : 'danger'}
          aria-label={`${account.disabled ? 'Enable' : 'Disable'} ${account.name}`}
          onClick={() => setAsked('disable')}
        >
          {account.disabled ? 'Enable' : 'Disable'}
        </Button>
      )}
      <ChangeDialog account={account} open={asked === 'change'} onClose={close} onChange={change} />
      <FormDialog
        open={asked === 'disable'}
        onOpenChange={close}
        title={account.disabled ? `Let ${account.name} in again?` : `Disable ${account.name}?`}
        description={
          account.disabled
            ? 'They sign in again as before. API tokens that they had stay revoked.'
            : 'They are signed out everywhere at once, and their API tokens are revoked. What they wrote stays.'
        }
        send={account.disabled ? 'Enable' : 'Disable'}
        danger={!account.disabled}
        onSend={() => change({ disabled: !account.disabled })}
      />
      <FormDialog
        open={asked === 'reset'}
        onOpenChange={close}
        title={`A new password for ${account.name}?`}
        description="Makes a link with which they choose one. When they do, everything that was signed in with this account is signed out."
        send="Make a link"
        onSend={makeLink}
      />
      {link && <LinkDialog link={link} name={account.name} onClose={() => setLink(null)} />}
    </div>
  )
}

interface ChangeDialogProps {
  readonly account: AccountRow
  readonly open: boolean
  readonly onClose: () => void
  readonly onChange: (change: AccountChange) => Promise<void>
}

function ChangeDialog({ account, open, onClose, onChange }: ChangeDialogProps) {
  return (
    <FormDialog
      open={open}
      onOpenChange={onClose}
      title={`Change ${account.name}`}
      send="Save"
      shown={['name', 'email']}
      onSend={(data) =>
        onChange({
          name: readField(data, 'name'),
          email: readField(data, 'email'),
          admin: data.has('admin'),
        })
      }
    >
      {(errors) => (
        <>
          <TextField
            label="Name"
            name="name"
            defaultValue={account.name}
            maxLength={200}
            required
            error={errors.name ?? null}
          />
          <TextField
            label="E-mail"
            name="email"
            type="email"
            defaultValue={account.email}
            required
            error={errors.email ?? null}
          />
          <label className={form.check}>
            <input type="checkbox" name="admin" defaultChecked={account.admin} />
            Administrator of this server
          </label>
        </>
      )}
    </FormDialog>
  )
}

function LinkDialog({ link, name, onClose }: { link: ResetLink; name: string; onClose: () => void }) {
  const mailed = `A link is on its way to ${link.sentTo}. It works once, within an hour.`
  const shown = `This server sends no mail: hand the link to ${name} yourself. It works once, within three days, and is not shown again.`
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="The link is made"
      description={link.url === null ? mailed : shown}
      actions={
        <>
          {link.url !== null && <CopyButton text={link.url} what="link" />}
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      {link.url !== null && <TextField label="Link" value={link.url} readOnly dir="ltr" spellCheck={false} />}
    </Dialog>
  )
}
