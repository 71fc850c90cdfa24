/** The rooms that are open in this process: opened when somebody comes, kept a little when the last has left. */
import { AppError } from '#domain/app-error.ts'
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'
import { type MarginRoomRef, marginRoomName } from '#domain/wire/feed.ts'
import { sayHappened } from '../cluster/room-line.ts'
import type { RoomState } from '../db/events.ts'
import type { NoteProgress } from '../db/note-log.ts'
import type { RoomEvent } from '../services/contracts/feed.ts'
import type { NoteRef } from '../services/note-writer.ts'
import type { Place } from './admission.ts'
import { lingerMs } from './limits.ts'
import { MarginRoom, type MarginRoomContext } from './margin-room.ts'
import { NoteRoom } from './note-room.ts'
import type { NoteRoomContext } from './note-room-context.ts'
import type { Room } from './room.ts'
import type { SyncGauges } from './sync-metrics.ts'

/** So many questions at once that a turn reaches a thousand rooms within a second, and leaves the database to others. */
const roomsAskedAtOnce = 8

/** What rooms are made with, besides what they tell the registry. */
export type RoomsContext = Omit<NoteRoomContext, 'onIdle' | 'onFailed'> & Omit<MarginRoomContext, 'onEmpty'>

/** The registry. */
export class Rooms {
  readonly #notes = new Map<string, NoteRoom>()
  readonly #margins = new Map<string, MarginRoom>()
  readonly #lingering = new Map<NoteRoom, NodeJS.Timeout>()
  readonly #ending = new Set<Promise<void>>()
  #isClosed = false

  constructor(private readonly context: RoomsContext) {}

  /** How many rooms there are of each kind, documents in them, and clients in all of them. */
  get counts(): Pick<SyncGauges, 'rooms' | 'documents' | 'seats'> {
    let [documents, seats] = [0, 0]
    for (const room of this.#notes.values()) documents += Number(room.hasDocument)
    for (const room of this.#all()) seats += room.seatCount
    return { rooms: { note: this.#notes.size, margin: this.#margins.size }, documents, seats }
  }

  /** The room of a place, opened if it is not open. */
  open(place: Place): Room {
    return place.kind === 'note' ? this.#openNote(place) : this.#openMargin(place)
  }

  /** Hands what happened on this server to the margins it belongs to, here and elsewhere. */
  deliver(events: readonly RoomEvent[]): void {
    this.context.metrics.feedEvents(events.length)
    for (const event of events) {
      const name = marginRoomName(event.room)
      this.#margins.get(name)?.take(event)
      sayHappened(this.context.cluster, name, event)
    }
  }

  /** Notes and margins that are open here. */
  get places(): { readonly noteIds: readonly string[]; readonly margins: readonly MarginRoomRef[] } {
    return {
      noteIds: [...this.#notes.keys()],
      margins: [...this.#margins.values()].map(({ ref }) => ref),
    }
  }

  /** Tells open rooms how far they have come in the database. */
  noticeProgress(
    notes: readonly NoteProgress[],
    margins: readonly (RoomState & { readonly room: MarginRoomRef })[],
  ): void {
    for (const { noteId, ...progress } of notes) this.#notes.get(noteId)?.noticeProgress(progress)
    for (const { room, ...state } of margins) this.#margins.get(marginRoomName(room))?.noticeState(state)
  }

  /** A server is gone, and those who were there with it. */
  forgetServer(server: string): void {
    for (const room of this.#all()) room.forgetServer(server)
  }

  /** Nothing was heard of other servers for a while. */
  meetServers(): void {
    for (const room of this.#all()) room.meetServers()
  }

  /** A thread's rights or state changed: everyone in its notes is asked about again. */
  async threadChanged(threadId: string): Promise<void> {
    const rooms = [...this.#notes.values()].filter((room) => room.threadId === threadId)
    await Promise.all(rooms.map((room) => room.askAgain(() => true)))
  }

  /** A person's rights may have changed: they are asked about again wherever they are. */
  async personChanged(userId: string): Promise<void> {
    await Promise.all(this.#all().map((room) => room.askAgain((seat) => seat.userId === userId)))
  }

  /** Writes in a note, open or not: see `NoteWriter`. */
  async replaceContent(note: NoteRef, json: NoteJson, author: Person): Promise<void> {
    if (this.#isClosed) throw new AppError('unavailable', 'The server is about to restart.')
    await this.#openNote(note).replaceContent(json, author)
  }

  /** Asks about everyone, a few rooms at a time. */
  async askAgainAboutAll(): Promise<void> {
    const rooms = this.#all()
    for (let at = 0; at < rooms.length; at += roomsAskedAtOnce)
      await Promise.all(rooms.slice(at, at + roomsAskedAtOnce).map((room) => room.askAgain(() => true)))
  }

  /** Ends every connection because the server stops. */
  sendAway(): void {
    this.#isClosed = true
    for (const room of this.#all()) room.sendAway()
  }

  /** Ends all rooms, once everyone is sent away and everything is saved that can be. */
  async close(): Promise<void> {
    for (const timer of this.#lingering.values()) clearTimeout(timer)
    this.#lingering.clear()
    await Promise.all([...this.#all().map((room) => room.close()), ...this.#ending])
    this.#notes.clear()
    this.#margins.clear()
  }

  #all(): Room[] {
    return [...this.#notes.values(), ...this.#margins.values()]
  }

  #openNote({ noteId, threadId }: NoteRef): NoteRoom {
    const open = this.#notes.get(noteId)
    if (open) return open
    const room = new NoteRoom(noteId, threadId, {
      ...this.context,
      onIdle: (idle) => this.#linger(idle),
      onFailed: (failed) => this.#forget(failed),
    })
    this.#notes.set(noteId, room)
    return room
  }

  #openMargin({ ref, feed }: Extract<Place, { kind: 'margin' }>): MarginRoom {
    const name = marginRoomName(ref)
    const open = this.#margins.get(name)
    if (open) return open
    const room = new MarginRoom(ref, feed, {
      ...this.context,
      onEmpty: (empty) => {
        if (this.#margins.get(name) === empty) this.#margins.delete(name)
      },
    })
    this.#margins.set(name, room)
    return room
  }

  /** Derives and keeps what is due at once; frees the room a little later, if nobody has come by then. */
  #linger(room: NoteRoom): void {
    if (this.#isClosed || this.#notes.get(room.noteId) !== room) return
    clearTimeout(this.#lingering.get(room))
    const ending = room.sessionEnded().finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
    const timer = setTimeout(async () => {
      await ending
      if (this.#lingering.get(room) !== timer) return
      this.#lingering.delete(room)
      if (room.isIdle) this.#forget(room)
    }, lingerMs)
    this.#lingering.set(room, timer)
  }

  #forget(room: NoteRoom): void {
    if (this.#notes.get(room.noteId) === room) this.#notes.delete(room.noteId)
    room.dispose()
  }
}
