import type { Metadata } from 'next'
import { CommentaryText } from '#components/commentary/commentary-text.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { Page } from '#components/ui/page.tsx'
import { orRefusal } from '../../../../doors.ts'
import { fromPath } from '../../../../path-parameter.ts'
import { readVisitor } from '../../../../visitor.ts'
import { readCommentary } from './read-commentary.ts'

interface CommentaryPageProps {
  readonly params: Promise<{ layer: string; document: string }>
}

export async function generateMetadata({ params }: CommentaryPageProps): Promise<Metadata> {
  const { layer, work } = await open(await params)
  return { title: `${layer.name}: ${work.title}` }
}

/** A commentary on one text, as one page in the order of the text; it prints as it reads. */
export default async function CommentaryOnText({ params }: CommentaryPageProps) {
  const { layer, work, threads } = await open(await params)
  return (
    <Page
      title={layer.name}
      lead={
        <>
          On{' '}
          <a href={readAddress(work.slug)} dir="auto">
            {work.title}
          </a>
          {work.authors.length > 0 && `, ${work.authors.join(', ')}`}
        </>
      }
      narrow
    >
      <CommentaryText slug={work.slug} documentId={work.id} threads={threads} />
    </Page>
  )
}

async function open(params: { layer: string; document: string }) {
  const { actor } = await readVisitor()
  const [layer, slug] = [fromPath(params.layer), fromPath(params.document)]
  const path = `/commentary/${encodeURIComponent(layer)}/${encodeURIComponent(slug)}`
  return orRefusal(readCommentary(actor, layer, slug), path)
}
