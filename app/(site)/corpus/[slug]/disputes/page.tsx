import type { Metadata } from 'next'
import { DisputeMapView } from '#components/disputes/dispute-map.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../doors.ts'
import { fromPath } from '../../../../path-parameter.ts'
import { readVisitor } from '../../../../visitor.ts'

export const metadata: Metadata = { title: 'Map of disputes' }

/** Where along a text its disputes lie. */
export default async function DisputeMapPage({ params }: { params: Promise<{ slug: string }> }) {
  const slug = fromPath((await params).slug)
  const { actor } = await readVisitor()
  const path = `/corpus/${encodeURIComponent(slug)}/disputes`
  const { documents, disputes } = services()
  const document = await orRefusal(documents.get(actor, slug), path)
  return <DisputeMapView document={document} map={await disputes.map(actor, document.id)} />
}
