'use client'

import { useRouter } from 'next/navigation'
import { callApi } from '#components/client/api.ts'
import { TextField } from '#components/ui/text-field.tsx'
import { AccountForm } from './account-form.tsx'
import { NewPasswordField, OwnPasswordField } from './password-fields.tsx'
import { readField } from './read-field.ts'
import { signIn } from './sign-in.ts'

/** Changes one's own name. */
export function NameForm({ name }: { readonly name: string }) {
  const router = useRouter()
  return (
    <AccountForm
      action="Change the name"
      shown={['name']}
      onSend={async (data) => {
        await callApi('PATCH', '/me', { body: { name: readField(data, 'name') } })
        router.refresh()
        return 'Everyone sees the new name from now on.'
      }}
    >
      {(faultOf) => (
        <TextField
          key={name}
          label="Name"
          name="name"
          defaultValue={name}
          hint="As others see you."
          autoComplete="name"
          maxLength={200}
          required
          error={faultOf('name')}
        />
      )}
    </AccountForm>
  )
}

/** Asks for another e-mail address, which a letter to it confirms. */
export function EmailForm({ email, hasPassword }: { readonly email: string; readonly hasPassword: boolean }) {
  return (
    <AccountForm
      action="Change the address"
      shown={['email', 'password']}
      onSend={async (data) => {
        const body = { email: readField(data, 'email'), password: givenPassword(data) }
        const { sentTo } = await callApi<{ sentTo: string }>('POST', '/me/email', { body })
        return `A link is on its way to ${sentTo}. The address changes when it is opened, within an hour.`
      }}
    >
      {(faultOf) => (
        <>
          <TextField
            label="New e-mail address"
            name="email"
            type="email"
            hint={`It is ${email} now.`}
            autoComplete="email"
            required
            error={faultOf('email')}
          />
          {hasPassword && <OwnPasswordField label="Password" name="password" error={faultOf('password')} />}
        </>
      )}
    </AccountForm>
  )
}

/** Chooses another password; this browser signs in again with it, every other is signed out. */
export function PasswordForm({
  email,
  hasPassword,
}: {
  readonly email: string
  readonly hasPassword: boolean
}) {
  return (
    <AccountForm
      action={hasPassword ? 'Change the password' : 'Choose a password'}
      shown={['current', 'password']}
      onSend={async (data) => {
        const password = readField(data, 'password')
        const current = hasPassword ? readField(data, 'current') : null
        await callApi('POST', '/me/password', { body: { current, password } })
        await signIn(email, password)
        return 'The password is changed. Other browsers are signed out.'
      }}
    >
      {(faultOf) => (
        <>
          {/* Tells a password manager whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          {hasPassword && (
            <OwnPasswordField label="Present password" name="current" error={faultOf('current')} />
          )}
          <NewPasswordField label="New password" name="password" error={faultOf('password')} />
        </>
      )}
    </AccountForm>
  )
}

/** What was given to prove who asks; null where there is no password to ask for. */
export const givenPassword = (data: FormData) => (data.has('password') ? readField(data, 'password') : null)
