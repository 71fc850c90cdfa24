import type { AnchorCounts } from '#domain/wire/edition.ts'
import type { AnchorState } from '#domain/wire/thread.ts'
import { anchorStates, anchorWords } from './anchor-words.ts'
import styles from './editions.module.css'
import { queueAddress, type ShownAnchors } from './shown-anchors.ts'

export interface EditionCountsProps {
  readonly counts: AnchorCounts
  /** Address of the page that the counts filter. */
  readonly base: string
  readonly shown: ShownAnchors
}

/** How many passages stand how; each count shows those passages alone. */
export function EditionCounts({ counts, base, shown }: EditionCountsProps) {
  const all = anchorStates.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  const toLink = (state: AnchorState | null, count: number, label: string) => (
    <li key={label}>
      <a
        href={queueAddress(base, { ...shown, state })}
        aria-current={shown.state === state ? 'true' : undefined}
        data-state={state}
        title={state ? anchorWords[state].says : undefined}
      >
        <b>{count}</b> {label}
      </a>
    </li>
  )
  return (
    <nav aria-label="Passages by how they stand">
      <ul className={styles.counts}>
        {anchorStates.map((state) => toLink(state, counts[state] ?? 0, anchorWords[state].label))}
        {toLink(null, all, 'in all')}
      </ul>
    </nav>
  )
}
