import type { Metadata } from 'next'
import { forbidden } from 'next/navigation'
import { BackupDownload } from '#components/account/backup-download.tsx'
import { Page } from '#components/ui/page.tsx'
import { can } from '#domain/policy/can.ts'
import { personOrSignIn } from '../../doors.ts'

export const metadata: Metadata = { title: 'Backup' }

export default async function BackupPage() {
  const person = await personOrSignIn('/backup')
  if (!can(person, 'server.administer', null, Date.now())) forbidden()
  return (
    <Page
      title="Backup"
      lead="Everything on this server in one file, as of one moment: texts, people, groups, notes and their history. People may go on writing meanwhile. It is brought back into an empty server: on the page that its setup link opens, or on the command line."
      narrow
    >
      <BackupDownload />
    </Page>
  )
}
