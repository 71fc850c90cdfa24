import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import form from '#components/ui/form.module.css'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { DisputeFilter } from '#domain/wire/dispute.ts'
import { statusWords } from './dispute-words.ts'
import styles from './register.module.css'

/** Something that can be chosen by its name. */
export interface Named {
  readonly id: string
  readonly name?: string
  readonly title?: string
}

export interface RegisterFiltersProps {
  readonly filter: DisputeFilter
  readonly documents: readonly Named[]
  readonly groups: readonly Named[]
  /** The visitor's id; null without a sign-in. */
  readonly me: string | null
}

/** Which disputes, in which order: a plain form, whose answer is an address that can be kept and sent. */
export function RegisterFilters({ filter, documents, groups, me }: RegisterFiltersProps) {
  const isOther = filter.person !== undefined && filter.person !== me
  return (
    <form className={styles.filters} action="/disputes" method="get">
      <div className={form.row}>
        <Select label="Sorted by" name="sort" defaultValue={filter.sort} options={sorts} />
        <Select
          label="Status"
          name="status"
          defaultValue={filter.status ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...Object.entries(statusWords).map(([value, { is }]) => ({ value, label: is })),
          ]}
        />
        <Select
          label="Text"
          name="document"
          defaultValue={filter.document ?? ''}
          options={toOptions(documents)}
        />
        {groups.length > 0 && (
          <Select label="Group" name="group" defaultValue={filter.group ?? ''} options={toOptions(groups)} />
        )}
      </div>
      <details className={styles.more} open={hasMore(filter)}>
        <summary>More filters</summary>
        <div className={form.row}>
          {me && (
            <Select
              label="Whose"
              name="person"
              defaultValue={filter.person ?? ''}
              options={[
                { value: '', label: 'Anybody’s' },
                { value: me, label: 'Mine, or that I hold something in' },
                ...(isOther && filter.person ? [{ value: filter.person, label: 'This person’s' }] : []),
              ]}
            />
          )}
          {me && (
            <Select
              label="Followed"
              name="following"
              defaultValue={filter.following ?? ''}
              options={[
                { value: '', label: 'All' },
                { value: 'true', label: 'Only what I follow' },
              ]}
            />
          )}
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

const sorts = [
  { value: 'activity', label: 'Newest activity' },
  { value: 'dividedness', label: 'Most divided' },
  { value: 'age', label: 'Oldest' },
]

const toOptions = (named: readonly Named[]) => [
  { value: '', label: 'Any' },
  ...named.map(({ id, name, title }) => ({ value: id, label: name ?? title ?? id })),
]

const hasMore = ({ person, following, tag, from, before }: DisputeFilter) =>
  [person, following, tag, from, before].some((value) => value !== undefined)
