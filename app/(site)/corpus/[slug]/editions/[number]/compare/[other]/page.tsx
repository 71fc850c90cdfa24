import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Comparison } from '#components/editions/comparison.tsx'
import { editionAddress } from '#components/editions/edition-words.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../../../../doors.ts'
import { fromPath } from '../../../../../../../path-parameter.ts'
import { listNotes } from '../../../../../../../read/list-notes.ts'
import { toRoomChoices } from '../../../../../../../read/room-choices.ts'
import { openDocument, toNumber } from '../../../open-document.ts'

interface ComparePageProps {
  readonly params: Promise<{ slug: string; number: string; other: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: ComparePageProps): Promise<Metadata> {
  const { number, other, ...rest } = await params
  const slug = fromPath(rest.slug)
  const { document } = await openDocument(slug, editionAddress(slug))
  return { title: `Editions ${toNumber(other)} and ${toNumber(number)} of ${document.title}` }
}

/** Two editions side by side, one section at a time: the earlier first. */
export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { number, other, ...rest } = await params
  const slug = fromPath(rest.slug)
  const [later, earlier] = [toNumber(number), toNumber(other)]
  if (later < earlier) redirect(editionAddress(slug, earlier, later))
  const { section } = await searchParams
  const path = editionAddress(slug, later, earlier)
  const { actor, document } = await openDocument(slug, path)
  const query = { with: earlier, section: typeof section === 'string' ? toNumber(section) : 1 }
  const view = await orRefusal(services().editions.compare(actor, document.id, later, query), path)
  const rooms = toRoomChoices(document.id, await services().layers.forDocument(actor, document.id))
  const notesIn = async (side: 'earlier' | 'later') => {
    const blocks = view.rows.flatMap((row) => row[side])
    const start = Math.min(...blocks.map((block) => block.start), view[side].length)
    const end = Math.max(...blocks.map((block) => block.end), 0)
    const at = { documentId: document.id, editionId: view[side].id, start, end }
    return (await listNotes(actor, at, rooms)).threads
  }
  return (
    <Page
      title={`Editions ${earlier} and ${later} of ${document.title}`}
      actions={<ButtonLink href={editionAddress(slug)}>All editions</ButtonLink>}
    >
      <Comparison view={view} notes={{ earlier: await notesIn('earlier'), later: await notesIn('later') }} />
    </Page>
  )
}
