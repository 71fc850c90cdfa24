import type { Metadata } from 'next'
import { cache } from 'react'
import { GroupView } from '#components/groups/group-view.tsx'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { orRefusal, personOrSignIn } from '../../../doors.ts'
import { fromPath } from '../../../path-parameter.ts'

interface GroupPageProps {
  readonly params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  const { group } = await openGroup(fromPath((await params).slug))
  return { title: group.name }
}

/** A group that one belongs to. */
export default async function GroupPage({ params }: GroupPageProps) {
  const { actor, group } = await openGroup(fromPath((await params).slug))
  return (
    <GroupView
      group={group}
      userId={actor.userId}
      mayAddTexts={can(actor, 'document.import', null, Date.now())}
    />
  )
}

/** Asked for by the title and by the page, and answered once. */
const openGroup = cache(async (slug: string) => {
  const path = `/groups/${encodeURIComponent(slug)}`
  const actor = await personOrSignIn(path)
  return { actor, group: await orRefusal(services().groups.get(actor, slug), path) }
})
