'use client'

import {
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { mergeRooms, type PlacedThread } from '#components/client/merge-rooms.ts'
import { unsentStore, unsentView } from '#components/client/offline/unsent-store.ts'
import { ReadingRoom } from '#components/client/reading-room.ts'
import { unknownRoom } from '#components/client/room-threads.ts'
import { useStore } from '#components/client/value-store.ts'
import { filterThreads } from '#components/margin/filter-threads.ts'
import { Margin } from '#components/margin/margin.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { readToasts, subscribeToToasts } from '#components/ui/toast-list.ts'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import type { FeedEvent } from '#domain/wire/feed.ts'
import { announceArrival } from './announce-arrival.ts'
import { isWithin } from './block-spans.ts'
import { watchEditing } from './editing.ts'
import { EditionNews } from './edition-news.tsx'
import { GutterMarks } from './gutter-marks.tsx'
import { KeyHelp } from './key-help.tsx'
import { OrphanMarks } from './orphan-marks.tsx'
import { PassageChooser } from './passage-chooser.tsx'
import { PrintedNotes } from './printed-notes.tsx'
import styles from './reader.module.css'
import { createReaderActions } from './reader-actions.ts'
import { ReaderBar } from './reader-bar.tsx'
import {
  ReaderContext,
  type Reader as ReaderParts,
  type SectionThreads,
  ThreadsContext,
  useReader,
} from './reader-context.ts'
import type { ReaderData } from './reader-data.ts'
import { createReaderView } from './reader-view.ts'
import { useReadingPosition } from './reading-position.ts'
import { SelectionToolbar } from './selection-toolbar.tsx'
import { indexBlocks, type PageBlock } from './text-ranges.ts'
import { useHighlights } from './use-highlights.ts'
import { useOffline } from './use-offline.ts'
import { useOpening } from './use-opening.ts'
import { usePassageClicks } from './use-passage-clicks.ts'
import { useReaderKeys } from './use-reader-keys.ts'
import { useTextSelection } from './use-text-selection.ts'

const LayerTimes = lazyPart(async () => (await import('./layer-times.tsx')).LayerTimes)
const ParallelMarks = lazyPart(
  async () => (await import('#components/parallels/parallel-marks.tsx')).ParallelMarks,
)
const Toasts = lazyPart(async () => (await import('#components/ui/toasts.tsx')).Toasts)

export interface ReaderProps {
  readonly data: ReaderData
  /** The title and the text, rendered by the server. The reader never changes their DOM. */
  readonly children: ReactNode
}

/** The reader: the text in the middle, who and what is in its margin, and what can be done with its words. */
export function Reader({ data, children }: ReaderProps) {
  const text = useRef<HTMLDivElement>(null)
  const drawn = useRef<HTMLDivElement>(null)
  const [reader] = useState(() => createReader(data, text))
  const threads = useSectionThreads(reader)
  const shownRooms = useStore(reader.view, (state) => state.shownRooms)
  useEffect(() => {
    reader.room.show(reader.data.rooms.filter(({ name }) => shownRooms.has(name)))
  }, [reader, shownRooms])
  useEffect(() => () => reader.room.close(), [reader])

  return (
    <ReaderContext value={reader}>
      <ThreadsContext value={threads}>
        <ReaderBar />
        <main id="main" tabIndex={-1} className={styles.page}>
          <div className={styles.text} ref={text}>
            <div ref={drawn} className="drawn-highlights" aria-hidden="true" />
            {children}
          </div>
          <Margin />
        </main>
        <Behaviour text={text} drawn={drawn} />
        <PrintedNotes />
      </ThreadsContext>
    </ReaderContext>
  )
}

function createReader(data: ReaderData, text: { readonly current: HTMLElement | null }): ReaderParts {
  const view = createReaderView(data.rooms)
  let blocks: readonly PageBlock[] | null = null
  const getBlocks = () => {
    if (!blocks && text.current) blocks = indexBlocks(text.current)
    return blocks ?? []
  }
  const room: ReadingRoom = new ReadingRoom({
    documentId: data.document.id,
    editionId: data.document.edition.id,
    range: data.section,
    joins: data.me !== null,
    onArrival: (event: FeedEvent) => {
      const announcement = announceArrival(event, {
        meId: data.me?.id ?? null,
        blocks: getBlocks(),
        room,
        data,
      })
      if (announcement) view.set({ announcement })
    },
  })
  const actions = createReaderActions({ data, room, view, getBlocks })
  return { data, room, view, actions, editing: watchEditing(room, view, data.me?.id ?? null), getBlocks }
}

/** What works on the text itself, and what floats above it. */
function Behaviour(props: {
  readonly text: RefObject<HTMLDivElement | null>
  readonly drawn: RefObject<HTMLDivElement | null>
}) {
  const { data, view } = useReader()
  const help = useRef<HTMLDialogElement>(null)
  const announcement = useStore(view, (state) => state.announcement)
  const hasToasts = useSyncExternalStore(
    subscribeToToasts,
    () => readToasts().length > 0,
    () => false,
  )
  const [isToasting, setToasting] = useState(false)
  // What is only beside the text comes after it.
  const [isRead, setRead] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setRead(true), 1_000)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    if (hasToasts) setToasting(true)
  }, [hasToasts])
  useHighlights(props.drawn)
  useTextSelection(props.text)
  usePassageClicks(props.text)
  useReadingPosition()
  useOpening()
  useReaderKeys(help)
  useOffline()
  return (
    <>
      <GutterMarks />
      <OrphanMarks />
      {isRead && (
        <Suspense>
          <ParallelMarks />
        </Suspense>
      )}
      {data.rooms.some(({ closesAt }) => closesAt) && (
        <Suspense>
          <LayerTimes />
        </Suspense>
      )}
      <EditionNews />
      <SelectionToolbar />
      <PassageChooser />
      <KeyHelp dialog={help} />
      <div aria-live="polite" role="status">
        <VisuallyHidden>{announcement}</VisuallyHidden>
      </div>
      {isToasting && (
        <Suspense>
          <Toasts />
        </Suspense>
      )}
    </>
  )
}

function useSectionThreads({ room, view, data }: ReaderParts): SectionThreads {
  const rooms = useStore(room.store, (state) => state.rooms)
  const shownRooms = useStore(view, (state) => state.shownRooms)
  const filter = useStore(view, (state) => state.filter)
  const unsent = useStore(unsentStore, (state) => state)
  const withUnsent = useStore(unsentView, ({ show }) => show)
  const all = useMemo(() => {
    const on = data.rooms.flatMap((choice) => {
      const known = rooms.get(choice.name) ?? unknownRoom
      const reading = data.me && { documentId: data.document.id, author: data.me }
      const shown = reading && withUnsent ? withUnsent(known, unsent, choice, reading) : known
      return shownRooms.has(choice.name) ? [[choice.name, shown] as const] : []
    })
    return mergeRooms(new Map(on), data.document.id).filter((placed) => isInSection(placed, data))
  }, [rooms, unsent, withUnsent, shownRooms, data])
  return useMemo(() => ({ all, shown: filterThreads(all, filter) }), [all, filter])
}

/** Threads about the whole document stand at its beginning. */
function isInSection({ ranges }: PlacedThread, { section }: ReaderData): boolean {
  if (ranges.length === 0) return section.number === 1
  return ranges.some((range) => isWithin(range, section))
}
