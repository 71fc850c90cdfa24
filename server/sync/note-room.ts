/**
 * The room of one margin note.
 *
 * A room is dropped only when everything is saved and nobody is in it.
 */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'
import type { NoteLog } from '../db/note-log.ts'
import { answerFrames } from './answer-step1.ts'
import { AwarenessRelay } from './awareness-relay.ts'
import { EarlyFrames } from './early-frames.ts'
import { type ClientFrame, step1Frame } from './frames.ts'
import type { NoteRoomContext } from './note-room-context.ts'
import { NoteUpkeep } from './note-upkeep.ts'
import { NoteWriting } from './note-writing.ts'
import { toAppError } from './offer-replacement.ts'
import { OpenNote } from './open-note.ts'
import { stampPerson } from './person-stamp.ts'
import type { Room } from './room.ts'
import type { Seat } from './seat.ts'
import { Seats } from './seats.ts'

const readOnlyReason = 'you may read this note, but not write in it'
const outdatedReason = 'this page is older than the note; reload it to write'

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
    })
    this.#loading = this.#load()
  }

  get seatCount(): number {
    return this.#seats.size
  }

  /** Whether there is nobody in it and nothing to be saved. */
  get isIdle(): boolean {
    return this.#seats.size === 0 && (this.#open?.writing.isSettled ?? true) && this.#replacing === 0
  }

  join(seat: Seat): void {
    this.#seats.add(seat)
    this.#greet(seat)
    this.#awareness.welcome(seat)
  }

  leave(seat: Seat): void {
    if (!this.#seats.remove(seat)) return
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
        if (!this.#open) this.#early.keep(seat, frame)
        else if (frame.kind === 'step1') this.#answerStep1(seat, frame.stateVector, this.#open.note)
        else this.#open.writing.receive(seat, frame)
    }
  }

  askAgain(concerns: (seat: Seat) => boolean): Promise<void> {
    return this.#seats.askAgain(concerns, async (seat) => {
      const { mayWrite } = await this.context.services.notes.access(seat.actor, this.noteId)
      this.#setMayWrite(seat, mayWrite)
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
    this.#open?.note.destroy()
  }

  // ---------------------------------------------------------------- writing without a connection

  /** Makes the note say `json`, as a change by `author` like any other: see `NoteWriter`. */
  async replaceContent(json: NoteJson, author: Person): Promise<void> {
    this.#replacing += 1
    try {
      await this.#loading
      if (!this.#open || this.#failure) throw toAppError(this.#failure ?? 'unavailable')
      await this.#open.writing.replace(json, author)
      await this.#open.upkeep.derived()
    } finally {
      this.#replacing -= 1
      this.#noticeIdle()
    }
  }

  // ---------------------------------------------------------------- loading

  async #load(): Promise<void> {
    try {
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
      whyNot: (seat) => (this.#isOutdated(seat) ? outdatedReason : readOnlyReason),
      onSettled: () => this.#noticeIdle(),
      onGone: () => this.#fail('gone'),
    })
    this.#open = { note, upkeep, writing }
    for (const seat of this.#seats) this.#greet(seat)
    for (const { seat, frame } of this.#early.take()) if (seat.isOpen) this.receive(seat, frame)
  }

  /** Ends a room that nobody can be in; the next who comes gets another. */
  #fail(closing: 'gone' | 'unavailable'): void {
    this.#early.take()
    this.#failure = closing
    this.context.onFailed(this)
    this.#seats.closeAll(closing)
  }

  // ---------------------------------------------------------------- what clients send

  #greet(seat: Seat): void {
    if (seat.mayWrite && this.#isOutdated(seat)) {
      seat.mayWrite = false
      seat.deny(outdatedReason)
    }
  }

  #isOutdated({ options }: Seat): boolean {
    return this.#open !== null && options.schema !== null && options.schema < this.#open.note.schema
  }

  #setMayWrite(seat: Seat, mayWrite: boolean): void {
    const allowed = mayWrite && !this.#isOutdated(seat)
    if (allowed === seat.mayWrite) return
    seat.mayWrite = allowed
    if (!allowed) seat.deny(readOnlyReason)
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
