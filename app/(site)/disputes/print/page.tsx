import type { Metadata } from 'next'
import { PrintedDisputes } from '#components/disputes/printed-disputes.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../doors.ts'
import { readVisitor } from '../../../visitor.ts'
import { readFilter, type Search } from '../read-filter.ts'

export const metadata: Metadata = { title: 'Disputes, to print' }

/** What the register's filter keeps, set for paper. */
export default async function PrintDisputesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { actor } = await readVisitor()
  const filter = readFilter(await searchParams)
  const disputes = await orRefusal(services().disputes.exported(actor, filter), '/disputes/print')
  return <PrintedDisputes disputes={disputes} />
}
