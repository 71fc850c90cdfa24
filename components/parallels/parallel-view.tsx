import { type RefObject, useEffect, useRef, useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { readParallel } from '#components/client/parallel-api.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { useReader } from '#components/reader/reader-context.ts'
import { Button } from '#components/ui/button.tsx'
import { CloseButton } from '#components/ui/close-button.tsx'
import { LoadingLines } from '#components/ui/loading-lines.tsx'
import { differenceWords, isTelling } from '#domain/parallels/difference-words.ts'
import type { Parallel, ParallelDifference, ParallelInContext } from '#domain/wire/parallel.ts'
import { DismissForm } from './dismiss-form.tsx'
import { markPassage } from './mark-passage.ts'
import { noteBoth } from './note-both.ts'
import styles from './parallel-view.module.css'
import { scrollTogether, showPassage } from './scroll-together.ts'

export interface ParallelViewProps {
  /** Parallels of one paragraph; the first is shown first. */
  readonly ids: readonly string[]
  readonly onClose: () => void
  /** Somebody said that this one is none. */
  readonly onDismissed: (id: string) => void
  /** This one is to be taken into a dispute, once the view has closed. */
  readonly onDispute: (parallel: Parallel) => void
}

/** Two texts with the same words, side by side, with what differs; and what can be done about it. */
export function ParallelView({ ids, onClose, onDismissed, onDispute }: ParallelViewProps) {
  const { data } = useReader()
  const dialog = useRef<HTMLDialogElement>(null)
  const [at, setAt] = useState(0)
  const [shown, setShown] = useState<ParallelInContext | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const id = ids[at]
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => {
    if (id === undefined) return
    let isWanted = true
    setShown(null)
    setProblem(null)
    readParallel(id, data.document.id).then(
      (found) => isWanted && setShown(found),
      (error: unknown) => isWanted && setProblem(error instanceof ApiError ? error.message : String(error)),
    )
    return () => {
      isWanted = false
    }
  }, [id, data])
  return (
    <dialog ref={dialog} className={styles.view} aria-labelledby="parallel-title" onClose={onClose}>
      <header className={styles.head}>
        <h2 id="parallel-title">The same words elsewhere</h2>
        {ids.length > 1 && (
          <p className={styles.steps}>
            <Button look="plain" disabled={at === 0} onClick={() => setAt(at - 1)}>
              Before
            </Button>
            <span aria-live="polite">
              {at + 1} of {ids.length}
            </span>
            <Button look="plain" disabled={at === ids.length - 1} onClick={() => setAt(at + 1)}>
              Next
            </Button>
          </p>
        )}
        <CloseButton inCorner onClick={() => dialog.current?.close()} />
      </header>
      {problem && <p role="alert">{problem}</p>}
      {!shown && !problem && <LoadingLines label="Loading both texts" lines={6} />}
      {shown && (
        <BothTexts
          key={shown.id}
          parallel={shown}
          onDone={() => dialog.current?.close()}
          onDismissed={onDismissed}
          onDispute={onDispute}
        />
      )}
    </dialog>
  )
}

interface BothTextsProps extends Pick<ParallelViewProps, 'onDismissed' | 'onDispute'> {
  readonly parallel: ParallelInContext
  readonly onDone: () => void
}

function BothTexts({ parallel, onDone, onDismissed, onDispute }: BothTextsProps) {
  const reader = useReader()
  const here = useRef<HTMLElement>(null)
  const there = useRef<HTMLElement>(null)
  const [isDismissing, setDismissing] = useState(false)
  useEffect(() => {
    if (!here.current || !there.current) return
    showPassage(here.current)
    showPassage(there.current)
    return scrollTogether(here.current, there.current)
  }, [])
  const { writingRoom } = reader.view.get()
  return (
    <>
      <Differences parallel={parallel} />
      <div className={styles.texts}>
        <Text parallel={parallel} side="here" pane={here} />
        <Text parallel={parallel} side="there" pane={there} />
      </div>
      {isDismissing ? (
        <DismissForm
          parallelId={parallel.id}
          onDismissed={onDismissed}
          onCancel={() => setDismissing(false)}
        />
      ) : (
        <footer className={styles.actions}>
          {parallel.may.dismiss && <Button onClick={() => setDismissing(true)}>Unrelated…</Button>}
          {reader.data.me && (
            <Button
              onClick={() => {
                onDone()
                onDispute(parallel)
              }}
            >
              Dispute both…
            </Button>
          )}
          {writingRoom && (
            <Button
              look="primary"
              onClick={() => {
                onDone()
                void noteBoth(reader, writingRoom, parallel)
              }}
            >
              Note on both
            </Button>
          )}
        </footer>
      )}
    </>
  )
}

/** What differs, in words: what turns the sentence round before the rest. */
function Differences({ parallel }: { readonly parallel: ParallelInContext }) {
  const { differences } = parallel
  if (differences.length === 0) return <p className={styles.same}>Word for word the same.</p>
  return (
    <ul className={styles.differences} aria-label="What differs">
      {differences.map((difference) => (
        <li
          key={`${difference.kind} ${difference.here.start} ${difference.there.start}`}
          data-telling={isTelling(difference) || undefined}
        >
          <span className={styles.kind}>
            {differenceWords[difference.kind]}
            {difference.elided && ', at an ellipsis'}
          </span>
          <Words difference={difference} side="here" /> <span aria-hidden="true">│</span>{' '}
          <Words difference={difference} side="there" />
        </li>
      ))}
    </ul>
  )
}

function Words({
  difference,
  side,
}: {
  readonly difference: ParallelDifference
  readonly side: 'here' | 'there'
}) {
  const { words } = difference[side]
  const label = side === 'here' ? 'in this text: ' : 'in the other: '
  return (
    <span className={styles.words} dir="auto">
      <span className={styles.heard}>{label}</span>
      {words === '' ? <i>nothing</i> : words.length > 120 ? `${words.slice(0, 120)}…` : words}
    </span>
  )
}

interface TextProps {
  readonly parallel: ParallelInContext
  readonly side: 'here' | 'there'
  readonly pane: RefObject<HTMLElement | null>
}

function Text({ parallel, side, pane }: TextProps) {
  const { document: work, start, end } = parallel[side]
  const address = readAddress(work.slug, { range: { start, end } })
  // Both may be one text: then the title alone would not tell them apart.
  const label = `${side === 'here' ? 'This text' : 'The other text'}: ${work.title}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section ref={pane} className={styles.text} aria-label={label} tabIndex={0}>
      <h3>{side === 'here' ? work.title : <a href={address}>{work.title}</a>}</h3>
      <p dir="auto">
        {markPassage(parallel, side).map(({ text, start: from, isPassage, difference }) => {
          const kind = difference === null ? undefined : parallel.differences[difference]?.kind
          if (!isPassage && kind === undefined) return <span key={from}>{text}</span>
          return (
            <mark
              key={from}
              data-passage={isPassage || undefined}
              data-kind={kind}
              className={styles.passage}
            >
              {text}
            </mark>
          )
        })}
      </p>
    </section>
  )
}
