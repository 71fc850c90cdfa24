import { Suspense, useMemo, useState } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { useReader, useThreads } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import type { ThreadKind } from '#domain/wire/thread.ts'
import { filterChoices, isFiltering, type MarginFilter, noFilter } from './filter-threads.ts'
import { kindWords } from './kind-words.ts'
import styles from './margin-filter.module.css'

const SeveralNotes = lazyPart(async () => (await import('./several-notes.tsx')).SeveralNotes)

const kinds: readonly ThreadKind[] = ['note', 'question', 'commentary', 'dispute', 'highlight']

/** Which notes the margin shows: by person, kind, tag, and whether they are settled. */
export function MarginFilterPanel() {
  const { data, view } = useReader()
  const [isChoosing, setChoosing] = useState(false)
  const { all, shown } = useThreads()
  const filter = useStore(view, (state) => state.filter)
  const { people, tags } = useMemo(() => filterChoices(all), [all])
  const change = (part: Partial<MarginFilter>) => view.set({ filter: { ...filter, ...part } })
  return (
    <div className={styles.filter}>
      <label>
        Person
        <select
          value={filter.personId ?? ''}
          onChange={(event) => change({ personId: event.target.value || null })}
        >
          <option value="">Everybody</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Kind
        <select
          value={filter.kind ?? ''}
          onChange={(event) => change({ kind: kinds.find((kind) => kind === event.target.value) ?? null })}
        >
          <option value="">All kinds</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind].many}
            </option>
          ))}
        </select>
      </label>
      <label>
        Tag
        <select value={filter.tag ?? ''} onChange={(event) => change({ tag: event.target.value || null })}>
          <option value="">All tags</option>
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filter.unresolvedOnly}
          onChange={(event) => change({ unresolvedOnly: event.target.checked })}
        />
        Unresolved only
      </label>
      <p role="status">
        {shown.length} of {all.length} shown
      </p>
      {isFiltering(filter) && (
        <Button look="plain" onClick={() => view.set({ filter: noFilter })}>
          Show all
        </Button>
      )}
      {data.me && shown.length > 0 && (
        <Button look="plain" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
          Choose several…
        </Button>
      )}
      {isChoosing && (
        <Suspense>
          <SeveralNotes />
        </Suspense>
      )}
    </div>
  )
}
