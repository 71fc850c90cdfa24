import type { Metadata } from 'next'
import { cache } from 'react'
import { GroupView } from '#components/groups/group-view.tsx'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { orRefusal, personOrSignIn } from '../../../doors.ts'
import { fromPath } from '../../../path-parameter.ts'

/** Enough to see what goes on; the texts themselves have the rest. */
const shownOfLatest = 8

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
  const { groups } = await services().accounts.me(actor)
  const mayModerate = can(actor, 'group.moderate', group, Date.now())
  const taught = groups.filter(({ id }) => can(actor, 'layer.add', { id, archived: false }, Date.now()))
  return (
    <GroupView
      group={group}
      userId={actor.userId}
      mayAddTexts={can(actor, 'document.import', null, Date.now())}
      activity={await services().groups.activity(actor, group.id, shownOfLatest)}
      sendsMail={services().accountLinks.sendsMail}
      taught={taught.map(({ id, name }) => ({ id, name }))}
      flagged={mayModerate ? (await services().flags.list(actor, group.id, { settled: false })).length : 0}
    />
  )
}

/** Asked for by the title and by the page, and answered once. */
const openGroup = cache(async (slug: string) => {
  const path = `/groups/${encodeURIComponent(slug)}`
  const actor = await personOrSignIn(path)
  return { actor, group: await orRefusal(services().groups.get(actor, slug), path) }
})
