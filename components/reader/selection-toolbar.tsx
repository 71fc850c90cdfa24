import { Suspense, useEffect, useState } from 'react'
import { useStore } from '#components/client/value-store.ts'
import { Icon } from '#components/ui/icon.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { showToast } from '#components/ui/toast-list.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import { blocksInRange } from './block-spans.ts'
import { cite } from './citation.ts'
import { printedPageOf } from './printed-pages.ts'
import { readAddress } from './read-address.ts'
import { type Reader, useReader } from './reader-context.ts'
import { olderEdition, type ReaderData } from './reader-data.ts'
import { type SelectedWords, writableRooms } from './reader-view.ts'
import styles from './selection-toolbar.module.css'

const DisputeSelection = lazyPart(async () => (await import('./dispute-selection.tsx')).DisputeSelection)

/** What can be done with selected words; stands at the selection, on touch screens at the lower edge. */
export function SelectionToolbar() {
  const reader = useReader()
  const { data, view, actions } = reader
  const selected = useStore(view, (state) => state.selected)
  const writingRoom = useStore(view, (state) => state.writingRoom)
  const shutRooms = useStore(view, (state) => state.shutRooms)
  const isMaking = useStore(view, (state) => state.isMaking)
  const [isCoarse, setCoarse] = useState(false)
  useEffect(() => setCoarse(matchMedia('(pointer: coarse), (width < 44em)').matches), [])
  const [disputed, setDisputed] = useState<SelectedWords | null>(null)
  const disputeForm = disputed && (
    <Suspense>
      <DisputeSelection selected={disputed} onClose={() => setDisputed(null)} />
    </Suspense>
  )
  // The form outlives the selection that it was opened from.
  if (!selected || disputed) return disputeForm
  const { box } = selected
  const isBelow = box.top - scrollY < 120
  const position = isCoarse
    ? undefined
    : {
        left: `clamp(19.5rem, ${(box.left + box.right) / 2}px, calc(100vw - 19.5rem))`,
        top: isBelow ? box.bottom + 8 : box.top - 8,
      }
  const writable = writableRooms(data, shutRooms)
  return (
    <div
      className={styles.toolbar}
      data-place={isCoarse ? 'edge' : isBelow ? 'below' : 'above'}
      style={position}
      role="toolbar"
      aria-label="Selected words"
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLSelectElement)) event.preventDefault()
      }}
    >
      {writingRoom && (
        <>
          {(['highlight', 'note', 'question'] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              disabled={isMaking}
              data-color={writingRoom.color}
              onClick={() => void actions.make(kind, selected.range, selected.words)}
            >
              {toolWords[kind]}
              <span className={styles.key}>{toolKeys[kind]}</span>
            </button>
          ))}
          <label className={styles.target} data-color={writingRoom.color}>
            <span>goes to</span>
            <select
              value={writingRoom.name}
              onChange={(event) =>
                view.set({ writingRoom: writable.find(({ name }) => name === event.target.value) ?? null })
              }
            >
              {writable.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {data.me === null && (
        <a href={`/sign-in?callbackUrl=${encodeURIComponent(passageAddress(data, selected.range))}`}>
          Sign in to write
        </a>
      )}
      {data.me && (
        <button type="button" onClick={() => setDisputed(selected)}>
          Dispute…
        </button>
      )}
      <button type="button" onClick={() => void copyCited(reader, selected)}>
        <Icon name="copy" /> Copy with citation<span className={styles.key}>C</span>
      </button>
    </div>
  )
}

function passageAddress({ document }: ReaderData, range: TextRange): string {
  return readAddress(document.slug, { edition: olderEdition(document), range })
}

const toolWords = { highlight: 'Highlight', note: 'Note', question: 'Question' } as const
const toolKeys = { highlight: 'H', note: 'N', question: 'Q' } as const

/** Copies selected words with where they stand. */
export async function copyCited(
  { data, getBlocks }: Pick<Reader, 'data' | 'getBlocks'>,
  selected: SelectedWords,
) {
  const numbers = blocksInRange(getBlocks(), selected.range).flatMap(({ number }) => number ?? [])
  const [first] = numbers
  const last = numbers.at(-1)
  const citation = cite({
    title: data.document.title,
    authors: data.document.authors,
    words: selected.words,
    page: printedPageOf(getBlocks(), selected.range, data.section.page ?? null),
    paragraphs: first === undefined || last === undefined ? null : { first, last },
    url: new URL(passageAddress(data, selected.range), location.href).href,
  })
  try {
    await navigator.clipboard.writeText(citation)
    showToast({ text: 'Copied with its citation.' })
  } catch {
    showToast({ face: 'failed', text: 'This browser does not let the page copy.' })
  }
}
