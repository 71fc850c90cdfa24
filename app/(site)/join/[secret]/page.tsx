import type { Metadata } from 'next'
import { JoinButton, JoinForm } from '#components/account/join-form.tsx'
import { roleOffered } from '#components/account/role-offered.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { toSignIn } from '../../../doors.ts'
import { readVisitor } from '../../../visitor.ts'

export const metadata: Metadata = { title: 'Join a group', robots: { index: false } }

export default async function JoinPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const { actor } = await readVisitor()
  const offer = await services().groups.invitation(secret)
  if (!offer) return <NotValid />
  const { groupName, role } = offer
  if (actor.kind === 'person') {
    return (
      <Page title={groupName} lead={`${roleOffered(role)} You are signed in as ${actor.name}.`} narrow>
        <JoinButton secret={secret} groupName={groupName} />
      </Page>
    )
  }
  return (
    <Page title={groupName} lead={roleOffered(role)} narrow>
      <PageSection title="I have an account here">
        <ButtonLink href={toSignIn(`/join/${secret}`)}>Sign in to join</ButtonLink>
      </PageSection>
      <PageSection title="I am new here">
        <JoinForm secret={secret} groupName={groupName} />
      </PageSection>
    </Page>
  )
}

function NotValid() {
  return (
    <Page title="This invitation does not lead anywhere" narrow>
      <Notice face="refused" actions={<ButtonLink href="/">To the corpus</ButtonLink>}>
        It has been used, has expired or was taken back. Ask whoever sent it for a new one.
      </Notice>
    </Page>
  )
}
