import type { Metadata } from 'next'
import { EditionList } from '#components/editions/edition-list.tsx'
import { editionAddress } from '#components/editions/edition-words.ts'
import { NewEdition } from '#components/editions/new-edition.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../../../doors.ts'
import { fromPath } from '../../../../path-parameter.ts'
import { openDocument } from './open-document.ts'

interface EditionsPageProps {
  readonly params: Promise<{ slug: string }>
}

export async function generateMetadata({ params }: EditionsPageProps): Promise<Metadata> {
  const slug = fromPath((await params).slug)
  const { document } = await openDocument(slug, editionAddress(slug))
  return { title: `Editions of ${document.title}` }
}

/** The editions of a document, and the way to bring in another. */
export default async function EditionsPage({ params }: EditionsPageProps) {
  const slug = fromPath((await params).slug)
  const path = editionAddress(slug)
  const { actor, document, mayChange } = await openDocument(slug, path)
  const editions = await orRefusal(services().editions.list(actor, document.id), path)
  return (
    <Page
      title={`Editions of ${document.title}`}
      lead="Each edition is kept as it came, with the notes as they stood in it."
      actions={<ButtonLink href={readAddress(document.slug)}>Read it</ButtonLink>}
    >
      <EditionList document={document} editions={editions} mayChange={mayChange} />
      {mayChange && (
        <PageSection
          title="Bring in a new edition"
          lead="It is previewed first: you see where every note stands in it, and nobody else sees it before it is published."
        >
          <NewEdition documentId={document.id} slug={document.slug} />
        </PageSection>
      )}
    </Page>
  )
}
