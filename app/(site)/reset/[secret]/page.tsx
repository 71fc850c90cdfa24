import type { Metadata } from 'next'
import { ResetForm } from '#components/account/reset-form.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'

export const metadata: Metadata = { title: 'A new password', robots: { index: false } }

export default async function ResetPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  if (!(await services().accountLinks.isPasswordReset(secret))) return <NotValid />
  return (
    <Page title="A new password" lead="Every browser and API token of the account is signed out." narrow>
      <ResetForm secret={secret} />
    </Page>
  )
}

function NotValid() {
  return (
    <Page title="This link does not lead anywhere" narrow>
      <Notice face="refused" actions={<ButtonLink href="/forgot">Ask for another</ButtonLink>}>
        It has been used, has expired, or was replaced by a later one.
      </Notice>
    </Page>
  )
}
