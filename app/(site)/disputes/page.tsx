import type { Metadata } from 'next'
import { DisputeRegister } from '#components/disputes/dispute-register.tsx'
import { services } from '#server/accessor.ts'
import { orRefusal } from '../../doors.ts'
import { readVisitor } from '../../visitor.ts'
import { readFilter, type Search } from './read-filter.ts'

export const metadata: Metadata = { title: 'Disputes' }

const disputesPerPage = 50

/** The register: every dispute that the visitor may see. */
export default async function DisputesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { actor } = await readVisitor()
  const search = await searchParams
  const filter = readFilter(search)
  const cursor = typeof search.cursor === 'string' && search.cursor ? search.cursor : undefined
  const { accounts, disputes, documents } = services()
  const isPerson = actor.kind === 'person'
  const [page, texts, own, people, news] = await Promise.all([
    orRefusal(disputes.list(actor, { ...filter, cursor, limit: disputesPerPage }), '/disputes'),
    documents.list(actor, { limit: 200 }),
    isPerson ? accounts.me(actor).then(({ groups }) => groups) : [],
    disputes.people(actor),
    isPerson ? disputes.news(actor) : [],
  ])
  return (
    <DisputeRegister
      disputes={page.items}
      next={page.next}
      filter={filter}
      documents={texts.items.map(({ id, title }) => ({ id, name: title }))}
      groups={own.map(({ id, name }) => ({ id, name }))}
      people={people}
      news={news}
      me={isPerson ? actor.userId : null}
    />
  )
}
