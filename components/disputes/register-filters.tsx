import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import form from '#components/ui/form.module.css'
import { type Option, Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { DisputeFilter } from '#domain/wire/dispute-requests.ts'
import { statusWords } from './dispute-words.ts'
import styles from './register.module.css'

/** Something that can be chosen by its name. */
export interface Named {
  readonly id: string
  readonly name: string
}

export interface RegisterFiltersProps {
  readonly filter: DisputeFilter
  readonly documents: readonly Named[]
  readonly groups: readonly Named[]
  /** Whose disputes can be asked for. */
  readonly people: readonly Named[]
  /** The visitor's id; null without a sign-in. */
  readonly me: string | null
}

/** Which disputes, in which order: a plain form, whose answer is an address that can be kept and sent. */
export function RegisterFilters({ filter, documents, groups, people, me }: RegisterFiltersProps) {
  const choice = (label: string, name: keyof DisputeFilter, options: readonly Option[]) => (
    <Select label={label} name={name} defaultValue={filter[name] ?? ''} options={options} />
  )
  return (
    <form className={styles.filters} action="/disputes" method="get">
      <div className={form.row}>
        {choice('Sorted by', 'sort', sorts)}
        {choice('Status', 'status', [any, ...statuses])}
        {choice('Text', 'document', [any, ...toOptions(documents)])}
        {groups.length > 0 && choice('Group', 'group', [any, ...toOptions(groups)])}
      </div>
      <details className={styles.more} open={hasMore(filter)}>
        <summary>More filters</summary>
        <div className={form.row}>
          {choice('Whose', 'person', toPeople(people, filter.person, me))}
          {me && choice('Followed', 'following', followings)}
          <TextField label="Tag" name="tag" defaultValue={filter.tag} />
          <TextField label="Raised from" name="from" type="date" defaultValue={filter.from} />
          <TextField label="Raised before" name="before" type="date" defaultValue={filter.before} />
        </div>
      </details>
      <div className={form.buttons}>
        <Button type="submit">Show</Button>
        <ButtonLink look="plain" href="/disputes">
          All
        </ButtonLink>
      </div>
    </form>
  )
}

const any: Option = { value: '', label: 'Any' }

const sorts: readonly Option[] = [
  { value: 'activity', label: 'Newest activity' },
  { value: 'dividedness', label: 'Most divided' },
  { value: 'age', label: 'Oldest' },
]

const statuses: readonly Option[] = Object.entries(statusWords).map(([value, { is }]) => ({
  value,
  label: is,
}))

const followings: readonly Option[] = [
  { value: '', label: 'All' },
  { value: 'true', label: 'Only what I follow' },
]

const toOptions = (named: readonly Named[]): Option[] =>
  named.map(({ id, name }) => ({ value: id, label: name }))

/** Whose disputes: oneself first; somebody whom an address names stays chosen though nothing of theirs is there to see. */
function toPeople(people: readonly Named[], chosen: string | undefined, me: string | null): Option[] {
  const isUnknown = chosen !== undefined && chosen !== me && !people.some(({ id }) => id === chosen)
  return [
    { value: '', label: 'Anybody’s' },
    ...(me === null ? [] : [{ value: me, label: 'Mine, or that I hold something in' }]),
    ...toOptions(people.filter(({ id }) => id !== me)),
    ...(isUnknown ? [{ value: chosen, label: 'Somebody else’s' }] : []),
  ]
}

const hasMore = ({ person, following, tag, from, before }: DisputeFilter) =>
  [person, following, tag, from, before].some((value) => value !== undefined)
