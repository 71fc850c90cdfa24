/**
 * The room of one margin note.
 *
 * Other servers may have the same note open. Each appends to its log only after everything that the others appended,
 * and is told what that was; whoever comes in is served only once the room is known to be at the end of the log.
 *
 * A room is dropped only when everything is saved and nobody is in it.
 */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'
import { RoomLine } from '../cluster/room-line.ts'
import type { NoteLog, NoteProgress } from '../db/note-log.ts'
import type { NoteDoor } from '../services/contracts/notes.ts'
import { answerFrames } from './answer-step1.ts'
import { AwarenessRelay } from './awareness-relay.ts'
import { EarlyFrames } from './early-frames.ts'
import { type ClientFrame, step1Frame } from './frames.ts'
import { LogFollower } from './log-follower.ts'
import type { NoteRoomContext } from './note-room-context.ts'
import { NoteUpkeep } from './note-upkeep.ts'
import { NoteWriting } from './note-writing.ts'
import { toAppError } from './offer-replacement.ts'
import { OpenNote } from './open-note.ts'
import { stampPerson } from './person-stamp.ts'
import type { Room } from './room.ts'
import type { Seat } from './seat.ts'
import { Seats } from './seats.ts'

const outdatedReason = 'This page is older than the note: reload it to write.'

/** One margin note, open. */
export class NoteRoom implements Room {
  readonly name: string
  readonly #seats = new Seats()
  readonly #awareness: AwarenessRelay
  readonly #loading: Promise<void>
  /** Null until the log is read. */
  #open: { readonly note: OpenNote; readonly upkeep: NoteUpkeep; readonly writing: NoteWriting } | null = null
  /** Why it is of no use, or null while it may be. */
  #failure: 'gone' | 'unavailable' | null = null
  readonly #early = new EarlyFrames()
  /** Those who came in a moment ago, until the room is known to be at the end of the log. */
  readonly #arriving = new Set<Seat>()
  readonly #line: RoomLine
  readonly #follower: LogFollower
  /** Writers without a seat who are not done. */
  #replacing = 0

