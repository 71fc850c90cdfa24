import type { Metadata } from 'next'
import { Corpus } from '#components/corpus/corpus.tsx'
import { can } from '#domain/policy/can.ts'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../doors.ts'
import { readVisitor } from '../visitor.ts'

interface CorpusPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

const documentsPerPage = 50

export async function generateMetadata(props: CorpusPageProps): Promise<Metadata> {
  const { words } = await readQuery(props)
  return { title: words ? `“${words}” in the corpus` : 'Corpus' }
}

/** The documents that the visitor may read. */
export default async function CorpusPage(props: CorpusPageProps) {
  const { actor } = await readVisitor()
  const { words, cursor } = await readQuery(props)
  const query = { limit: documentsPerPage, cursor, q: words }
  const { items, next } = await orRefusal(services().documents.list(actor, query), '/')
  return (
    <Corpus
      documents={items}
      words={words}
      next={next}
      isFirstPage={cursor === undefined}
      mayAdd={can(actor, 'document.import', null, Date.now())}
      isSignedIn={actor.kind === 'person'}
    />
  )
}

async function readQuery({ searchParams }: CorpusPageProps) {
  const { q, cursor } = await searchParams
  return {
    words: typeof q === 'string' ? q.trim().slice(0, 200) : '',
    cursor: typeof cursor === 'string' && cursor ? cursor : undefined,
  }
}
