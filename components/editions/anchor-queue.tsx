'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useRef, useState, useTransition } from 'react'
import type { EditionPlace } from '#components/client/edition-api.ts'
import { Button } from '#components/ui/button.tsx'
import { LoadingLines } from '#components/ui/loading-lines.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { AnchorCounts, AnchorList, AnchorRow } from '#domain/wire/edition.ts'
import { AnchorItem } from './anchor-item.tsx'
import { anchorWords } from './anchor-words.ts'
import { EditionCounts } from './edition-counts.tsx'
import styles from './editions.module.css'
import { PlaceChooser } from './place-chooser.tsx'
import { queueAddress, type ShownAnchors } from './shown-anchors.ts'
import { useAnchorQueue } from './use-anchor-queue.ts'
import { useQueueKeys } from './use-queue-keys.ts'

export interface AnchorQueueProps {
  readonly edition: EditionPlace
  readonly slug: string
  /** Address of the page, to which the state and the place that is looked at are added. */
  readonly base: string
  readonly shown: ShownAnchors
  readonly first: AnchorList
  readonly counts: AnchorCounts
  readonly meId: string | null
  /** The offset that the address names, and the text around it as the server set it; null while it names none. */
  readonly place: number | null
  readonly text: ReactNode
}

/** The passages of an edition, to be looked at one after the other. */
export function AnchorQueue({
  edition,
  slug,
  base,
  shown,
  first,
  counts,
  meId,
  place,
  text,
}: AnchorQueueProps) {
  const queue = useAnchorQueue({ edition, shown, first, counts })
  const { state } = queue
  const [placing, setPlacing] = useState<string | null>(null)
  const [isOpening, startOpening] = useTransition()
  const router = useRouter()
  const list = useRef<HTMLOListElement>(null)

  const here = queueAddress(base, shown)
  const openText = (row: AnchorRow) => {
    setPlacing(row.id)
    startOpening(() => router.push(queueAddress(base, shown, row.now.start), { scroll: false }))
  }
  const closeText = () => {
    setPlacing(null)
    router.replace(here, { scroll: false })
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus()
  }
  useQueueKeys({ list, queue, isOff: placing !== null, onPlace: openText })

  return (
    <>
      <EditionCounts counts={state.counts} base={base} shown={shown} />
      {meId !== null && <Whose base={base} shown={shown} />}
      {shown.state && <p className={styles.says}>{anchorWords[shown.state].says}</p>}
      {state.rows.length === 0 ? (
        <Empty shown={shown} />
      ) : (
        <>
          {state.rows.some(({ may }) => may.decide) && (
            <p className={styles.keys}>
              Keys: <kbd>j</kbd> and <kbd>k</kbd> go to the next and the one before, <kbd>a</kbd> it stands
              here, <kbd>p</kbd> put it elsewhere, <kbd>o</kbd> the words are gone.
            </p>
          )}
          <ol ref={list} className={styles.queue} aria-label="Passages">
            {state.rows.map((row) => (
              <AnchorItem
                key={row.id}
                row={row}
                slug={slug}
                meId={meId}
                isCurrent={row.id === state.currentId}
                busy={state.busy.has(row.id)}
                news={state.news.get(row.id) ?? null}
                isReopened={state.reopened.has(row.id)}
                onDecide={(decision) => void queue.decide(row, decision)}
                onReopen={() => queue.reopen(row.id)}
                onPlace={() => openText(row)}
                onFocus={() => queue.makeCurrent(row.id)}
              >
                {placing === row.id &&
                  (isOpening || !text ? (
                    <LoadingLines label="Opening the text" />
                  ) : (
                    <PlaceChooser
                      key={place}
                      row={row}
                      onCancel={closeText}
                      onPlace={(range) => {
                        closeText()
                        void queue.decide(row, range)
                      }}
                    >
                      {text}
                    </PlaceChooser>
                  ))}
              </AnchorItem>
            ))}
          </ol>
        </>
      )}
      {queue.more === 'failed' && (
        <Notice face="failed" announce>
          The rest could not be loaded.
        </Notice>
      )}
      {state.next !== null && (
        <Button busy={queue.more === 'loading'} onClick={() => void queue.showMore()}>
          {queue.more === 'loading' ? 'Loading…' : queue.more === 'failed' ? 'Try again' : 'Show more'}
        </Button>
      )}
    </>
  )
}

/** The way between one's own passages and everybody's. */
function Whose({ base, shown }: Pick<AnchorQueueProps, 'base' | 'shown'>) {
  return (
    <p className={styles.says}>
      {shown.isMine ? 'Only your own notes are shown. ' : ''}
      <a href={queueAddress(base, { ...shown, isMine: !shown.isMine })}>
        {shown.isMine ? 'Show everybody’s' : 'Only my own notes'}
      </a>
    </p>
  )
}

function Empty({ shown: { state, isMine } }: Pick<AnchorQueueProps, 'shown'>) {
  const those = isMine ? 'passage of your own notes' : 'passage that you may read'
  return (
    <Notice face="empty" title={state === 'uncertain' ? 'Nothing is left to decide' : 'No passages here'}>
      {state !== null
        ? `No ${those} is ${anchorWords[state].label}.`
        : isMine
          ? 'You have not marked anything in this document.'
          : 'Nobody has marked anything in this document that you may read.'}
    </Notice>
  )
}
