import type { Metadata } from 'next'
import { NewTokenForm } from '#components/account/new-token-form.tsx'
import { TokenList } from '#components/account/token-list.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { PreferenceChoices } from '#components/ui/preference-choices.tsx'
import { services } from '#server/accessor.ts'
import { personOrSignIn } from '../../doors.ts'
import { readVisitor } from '../../visitor.ts'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const person = await personOrSignIn('/account')
  const { preferences } = await readVisitor()
  const tokens = await services().accounts.tokens(person)
  return (
    <Page title={person.name} lead={person.email} narrow>
      <PageSection title="Appearance">
        <PreferenceChoices preferences={preferences} />
      </PageSection>
      <PageSection
        title="API tokens"
        lead="With a token a program, or the command line, reads and writes as you. Each can be revoked by itself."
      >
        <TokenList tokens={tokens} />
        <NewTokenForm validIds={tokens.map(({ id }) => id)} />
      </PageSection>
    </Page>
  )
}
