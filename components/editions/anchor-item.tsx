'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { kindWords } from '#components/margin/kind-words.ts'
import { readAddress } from '#components/reader/read-address.ts'
import { Button } from '#components/ui/button.tsx'
import type { AnchorDecision, AnchorRow, WordsInPlace } from '#domain/wire/edition.ts'
import styles from './anchor-item.module.css'
import { anchorWords, doubtWords } from './anchor-words.ts'
import type { RowNews } from './queue-state.ts'
import { WordDifferences } from './word-differences.tsx'

export interface AnchorItemProps {
  readonly row: AnchorRow
  readonly slug: string
  readonly meId: string | null
  readonly isCurrent: boolean
  readonly busy: boolean
  readonly news: RowNews | null
  /** Its choices are offered although somebody decided. */
  readonly isReopened: boolean
  readonly onDecide: (decision: AnchorDecision) => void
  readonly onReopen: () => void
  readonly onPlace: () => void
  readonly onFocus: () => void
  /** The text to put it elsewhere in, while that is open. */
  readonly children?: ReactNode
}

/** One passage: the words then and now, the note it belongs to, and what can be decided of it. */
export function AnchorItem(props: AnchorItemProps) {
  const { row, slug, meId, isCurrent, news, children } = props
  const { thread, then, now } = row
  const element = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent && document.activeElement?.closest('[data-anchor]')) element.current?.focus()
  }, [isCurrent])
  return (
    <li
      ref={element}
      className={styles.item}
      data-anchor={row.id}
      data-state={row.state}
      aria-current={isCurrent || undefined}
      aria-label={`${anchorWords[row.state].label}: ${kindWords[thread.kind].one} by ${thread.author.name}`}
      tabIndex={-1}
      onFocus={props.onFocus}
    >
      <p className={styles.head}>
        <span className={styles.state} title={anchorWords[row.state].says}>
          {anchorWords[row.state].label}
        </span>
        <span>
          {kindWords[thread.kind].one} by <bdi>{thread.author.id === meId ? 'you' : thread.author.name}</bdi>
        </span>
        {row.reason && doubtWords[row.reason] && (
          <span className={styles.doubt}>{doubtWords[row.reason]}</span>
        )}
      </p>
      <dl className={styles.words}>
        <dt>
          Then, edition {then.edition}
          {then.paragraph && `, ¶ ${then.paragraph}`}
        </dt>
        <dd>
          <InPlace place={then} />
        </dd>
        <dt>
          <a href={readAddress(slug, { threadId: thread.id })}>Now</a>
          {now.paragraph && `, ¶ ${now.paragraph}`}
        </dt>
        <dd>{row.state === 'orphaned' ? <Gap place={now} /> : <InPlace place={now} />}</dd>
        {row.differences.some(({ kind }) => kind !== 'same') && (
          <>
            <dt>Difference</dt>
            <dd>
              <WordDifferences differences={row.differences} />
            </dd>
          </>
        )}
      </dl>
      {thread.note && (
        <p className={styles.note} dir="auto">
          {thread.note}
        </p>
      )}
      {news && (
        <p className={styles.news} data-kind={news.kind} role="alert">
          {news.kind === 'failed'
            ? news.message
            : `${row.decidedBy?.name ?? 'Somebody'} decided this while you looked: see what it is now.`}
        </p>
      )}
      <Decision {...props} />
      {children}
    </li>
  )
}

/** What is the same needs nobody to say so. */
function isDoubtful({ state }: AnchorRow): boolean {
  return state === 'uncertain' || state === 'changed'
}

function InPlace({ place: { before, words, after } }: { readonly place: WordsInPlace }) {
  return (
    <p className={styles.inPlace} dir="auto">
      {before && `…${before}`}
      <mark>{words}</mark>
      {after && `${after}…`}
    </p>
  )
}

function Gap({ place: { before, after } }: { readonly place: WordsInPlace }) {
  return (
    <p className={styles.inPlace} dir="auto">
      {before && `…${before}`}
      <span className={styles.gap} role="img" aria-label="here the words were" />
      {after && `${after}…`}
    </p>
  )
}

function Decision({ row, meId, busy, isReopened, onDecide, onReopen, onPlace, children }: AnchorItemProps) {
  if (children) return null
  const by = row.decidedBy
  if (by && !isReopened)
    return (
      <p className={styles.decided}>
        <span>
          <bdi>{by.id === meId ? 'You' : by.name}</bdi>{' '}
          {row.state === 'orphaned' ? 'left it as orphaned.' : 'said that it stands here.'}
        </span>
        {row.may.decide && (
          <Button look="plain" onClick={onReopen}>
            Decide again
          </Button>
        )}
      </p>
    )
  if (!row.may.decide)
    return row.state === 'uncertain' ? (
      <p className={styles.decided}>Whoever wrote it, or an instructor, decides where it stands.</p>
    ) : null
  return (
    <div className={styles.choices}>
      {isDoubtful(row) && (
        <Button
          look={row.state === 'uncertain' ? 'primary' : 'quiet'}
          busy={busy}
          onClick={() => onDecide({ accept: true })}
        >
          It stands here <kbd>a</kbd>
        </Button>
      )}
      <Button aria-expanded={false} busy={busy} onClick={onPlace}>
        Put it elsewhere… <kbd>p</kbd>
      </Button>
      <Button busy={busy} onClick={() => onDecide({ state: 'orphaned' })}>
        The words are gone <kbd>o</kbd>
      </Button>
    </div>
  )
}
