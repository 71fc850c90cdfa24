import type { Metadata } from 'next'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../doors.ts'
import { fromPath } from '../../../path-parameter.ts'
import { readVisitor } from '../../../visitor.ts'

interface LayerPageProps {
  readonly params: Promise<{ layer: string }>
}

export async function generateMetadata({ params }: LayerPageProps): Promise<Metadata> {
  return { title: (await open((await params).layer)).layer.name }
}

/** The texts that a commentary is about; of a published one, for everyone. */
export default async function CommentaryPage({ params }: LayerPageProps) {
  const { layer, documents } = await open((await params).layer)
  return (
    <Page title={layer.name} lead="A commentary, read beside its texts or as one page." narrow>
      {documents.length === 0 && <Notice face="empty" title="Nothing in it yet that you may read" />}
      <ul>
        {documents.map(({ id, slug, title, notes }) => (
          <li key={id}>
            <a href={`/commentary/${layer.id}/${slug}`} dir="auto">
              {title}
            </a>
            , {notes === 1 ? 'one note' : `${notes} notes`}
          </li>
        ))}
      </ul>
    </Page>
  )
}

async function open(parameter: string) {
  const { actor } = await readVisitor()
  const layerId = fromPath(parameter)
  return orRefusal(services().layers.readings(actor, layerId), `/commentary/${encodeURIComponent(layerId)}`)
}
