import type { Metadata } from 'next'
import { Edition } from '#components/reader/edition.tsx'
import { Reader } from '#components/reader/reader.tsx'
import { fromPath } from '../../../path-parameter.ts'
import { findForAddress, openReader, type ReaderAddress, readingTitle } from '../../open-reader.ts'

interface ReadPageProps {
  readonly params: Promise<{ slug: string; section?: string[] }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(props: ReadPageProps): Promise<Metadata> {
  return { title: await readingTitle(await toAddress(props)) }
}

/** A section of a document, with its margin. */
export default async function ReadPage(props: ReadPageProps) {
  const address = await toAddress(props)
  const { data, view, notes } = await openReader(address)
  const finds = await findForAddress(address, view.document.id)
  return (
    <Reader key={`${view.edition.id} ${view.section.number}`} data={data}>
      <Edition view={view} notes={notes} finds={finds} isResumed={data.target.kind === 'resumed'} />
    </Reader>
  )
}

async function toAddress({ params, searchParams }: ReadPageProps): Promise<ReaderAddress> {
  const { slug, section = [] } = await params
  const query = await searchParams
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : null)
  return {
    slug: fromPath(slug),
    path: section,
    edition: one('edition'),
    fromEdition: one('from-edition'),
    at: one('at'),
    paragraph: one('p'),
    page: one('page'),
    thread: one('thread'),
    isWriting: one('writing') === 'yes',
    find: one('find'),
    isResumed: one('from') === 'resume',
  }
}
