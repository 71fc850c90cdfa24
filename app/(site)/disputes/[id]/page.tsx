import type { Metadata } from 'next'
import { cache } from 'react'
import { DisputeView } from '#components/disputes/dispute-view.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../doors.ts'
import { fromPath } from '../../../path-parameter.ts'
import { readVisitor } from '../../../visitor.ts'

interface DisputePageProps {
  readonly params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: DisputePageProps): Promise<Metadata> {
  const { dispute } = await openDispute(fromPath((await params).id))
  return { title: dispute.question }
}

/** A dispute, at the address that it is cited by. */
export default async function DisputePage({ params }: DisputePageProps) {
  const { actor, dispute } = await openDispute(fromPath((await params).id))
  const me = actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null
  return <DisputeView dispute={dispute} me={me} />
}

/** Asked for by the title and by the page, and answered once. */
const openDispute = cache(async (id: string) => {
  const { actor } = await readVisitor()
  const path = `/disputes/${encodeURIComponent(id)}`
  return { actor, dispute: await orRefusal(services().disputes.get(actor, id), path) }
})
