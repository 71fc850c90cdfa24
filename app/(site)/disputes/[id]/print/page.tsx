import type { Metadata } from 'next'
import { PrintedDisputes } from '#components/disputes/printed-disputes.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../doors.ts'
import { fromPath } from '../../../../path-parameter.ts'
import { readVisitor } from '../../../../visitor.ts'

export const metadata: Metadata = { title: 'A dispute, to print' }

/** A dispute set for paper. */
export default async function PrintDisputePage({ params }: { params: Promise<{ id: string }> }) {
  const id = fromPath((await params).id)
  const { actor } = await readVisitor()
  const path = `/disputes/${encodeURIComponent(id)}/print`
  return <PrintedDisputes disputes={await orRefusal(services().disputes.exported(actor, id), path)} />
}
