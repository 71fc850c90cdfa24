/**
 * All margin rooms of one open section: their threads, who is in them, and how their connections stand.
 *
 * A room is listed by REST once, then kept up by its feed. Each time its socket opens (again) it asks for what
 * changed since the `seq` it shows; events that arrive while a list is under way wait until the list is in. A room
 * that is switched off leaves its socket and keeps its threads, so that switching it on only fetches the difference.
 */
import type { FeedEvent } from '#domain/wire/feed.ts'
import type { EditionRef } from '#domain/wire/shared.ts'
import type { Reply, ThreadList, ThreadWithReplies } from '#domain/wire/thread.ts'
import { ApiError, callApi } from './api.ts'
import { MarginRoom, type OwnPresence, type RoomConnection } from './margin-room.ts'
import { pageChannels } from './page-channels.ts'
import type { PresenceBook } from './presence-book.ts'
import {
  applyFeedEvent,
  catchUp,
  dropThread,
  fromLists,
  putReply,
  putThread,
  type RoomThreads,
  unknownRoom,
} from './room-threads.ts'
import { listThreads } from './thread-api.ts'
import { createStore } from './value-store.ts'

/** One room as the server page offers it. */
export interface RoomRef {
  readonly name: string
  readonly layerId: string
  /** Null in a private layer. */
  readonly groupId: string | null
}

/** How loading a room went. */
export type RoomPhase = 'loading' | 'ready' | 'failed'

export interface ReadingRoomState {
  readonly rooms: ReadonlyMap<string, RoomThreads>
  readonly phases: ReadonlyMap<string, RoomPhase>
  readonly connections: ReadonlyMap<string, RoomConnection>
  readonly presence: ReadonlyMap<string, PresenceBook>
  /** The session ended: nothing more is loaded or joined until somebody signs in again. */
  readonly isSignedOut: boolean
  /** The current edition of the document as last heard of, whichever is on view; null before the first list. */
  readonly currentEdition: EditionRef | null
}

export interface ReadingRoomOptions {
  readonly documentId: string
  readonly editionId: string
  /** Threads outside of this range of the edition are not fetched. */
  readonly range: { readonly start: number; readonly end: number }
  /** Anonymous readers read, and join no room. */
  readonly joins: boolean
  /** Called with each event of the feed that changed something. */
  readonly onArrival: (event: FeedEvent) => void
}

interface OpenRoom {
  readonly ref: RoomRef
  socket: MarginRoom | null
  /** Events that wait for a list; null when none is under way. */
  waiting: FeedEvent[] | null
  /** The socket opened while a list was under way that began before it: what happened between is still to be asked. */
  owesCatchUp: boolean
  /** Ends the list that is under way. */
  abort: AbortController
}

export class ReadingRoom {
  readonly store = createStore<ReadingRoomState>({
    rooms: new Map(),
    phases: new Map(),
    connections: new Map(),
    presence: new Map(),
    isSignedOut: false,
    currentEdition: null,
  })
  private readonly open = new Map<string, OpenRoom>()
  private isCheckingSession = false
  private presence: OwnPresence = { at: null, writingIn: null }

  constructor(private readonly options: ReadingRoomOptions) {}

  /** Shows exactly these rooms: joins those that are new and leaves the others. */
  show(rooms: readonly RoomRef[]): void {
    const wanted = new Set(rooms.map((room) => room.name))
    for (const [name, room] of this.open) if (!wanted.has(name)) this.leave(name, room)
    for (const ref of rooms) if (!this.open.has(ref.name)) this.join(ref)
  }

  /** Ends everything. */
  close(): void {
    this.show([])
  }

  /** Tries to load a room again that failed. */
  reload(name: string): void {
    const room = this.open.get(name)
    if (room) void this.load(room)
  }

  /** Asks anew for everything that is shown. */
  reloadAll(): void {
    for (const room of this.open.values()) void this.load(room)
  }

  setPresence(presence: OwnPresence): void {
    this.presence = presence
    for (const room of this.open.values()) room.socket?.setPresence(presence)
  }

  /** Shows a thread as the server answered it, in every room of its layer. */
  putThread(thread: ThreadWithReplies): void {
    this.change((room, ref) => (ref.layerId === thread.layerId ? putThread(room, thread) : room))
    if (!this.isCurrent()) this.loadLayer(thread.layerId)
  }

  dropThread(threadId: string): void {
    this.change((room) => dropThread(room, threadId))
  }

  putReply(threadId: string, reply: Reply): void {
    this.change((room, ref) => (ref.groupId === reply.groupId ? putReply(room, threadId, reply) : room))
  }

  /**
   * Whether the edition on view is the current one. What the server tells of a single thread is placed in the current
   * edition; while another is on view, only a list says where it stands there.
   */
  private isCurrent(): boolean {
    const { currentEdition } = this.store.get()
    return currentEdition === null || currentEdition.id === this.options.editionId
  }

  private loadLayer(layerId: string): void {
    for (const room of this.open.values()) if (room.ref.layerId === layerId) void this.load(room)
  }

