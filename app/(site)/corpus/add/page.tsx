import type { Metadata } from 'next'
import { forbidden } from 'next/navigation'
import { AddText } from '#components/corpus/add-text.tsx'
import { Page } from '#components/ui/page.tsx'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { personOrSignIn } from '../../../doors.ts'

export const metadata: Metadata = { title: 'Add a text' }

/** Brings a text into the corpus, for those who may. */
export default async function AddTextPage() {
  const actor = await personOrSignIn('/corpus/add')
  const now = Date.now()
  if (!can(actor, 'document.import', null, now)) forbidden()
  const { groups } = await services().accounts.me(actor)
  const mayShareWidely = can(actor, 'document.make-public', null, now)
  return (
    <Page
      title="Add a text"
      lead="It is set for reading and kept as it is: nobody edits it, everybody annotates it."
      narrow
    >
      <AddText
        groups={groups.filter(({ id }) => can(actor, 'group.change-readings', { id, archived: false }, now))}
        visibilities={mayShareWidely ? ['group', 'signed-in', 'public'] : ['group']}
      />
    </Page>
  )
}