  constructor(
    readonly noteId: string,
    /** The thread it belongs to. */
    readonly threadId: string,
    private readonly context: NoteRoomContext,
  ) {
    this.name = `note/${noteId}`
    this.#awareness = new AwarenessRelay({
      seats: () => this.#seats,
      stamp: stampPerson,
      maxStateBytes: context.limits.awarenessBytes,
      tellServers: (update) => this.#line.awareness(update),
      isMoreToCome: () => this.#open !== null && !this.#open.writing.isSettled,
    })
    this.#line = new RoomLine(context.cluster, this.name, {
      awareness: (update, server) => this.#awareness.takeRemote(update, server),
      asked: () => this.#awareness.tellAll(),
      saved: (updates) => this.#open && this.#follower.heard(updates),
    })
    this.#follower = new LogFollower({
      noteId,
      log: context.log,
      position: () => this.#open?.note.position ?? 0n,
      isMissing: () => this.#open?.note.isMissingRows ?? false,
      readEnd: async () => (await context.logEnds.of(noteId))?.position ?? null,
      readAfter: (position) => context.loadLog(noteId, position),
      take: (followed) => this.#open?.writing.follow(followed),
      gone: () => this.#open?.writing.noteGone(),
      hearsOthers: () => context.cluster.isConnected,
    })
    this.#loading = this.#load()
  }

  get seatCount(): number {
    return this.#seats.size
  }

  /** Whether its note is held as a document at this moment. */
  get hasDocument(): boolean {
    return this.#open?.note.hasDocument ?? false
  }

  /** Whether there is nobody in it and nothing to be saved. */
  get isIdle(): boolean {
    return this.#seats.size === 0 && (this.#open?.writing.isSettled ?? true) && this.#replacing === 0
  }

  join(seat: Seat): void {
    this.#seats.add(seat)
    this.#greet(seat)
    this.#awareness.welcome(seat)
    if (this.#open) void this.#arrive(seat)
  }

  leave(seat: Seat): void {
    if (!this.#seats.remove(seat)) return
    this.#early.take(seat)
    this.#awareness.leave(seat)
    this.#noticeIdle()
  }

  receive(seat: Seat, frame: ClientFrame): void {
    switch (frame.kind) {
      case 'awareness': {
        const verdict = this.#awareness.receive(seat, frame.update)
        if (verdict !== 'taken') seat.close(verdict)
        return
      }
      case 'queryAwareness':
        this.#awareness.welcome(seat)
        return
      default:
        if (!this.#open || this.#arriving.has(seat)) this.#early.keep(seat, frame)
        else if (frame.kind === 'step1') this.#answerStep1(seat, frame.stateVector, this.#open.note)
        else this.#open.writing.receive(seat, frame)
    }
  }

  askAgain(concerns: (seat: Seat) => boolean): Promise<void> {
    let door: Promise<NoteDoor> | null = null
    return this.#seats.askAgain(concerns, async (seat) => {
      door ??= this.context.services.notes.door(this.noteId)
      const enter = await door
      const { whyNot } = await enter(seat.actor)
      this.#setWhyNot(seat, whyNot)
    })
  }

  /** Keeps what a room that is left should leave behind: its derived text, and a version. */
  async sessionEnded(): Promise<void> {
    await this.#loading
    await this.#open?.upkeep.sessionEnded()
  }

  sendAway(): void {
    this.#seats.closeAll('restarting')
  }

  async close(): Promise<void> {
    await this.sessionEnded()
    this.dispose()
  }

  /** Frees what it holds; only for a room that is idle. */
  dispose(): void {
    this.#open?.writing.abandon('unavailable')
    this.#awareness.close()
    this.#line.end()
    this.#open?.note.destroy()
  }

  // ---------------------------------------------------------------- writing without a connection

  /** Makes the note say `json`, as a change by `author` like any other: see `NoteWriter`. */
  async replaceContent(json: NoteJson, author: Person): Promise<void> {
    this.#replacing += 1
    try {
      await this.#loading
      if (this.#line.isShared) await this.#follower.catchUp()
      if (!this.#open || this.#failure) throw toAppError(this.#failure ?? 'unavailable')
      await this.#open.writing.replace(json, author)
      await this.#open.upkeep.derived()
    } finally {
      this.#replacing -= 1
      this.#noticeIdle()
    }
  }

  // ---------------------------------------------------------------- other servers

  /** Called now and then: how far the note has come in the database, which other servers may have brought about. */
  noticeProgress({ position, derivedPosition }: Omit<NoteProgress, 'noteId'>): void {
    if (!this.#open) return
    if (position > this.#open.note.position) void this.#follower.catchUp()
    else this.#open.upkeep.derivedElsewhere(derivedPosition)
  }

  forgetServer(server: string): void {
    this.#awareness.forgetServer(server)
  }

  meetServers(): void {
    this.#line.ask()
    this.#awareness.tellAll()
  }

  // ---------------------------------------------------------------- loading

  async #load(): Promise<void> {
    try {
      await this.#line.ready
      this.#line.ask()
      const log = await this.context.loadLog(this.noteId)
      if (log) this.#begin(log)
      else this.#fail('gone')
    } catch (error) {
      this.context.log.error({ err: error, room: this.name }, 'a note could not be loaded')
      this.#fail('unavailable')
    }
  }

  #begin(log: NoteLog): void {
    const { noteId, name, context } = this
    const note = new OpenNote(noteId, log, context.limits.noteBytes)
    const upkeep = new NoteUpkeep(
      { ...context.upkeepOf(noteId), noteId, log: context.log, committed: () => note.committed() },
      log,
    )
    const writing = new NoteWriting({
      ...context,
      name,
      note,
      upkeep,
      seats: this.#seats,
      whyNot: (seat) => seat.whyNot ?? outdatedReason,
      onSaved: (saved) => {
        this.#line.saved(saved)
        this.#awareness.goAlong()
        return this.#line.isShared
      },
      onCommitted: () => this.#follower.goOn(),
      learn: (after) => this.#follower.learn(after),
      onSettled: () => this.#noticeIdle(),
      onGone: () => this.#fail('gone'),
    })
    this.#open = { note, upkeep, writing }
    for (const seat of this.#seats) {
      this.#greet(seat)
      void this.#arrive(seat)
    }
  }

  /** Serves a newcomer, once everything is here that they may have been shown on another server. */
  async #arrive(seat: Seat): Promise<void> {
    if (this.#line.isShared) {
      this.#arriving.add(seat)
      await this.#follower.catchUp()
      this.#arriving.delete(seat)
    }
    for (const frame of this.#early.take(seat)) if (seat.isOpen) this.receive(seat, frame)
  }

  /** Ends a room that nobody can be in; the next who comes gets another. */
  #fail(closing: 'gone' | 'unavailable'): void {
    this.#failure = closing
    this.context.onFailed(this)
    this.#seats.closeAll(closing)
  }

  // ---------------------------------------------------------------- what clients send

  #greet(seat: Seat): void {
    if (seat.mayWrite && this.#isOutdated(seat)) {
      seat.whyNot = outdatedReason
      seat.deny(outdatedReason)
    }
  }

  #isOutdated({ options }: Seat): boolean {
    return this.#open !== null && options.schema !== null && options.schema < this.#open.note.schema
  }

  #setWhyNot(seat: Seat, whyNot: string | null): void {
    const couldWrite = seat.mayWrite
    seat.whyNot = this.#isOutdated(seat) ? outdatedReason : whyNot
    if (seat.mayWrite === couldWrite) return
    if (seat.whyNot !== null) {
      seat.deny(seat.whyNot)
      seat.close('rights-changed')
    }
    // What was refused meanwhile is asked for.
    else if (this.#open) seat.send(step1Frame(this.#open.note.stateVector))
  }

  #answerStep1(seat: Seat, stateVector: Uint8Array, note: OpenNote): void {
    try {
      for (const frame of answerFrames(note, stateVector)) seat.send(frame)
    } catch {
      seat.close('malformed')
      return
    }
    seat.send(step1Frame(note.stateVector))
  }

  #noticeIdle(): void {
    if (this.isIdle) this.context.onIdle(this)
  }
}
