import { createContext, use } from 'react'
import type { PlacedThread } from '#components/client/merge-rooms.ts'
import type { ReadingRoom } from '#components/client/reading-room.ts'
import type { Editing } from './editing.ts'
import type { ReaderActions } from './reader-actions.ts'
import type { ReaderData } from './reader-data.ts'
import type { ReaderView } from './reader-view.ts'
import type { PageBlock } from './text-ranges.ts'

/** What every part of the reader works with. It never changes while the page is open, so it re-renders nothing. */
export interface Reader {
  readonly data: ReaderData
  readonly room: ReadingRoom
  readonly view: ReaderView
  readonly actions: ReaderActions
  readonly editing: Editing
  /** The blocks of the section, once the page is in the browser. */
  readonly getBlocks: () => readonly PageBlock[]
}

/** The threads of this section, in reading order. */
export interface SectionThreads {
  /** In the layers that are switched on. */
  readonly all: readonly PlacedThread[]
  /** Those of `all` that pass the filter. */
  readonly shown: readonly PlacedThread[]
}

export const ReaderContext = createContext<Reader | null>(null)
export const ThreadsContext = createContext<SectionThreads>({ all: [], shown: [] })

/** The reader this component is part of. Throws outside of one. */
export function useReader(): Reader {
  const reader = use(ReaderContext)
  if (!reader) throw new Error('This part stands only inside of the reader')
  return reader
}

/** The threads of the open section. */
export function useThreads(): SectionThreads {
  return use(ThreadsContext)
}
