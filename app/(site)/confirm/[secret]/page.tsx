import type { Metadata } from 'next'
import { ConfirmAddress } from '#components/account/confirm-address.tsx'
import { Page } from '#components/ui/page.tsx'

export const metadata: Metadata = { title: 'Confirm an address', robots: { index: false } }

export default async function ConfirmPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  return (
    <Page title="Confirm an address" lead="It becomes the one that you sign in with." narrow>
      <ConfirmAddress secret={secret} />
    </Page>
  )
}