  private change(next: (room: RoomThreads, ref: RoomRef) => RoomThreads): void {
    const rooms = new Map(this.store.get().rooms)
    for (const [name, { ref }] of this.open) rooms.set(name, next(rooms.get(name) ?? unknownRoom, ref))
    this.store.set({ rooms })
  }

  private join(ref: RoomRef): void {
    const room: OpenRoom = {
      ref,
      socket: null,
      waiting: null,
      owesCatchUp: false,
      abort: new AbortController(),
    }
    this.open.set(ref.name, room)
    if (!this.options.joins) {
      void this.load(room)
      return
    }
    if (!this.store.get().rooms.has(ref.name)) void this.load(room)
    room.socket = new MarginRoom(pageChannels(), `${ref.name}?v=1`, this.presence, {
      onOpen: () => void this.catchUp(room),
      onFeed: (event) => this.take(room, event as FeedEvent),
      onPresence: (book) => this.note('presence', ref.name, book),
      onConnection: (connection) => {
        this.note('connections', ref.name, connection)
        if (connection.kind === 'lost' || connection.kind === 'ended') void this.checkSession()
      },
    })
  }

  private leave(name: string, room: OpenRoom): void {
    this.open.delete(name)
    room.abort.abort()
    room.socket?.leave()
    this.note('presence', name, new Map())
  }

  /** A socket that is refused only closes, without saying why; the API says whether it is the session. */
  private async checkSession(): Promise<void> {
    if (this.isCheckingSession || !navigator.onLine) return
    this.isCheckingSession = true
    try {
      await callApi('GET', '/me')
      this.store.set({ isSignedOut: false })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.store.set({ isSignedOut: true })
    } finally {
      this.isCheckingSession = false
    }
  }

  private take(room: OpenRoom, event: FeedEvent): void {
    if (room.waiting) {
      room.waiting.push(event)
      return
    }
    const before = this.store.get().rooms.get(room.ref.name)
    if (!before) return
    if (event.kind === 'edition.published') this.store.set({ currentEdition: event.edition })
    const after = applyFeedEvent(before, event)
    if (after === null) void this.load(room)
    if (after === null || after === before) return
    if ('thread' in event && !this.isCurrent()) void this.load(room)
    else this.note('rooms', room.ref.name, after)
    this.options.onArrival(event)
  }

  private async catchUp(room: OpenRoom): Promise<void> {
    if (room.waiting) {
      room.owesCatchUp = true
      return
    }
    const known = this.store.get().rooms.get(room.ref.name)
    if (!known || known.seq === null) return this.load(room)
    await this.fetch(room, known.seq, (pages) =>
      catchUp(this.store.get().rooms.get(room.ref.name) ?? known, pages),
    )
  }

  private async load(room: OpenRoom): Promise<void> {
    if (!this.store.get().rooms.has(room.ref.name)) this.note('phases', room.ref.name, 'loading')
    await this.fetch(room, undefined, fromLists)
  }

  private async fetch(
    room: OpenRoom,
    since: number | undefined,
    toRoom: (pages: readonly ThreadList[]) => RoomThreads | null,
  ): Promise<void> {
    room.abort.abort()
    room.abort = new AbortController()
    room.waiting = room.waiting ?? []
    const { signal } = room.abort
    try {
      const pages = await this.listAll(room.ref, since, signal)
      if (signal.aborted) return
      const current = pages.at(-1)?.edition
      if (current && current.id !== this.store.get().currentEdition?.id)
        this.store.set({ currentEdition: current })
      const loaded = toRoom(pages)
      const events = room.waiting ?? []
      room.waiting = null
      if (loaded === null) return await this.load(room)
      this.note('rooms', room.ref.name, loaded)
      this.note('phases', room.ref.name, 'ready')
      for (const event of events) this.take(room, event)
      if (room.owesCatchUp) {
        room.owesCatchUp = false
        await this.catchUp(room)
      }
    } catch (error) {
      if (signal.aborted) return
      room.waiting = null
      if (!(error instanceof ApiError)) throw error
      if (!this.store.get().rooms.has(room.ref.name)) this.note('phases', room.ref.name, 'failed')
    }
  }

  private async listAll({ layerId, groupId }: RoomRef, since: number | undefined, signal: AbortSignal) {
    const { documentId, editionId, range } = this.options
    const { start, end } = range
    const query = { layer: layerId, group: groupId ?? undefined, edition: editionId, since, start, end }
    const pages: ThreadList[] = []
    let cursor: string | undefined
    do {
      const page = await listThreads(documentId, { ...query, cursor }, signal)
      pages.push(page)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return pages
  }

  private note<Part extends Exclude<keyof ReadingRoomState, 'isSignedOut' | 'currentEdition'>>(
    part: Part,
    name: string,
    value: ReadingRoomState[Part] extends ReadonlyMap<string, infer Item> ? Item : never,
  ): void {
    const next = new Map<string, unknown>(this.store.get()[part]).set(name, value)
    // The key decides the kind of map; TypeScript cannot follow that through the copy.
    this.store.set({ [part]: next } as Partial<ReadingRoomState>)
  }
}
