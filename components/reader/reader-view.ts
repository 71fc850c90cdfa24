/** What the reader shows at this moment: one value that the parts of the page watch. Nothing of it is sent anywhere. */
import { createStore, type ValueStore } from '#components/client/value-store.ts'
import { type MarginFilter, noFilter } from '#components/margin/filter-threads.ts'
import type { TextRange } from '#domain/text/edition-text.ts'
import type { ReaderData, RoomChoice } from './reader-data.ts'

/** Words that are selected, and where on the screen. */
export interface SelectedWords {
  readonly range: TextRange
  readonly words: string
  /** In pixels from the top left of the page. */
  readonly box: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
}

/** Several threads at one place, to choose from. */
export interface PassageChoice {
  readonly threadIds: readonly string[]
  /** In pixels from the top left of the page. */
  readonly left: number
  readonly top: number
}

export interface ReaderViewState {
  /** The thread whose card stands exact, or null. */
  readonly activeId: string | null
  /** The thread whose card takes the focus as soon as it stands in the page, or null. */
  readonly focusId: string | null
  /** The thread whose note is open for writing, or null. */
  readonly editingId: string | null
  /** Names of the rooms that are switched on. */
  readonly shownRooms: ReadonlySet<string>
  /** Names of the rooms that have closed for writing since the page was opened. */
  readonly shutRooms: ReadonlySet<string>
  /** Where new threads go; null when this person may write nowhere. */
  readonly writingRoom: RoomChoice | null
  readonly filter: MarginFilter
  readonly selected: SelectedWords | null
  readonly choice: PassageChoice | null
  /** Threads opened in this visit: no longer unread. */
  readonly seen: ReadonlySet<string>
  /** On a narrow screen: whether the sheet with the notes is open. */
  readonly isSheetOpen: boolean
  /** A thread is being made. */
  readonly isMaking: boolean
  /** What is read out to those who hear the page. */
  readonly announcement: string
}

export type ReaderView = ValueStore<ReaderViewState>

/** The view as a page opens: every layer on, writing where the person can, in their group's discussion first. */
export function createReaderView(rooms: readonly RoomChoice[]): ReaderView {
  return createStore<ReaderViewState>({
    activeId: null,
    focusId: null,
    editingId: null,
    shownRooms: new Set(rooms.map((room) => room.name)),
    shutRooms: new Set(),
    writingRoom:
      rooms.find((room) => room.mayWrite && room.kind === 'discussion') ??
      rooms.find((room) => room.mayWrite) ??
      null,
    filter: noFilter,
    selected: null,
    choice: null,
    seen: new Set(),
    isSheetOpen: false,
    isMaking: false,
    announcement: '',
  })
}

/** The rooms in which this person may write at this moment. */
export function writableRooms({ rooms }: Pick<ReaderData, 'rooms'>, shutRooms: ReadonlySet<string>) {
  return rooms.filter(({ name, mayWrite }) => mayWrite && !shutRooms.has(name))
}
