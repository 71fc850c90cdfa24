import type { Metadata } from 'next'
import { DeleteAccount, SignOutEverywhere } from '#components/account/leave.tsx'
import { NewTokenForm } from '#components/account/new-token-form.tsx'
import { EmailForm, NameForm, PasswordForm } from '#components/account/own-account-forms.tsx'
import { SessionList } from '#components/account/session-list.tsx'
import { TokenList } from '#components/account/token-list.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import form from '#components/ui/form.module.css'
import { Page, PageSection } from '#components/ui/page.tsx'
import { PreferenceChoices } from '#components/ui/preference-choices.tsx'
import type { Person } from '#domain/policy/actor.ts'
import { services } from '#server/accessor.ts'
import { personOrSignIn } from '../../doors.ts'
import { readVisitor } from '../../visitor.ts'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const person = await personOrSignIn('/account')
  const { preferences } = await readVisitor()
  const tokens = await services().accounts.tokens(person)
  const hasPassword = await services().ownAccount.hasPassword(person)
  const proof = { userId: person.userId, email: person.email, hasPassword }
  return (
    <Page title={person.name} lead={person.email} narrow>
      <PageSection title="Appearance">
        <PreferenceChoices preferences={preferences} />
      </PageSection>
      <SignInParts person={person} hasPassword={hasPassword} />
      <PageSection
        title="API tokens"
        lead="With a token a program, or the command line, reads and writes as you. Each can be revoked by itself."
      >
        <TokenList tokens={tokens} />
        <NewTokenForm validIds={tokens.map(({ id }) => id)} />
      </PageSection>
      <PageSection
        title="Your data"
        lead="Everything that this server knows of you is one file. With the account, private notes and drafts are erased; what you wrote to others stays, by “Former reader”."
      >
        <div className={form.buttons}>
          <ButtonLink href="/api/v1/me/data" download>
            Download your data
          </ButtonLink>
          <DeleteAccount {...proof} />
        </div>
      </PageSection>
    </Page>
  )
}

async function SignInParts({ person, hasPassword }: { person: Person; hasPassword: boolean }) {
  const { ownAccount, accountLinks } = services()
  return (
    <>
      <PageSection title="Name">
        <NameForm name={person.name} />
      </PageSection>
      <PageSection
        title="E-mail"
        lead={
          accountLinks.sendsMail
            ? undefined
            : 'This server sends no mail, so nobody could confirm another address: ask whoever runs it to change yours.'
        }
      >
        {accountLinks.sendsMail && <EmailForm email={person.email} hasPassword={hasPassword} />}
      </PageSection>
      <PageSection title="Password">
        <PasswordForm email={person.email} hasPassword={hasPassword} />
      </PageSection>
      <PageSection title="Where you are signed in">
        <SessionList sessions={await ownAccount.sessions(person)} />
        <SignOutEverywhere />
      </PageSection>
    </>
  )
}
