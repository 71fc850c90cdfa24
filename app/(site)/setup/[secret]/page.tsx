import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ServerSetup } from '#components/account/server-setup.tsx'
import { Page } from '#components/ui/page.tsx'
import { readVisitor } from '../../../visitor.ts'

export const metadata: Metadata = { title: 'Set up', robots: { index: false } }

export default async function SetupPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  const { actor } = await readVisitor()
  // Whoever is signed in has an account, so the server is no longer empty.
  if (actor.kind === 'person') redirect('/')
  return (
    <Page
      title="Set up this server"
      lead="Nobody has an account here yet. Yours will be the administrator’s."
      narrow
    >
      <ServerSetup secret={secret} />
    </Page>
  )
}
