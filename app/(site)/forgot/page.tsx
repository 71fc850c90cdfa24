import type { Metadata } from 'next'
import { ForgotForm } from '#components/account/forgot-form.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'

export const metadata: Metadata = { title: 'A forgotten password' }

// Whether there is mail is known only once the server runs.
export const dynamic = 'force-dynamic'

export default function ForgotPage() {
  if (!services().accountLinks.sendsMail) return <AskAdministrator />
  return (
    <Page title="A forgotten password" lead="We send a link to choose a new one." narrow>
      <ForgotForm />
    </Page>
  )
}

function AskAdministrator() {
  return (
    <Page title="A forgotten password" narrow>
      <Notice face="empty" actions={<ButtonLink href="/sign-in">Back to signing in</ButtonLink>}>
        This server sends no mail. Ask whoever runs it: they can make you a link to choose a new password.
      </Notice>
    </Page>
  )
}
