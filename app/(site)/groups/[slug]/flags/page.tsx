import type { Metadata } from 'next'
import { FlagQueue } from '#components/groups/flag-queue.tsx'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal, personOrSignIn } from '../../../../doors.ts'
import { fromPath } from '../../../../path-parameter.ts'

export const metadata: Metadata = { title: 'Flagged' }

/** What readers asked the instructors of a group to look at. */
export default async function FlagsPage({ params }: { readonly params: Promise<{ slug: string }> }) {
  const slug = fromPath((await params).slug)
  const path = `/groups/${encodeURIComponent(slug)}/flags`
  const actor = await personOrSignIn(path)
  const group = await orRefusal(services().groups.get(actor, slug), path)
  const waiting = await orRefusal(services().flags.list(actor, group.id, { settled: false }), path)
  const settled = await services().flags.list(actor, group.id, { settled: true })
  return (
    <Page
      title="Flagged"
      lead={
        <>
          What readers of <a href={`/groups/${group.slug}`}>{group.name}</a> asked you to look at.
        </>
      }
    >
      <FlagQueue waiting={waiting} settled={settled} />
    </Page>
  )
}
