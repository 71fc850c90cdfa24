import { TimeAgo } from '#components/margin/time-ago.tsx'
import { readAddress } from '#components/reader/read-address.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page, PageSection } from '#components/ui/page.tsx'
import type { DisputeNews, DisputeSummary } from '#domain/wire/dispute.ts'
import type { DisputeFilter } from '#domain/wire/dispute-requests.ts'
import { dividednessWords } from './dispute-words.ts'
import { ExportLinks } from './export-links.tsx'
import { NewsList } from './news-list.tsx'
import styles from './register.module.css'
import { type Named, RegisterFilters } from './register-filters.tsx'
import { StatusMark } from './status-mark.tsx'

export interface DisputeRegisterProps {
  readonly disputes: readonly DisputeSummary[]
  /** Cursor of the next page, or null. */
  readonly next: string | null
  readonly filter: DisputeFilter
  readonly documents: readonly Named[]
  readonly groups: readonly Named[]
  readonly people: readonly Named[]
  readonly news: readonly DisputeNews[]
  /** The visitor's id; null without a sign-in. */
  readonly me: string | null
}

/** The register of disputes: what is new to whoever follows some, a filter, and one page of them. */
export function DisputeRegister(props: DisputeRegisterProps) {
  const { disputes, next, filter, documents, groups, people, news, me } = props
  const query = toQuery(filter)
  const mapped = documents.find(({ id }) => id === filter.document)
  return (
    <Page title="Disputes" lead="What is argued about the texts, and how it ended.">
      {news.length > 0 && (
        <PageSection title="New in what you follow">
          <NewsList news={news} />
        </PageSection>
      )}
      <PageSection title="Register">
        <RegisterFilters filter={filter} documents={documents} groups={groups} people={people} me={me} />
        {mapped && (
          <p className={styles.mapLink}>
            <a href={`/corpus/${encodeURIComponent(mapped.id)}/disputes`}>
              Map of the disputes in {mapped.name}
            </a>
          </p>
        )}
        {disputes.length === 0 ? (
          <Notice face="empty" title="No disputes here">
            A note can be raised to a dispute from its card in the margin; words selected in a text can open
            one.
          </Notice>
        ) : (
          <ol className={styles.list}>
            {disputes.map((dispute) => (
              <RegisterRow key={dispute.id} dispute={dispute} />
            ))}
          </ol>
        )}
        {next && <ButtonLink href={`/disputes?${toQuery(filter, { cursor: next })}`}>Next page</ButtonLink>}
      </PageSection>
      {disputes.length > 0 && (
        <PageSection title="Take them with you" isOnPaper={false}>
          <ExportLinks path="/disputes" query={query} />
        </PageSection>
      )}
    </Page>
  )
}

function RegisterRow({ dispute }: { readonly dispute: DisputeSummary }) {
  const { id, question, status, positions, passages, hidden, evidenceCount, news } = dispute
  const [passage] = passages
  return (
    <li className={styles.row}>
      <h3 className={styles.question}>
        <a href={`/disputes/${id}`} dir="auto">
          {question}
        </a>
      </h3>
      <p className={styles.facts}>
        <StatusMark status={status} />
        {news > 0 && <strong className={styles.news}>{news} new</strong>}
        <span>{dividednessWords(dispute.dividedness)}</span>
        <span>
          {positions.length} {positions.length === 1 ? 'position' : 'positions'}, {evidenceCount}{' '}
          {evidenceCount === 1 ? 'piece' : 'pieces'} of evidence
        </span>
        <span>
          active <TimeAgo instant={dispute.activeAt} />
        </span>
      </p>
      {passage && (
        <p className={styles.words} dir="auto">
          “{shorten(passage.exact)}”{' '}
          <a
            className={styles.source}
            href={readAddress(passage.slug, { threadId: dispute.threadId })}
            dir="auto"
          >
            {passage.title}
          </a>
          {passages.length > 1 && <span className={styles.source}> and {passages.length - 1} more</span>}
        </p>
      )}
      {!passage && hidden > 0 && <p className={styles.source}>In a text that you may not open.</p>}
      {dispute.outcome && (
        <p className={styles.outcome} dir="auto">
          {dispute.outcome}
        </p>
      )}
      <p className={styles.source}>
        <a href={`/disputes?person=${encodeURIComponent(dispute.raisedBy.id)}`}>{dispute.raisedBy.name}</a> ·{' '}
        {dispute.layer.name}
        {dispute.tags.map((tag) => (
          <a key={tag} className={styles.tag} href={`/disputes?tag=${encodeURIComponent(tag)}`}>
            {tag}
          </a>
        ))}
      </p>
    </li>
  )
}

/** The filter as the query of an address. */
function toQuery(filter: DisputeFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, ...more })) {
    if (value !== undefined) query.set(name, value)
  }
  return query.toString()
}

const shorten = (words: string) => (words.length > 160 ? `${words.slice(0, 160)}…` : words)
