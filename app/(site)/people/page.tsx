import type { Metadata } from 'next'
import { AccountList } from '#components/account/account-list.tsx'
import { NewAccountForm } from '#components/account/new-account-form.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal, personOrSignIn } from '../../doors.ts'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage() {
  const person = await personOrSignIn('/people')
  const accounts = await orRefusal(services().accounts.list(person), '/people')
  return (
    <Page
      title="People"
      lead="Everyone with an account on this server."
      actions={
        <>
          <ButtonLink href="/audit">Audit</ButtonLink>
          <ButtonLink href="/backup">Backup</ButtonLink>
        </>
      }
      narrow
    >
      <AccountList accounts={accounts} ownId={person.userId} />
      <PageSection
        title="Make an account"
        lead="Tell the person the password yourself. To bring people into a group, send them its invitation link instead: they make their account on their own."
      >
        <NewAccountForm />
      </PageSection>
    </Page>
  )
}
