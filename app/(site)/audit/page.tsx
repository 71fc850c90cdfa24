import type { Metadata } from 'next'
import styles from '#components/account/audit.module.css'
import { AuditList } from '#components/account/audit-list.tsx'
import { auditSubjects } from '#components/account/audit-words.ts'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Page } from '#components/ui/page.tsx'
import { type Option, Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Person } from '#domain/policy/actor.ts'
import { services } from '#server/accessor.ts'
import { orRefusal, personOrSignIn } from '../../doors.ts'

export const metadata: Metadata = { title: 'Audit' }

type Query = Promise<Record<string, string | string[] | undefined>>

/** The server's audit, or with `?group=` a group's. */
export default async function AuditPage({ searchParams }: { searchParams: Query }) {
  const person = await personOrSignIn('/audit')
  const asked = readQuery(await searchParams)
  const query = { ...asked, ...toInstants(asked), limit: 100 }
  const { items, next } = await orRefusal(services().audit.list(person, query), '/audit')
  const { cursor: _, ...filter } = query
  const file = toSearch({ ...filter, limit: undefined })
  const people = [{ value: '', label: 'Everybody' }, ...(await listPeople(person, asked.group))]
  return (
    <Page
      title="Audit"
      lead={asked.group ? 'Who did what in this group.' : 'Who did what on this server.'}
      actions={
        <ButtonLink href={`/api/v1/audit/file${file}`} download>
          Download as CSV
        </ButtonLink>
      }
    >
      <form className={styles.filter}>
        {asked.group && <input type="hidden" name="group" value={asked.group} />}
        <Select label="Person" name="person" defaultValue={asked.person ?? ''} options={people} />
        <Select label="About" name="kind" defaultValue={asked.kind ?? ''} options={auditSubjects} />
        <TextField label="From" name="since" type="date" defaultValue={asked.since?.slice(0, 10)} />
        <TextField label="Until" name="until" type="date" defaultValue={asked.until?.slice(0, 10)} />
        <Button type="submit">Show</Button>
      </form>
      {items.length === 0 ? (
        <Notice face="empty">Nothing of this kind happened.</Notice>
      ) : (
        <AuditList entries={items} />
      )}
      {next && (
        <p className={styles.more}>
          <ButtonLink href={`/audit${toSearch({ ...asked, cursor: next })}`}>Earlier</ButtonLink>
        </p>
      )}
    </Page>
  )
}

/** Those that the audit can be about: the members of a group, or everybody with an account. */
async function listPeople(reader: Person, group: string | undefined): Promise<Option[]> {
  const { accounts, groups } = services()
  const people = group
    ? (await groups.get(reader, group)).members.map(({ user }) => user)
    : await accounts.list(reader)
  return people.map(({ id, name }) => ({ value: id, label: name }))
}

const names = ['group', 'kind', 'since', 'until', 'person', 'cursor'] as const

/** What the form sends; a field that was left empty is not asked for. */
function readQuery(given: Awaited<Query>): Partial<Record<(typeof names)[number], string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = [given[name]].flat()[0]
      return value ? [[name, value]] : []
    }),
  )
}

/** Days of the form as the instants at which they begin, and end. */
function toInstants({ since, until }: { since?: string; until?: string }) {
  const end = until && new Date(Date.parse(until.slice(0, 10)) + 86_400_000)
  return {
    ...(since && { since: `${since.slice(0, 10)}T00:00:00Z` }),
    ...(end && !Number.isNaN(end.getTime()) && { until: end.toISOString() }),
  }
}

function toSearch(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
