import type { Metadata } from 'next'
import { GroupList } from '#components/groups/group-list.tsx'
import { NewGroup } from '#components/groups/new-group.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { personOrSignIn } from '../../doors.ts'

export const metadata: Metadata = { title: 'Groups' }

/** The groups one belongs to, and a form for a new one. */
export default async function GroupsPage() {
  const actor = await personOrSignIn('/groups')
  const { groups } = await services().accounts.me(actor)
  return (
    <Page title="Groups" lead="People who read together, and write in the same margin.">
      {groups.length > 0 ? (
        <GroupList groups={groups} />
      ) : (
        <Notice face="empty" title="You are in no group yet">
          Somebody who is in one can send you a link that leads into it.
        </Notice>
      )}
      {can(actor, 'group.create', null, Date.now()) && (
        <PageSection title="Make a group" lead="You own it, and invite the others.">
          <NewGroup />
        </PageSection>
      )}
    </Page>
  )
}
