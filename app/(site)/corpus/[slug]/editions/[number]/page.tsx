import type { Metadata } from 'next'
import { AnchorQueue } from '#components/editions/anchor-queue.tsx'
import { isAnchorState } from '#components/editions/anchor-words.ts'
import { EditionSteps } from '#components/editions/edition-steps.tsx'
import { editionAddress } from '#components/editions/edition-words.ts'
import { PlaceText } from '#components/editions/place-text.tsx'
import { queueAddress, type ShownAnchors, toAnchorQuery } from '#components/editions/shown-anchors.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Page } from '#components/ui/page.tsx'
import type { Actor } from '#domain/policy/actor.ts'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../../doors.ts'
import { fromPath } from '../../../../../path-parameter.ts'
import { openDocument, toNumber } from '../open-document.ts'

interface ReportPageProps {
  readonly params: Promise<{ slug: string; number: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const { number, ...rest } = await params
  const slug = fromPath(rest.slug)
  const { document } = await openDocument(slug, editionAddress(slug))
  return { title: `Edition ${toNumber(number)} of ${document.title}` }
}

/** What an edition did, or will do, to the passages: the report, the queue, and the steps that can be taken. */
export default async function ReportPage({ params, searchParams }: ReportPageProps) {
  const { number: part, ...rest } = await params
  const slug = fromPath(rest.slug)
  const { state, mine, place } = await searchParams
  const number = toNumber(part)
  const path = editionAddress(slug, number)
  const { actor, document, mayChange } = await openDocument(slug, path)
  const isMine = mine === 'true' && actor.kind === 'person'
  const which = isMine ? { mine: 'true' as const } : {}
  const report = await orRefusal(services().editions.report(actor, document.id, number, which), path)
  const byDefault = (report.anchors.uncertain ?? 0) > 0 ? 'uncertain' : null
  const shown = { state: isAnchorState(state) ? state : state === 'all' ? null : byDefault, isMine }
  const query = { ...toAnchorQuery(shown), limit: anchorsPerPage }
  const anchors = await orRefusal(services().editions.anchors(actor, document.id, number, query), path)
  const offset = typeof place === 'string' && /^\d{1,9}$/.test(place) ? Number(place) : null
  return (
    <Page
      title={`Edition ${number} of ${document.title}`}
      lead={report.edition.state === 'preview' ? 'A preview: where every note stands in it.' : undefined}
      actions={<ButtonLink href={editionAddress(slug)}>All editions</ButtonLink>}
    >
      {mayChange && <EditionSteps document={document} report={report} />}
      <AnchorQueue
        key={queueAddress(path, shown)}
        edition={{ documentId: document.id, number }}
        slug={document.slug}
        base={path}
        shown={shown}
        first={anchors}
        counts={report.anchors}
        meId={actor.kind === 'person' ? actor.userId : null}
        place={offset}
        text={offset === null ? null : await openText(actor, { slug, number, offset, path, shown })}
      />
    </Page>
  )
}

const anchorsPerPage = 50

async function openText(
  actor: Actor,
  at: {
    readonly slug: string
    readonly number: number
    readonly offset: number
    readonly path: string
    readonly shown: ShownAnchors
  },
) {
  const { slug, number, offset, path, shown } = at
  const view = await orRefusal(services().documents.readSection(actor, slug, { offset }, number), path)
  return <PlaceText view={view} base={`${queueAddress(path, shown)}&place=`} />
}
