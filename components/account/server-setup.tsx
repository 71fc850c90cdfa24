'use client'

import { useState } from 'react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CalendarDate } from '#components/ui/calendar-date.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageSection } from '#components/ui/page.tsx'
import type { Restored } from '#domain/wire/backup.ts'
import { BackupRestore } from './backup-restore.tsx'
import { SetupForm } from './setup-form.tsx'

/** The two ways in which an empty server begins: with a first account, or with everything that another server had. */
export function ServerSetup({ secret }: { readonly secret: string }) {
  const [restored, setRestored] = useState<Restored | null>(null)
  if (restored) return <EverythingIsBack {...restored} />
  return (
    <>
      <SetupForm secret={secret} />
      <PageSection
        title="Or bring back a backup"
        lead="People, texts, groups and notes of another server come here instead of a new account."
      >
        <BackupRestore secret={secret} onRestored={setRestored} />
      </PageSection>
    </>
  )
}

function EverythingIsBack({ madeAt, rows }: Restored) {
  return (
    <Notice
      face="done"
      title="Everything is back"
      announce
      actions={
        <ButtonLink look="primary" href="/sign-in">
          Sign in
        </ButtonLink>
      }
    >
      <p>
        {rows.toLocaleString('en')} rows, as they were on <CalendarDate instant={madeAt} />. Everybody signs
        in again, with the password they had; API tokens hold.
      </p>
    </Notice>
  )
}
