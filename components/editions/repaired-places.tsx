'use client'

import { useState } from 'react'
import { ApiError } from '#components/client/api.ts'
import { type EditionPlace, listRepairs } from '#components/client/edition-api.ts'
import { Button } from '#components/ui/button.tsx'
import { LoadingLines } from '#components/ui/loading-lines.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { describeRepairs } from '#domain/text/describe-repairs.ts'
import type { RepairSummary } from '#domain/wire/document.ts'
import type { RepairedPlace } from '#domain/wire/edition.ts'
import styles from './editions.module.css'

/** Places shown before somebody asks for the others. */
const fewPlaces = 5

type Loaded =
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'loaded'; readonly places: readonly RepairedPlace[] }

export interface RepairedPlacesProps {
  readonly edition: EditionPlace
  readonly repair: RepairSummary
}

/** One kind of repair in words, which opens to the places where it was made; they are asked for when it does. */
export function RepairedPlaces({ edition, repair }: RepairedPlacesProps) {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'not-yet' })
  const [areAllShown, setAllShown] = useState(false)
  const load = async () => {
    try {
      const { items } = await listRepairs(edition)
      setLoaded({ kind: 'loaded', places: items.find(({ kind }) => kind === repair.kind)?.places ?? [] })
    } catch (error) {
      const message = error instanceof ApiError ? error.message : 'Something went wrong here.'
      setLoaded({ kind: 'failed', message })
    }
  }
  return (
    <details
      className={styles.notices}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && loaded.kind !== 'loaded') void load()
      }}
    >
      <summary>{describeRepairs([repair])}</summary>
      {loaded.kind === 'not-yet' && <LoadingLines label="Looking up the places" lines={2} />}
      {loaded.kind === 'failed' && (
        <Notice face="failed" announce>
          {loaded.message}
        </Notice>
      )}
      {loaded.kind === 'loaded' && (
        <>
          <ol className={styles.repaired}>
            {loaded.places.slice(0, areAllShown ? undefined : fewPlaces).map((place) => (
              <Repaired key={`${place.start}-${place.end}`} place={place} />
            ))}
          </ol>
          {!areAllShown && loaded.places.length > fewPlaces && (
            <Button look="plain" onClick={() => setAllShown(true)}>
              Show {loaded.places.length - fewPlaces} more
            </Button>
          )}
          {areAllShown && repair.count > loaded.places.length && (
            <p>These are the first {loaded.places.length}.</p>
          )}
        </>
      )}
    </details>
  )
}

function Repaired({ place }: { readonly place: RepairedPlace }) {
  const { before, words, after, paragraph, was } = place
  return (
    <li>
      {paragraph !== null && <span>¶ {paragraph} </span>}
      <span className={styles.inText} dir="auto">
        {before && `…${before}`}
        <mark>{words}</mark>
        {after && `${after}…`}
      </span>{' '}
      <span>
        in the original <q dir="auto">{was.replaceAll('\n', ' ⏎ ')}</q>
      </span>
    </li>
  )
}
