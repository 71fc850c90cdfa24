/**
 * The room of one margin note.
 *
 * An update passes the gate (it can be read, it builds on what is here, its Yjs client ids are its sender's, the note
 * stays a note), waits to be committed with everything else that was just written, and only then goes to the others
 * and is acknowledged. Nobody is ever shown what is not committed: so no other client can hold words that this server
 * lost, and a Yjs client id that comes up for the first time is always its owner's own.
 *
 * A room is dropped only when everything is saved and nobody is in it.
 */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'
import type { NewNoteUpdate, NoteLog } from '../db/note-log.ts'
import { answerFrames } from './answer-step1.ts'
import { AwarenessRelay } from './awareness-relay.ts'
import { EarlyFrames } from './early-frames.ts'
import { type ClientFrame, step1Frame } from './frames.ts'
import { maxUnsavedBytesInAll } from './limits.ts'
import type { NoteRoomContext } from './note-room-context.ts'
import { NoteUpkeep } from './note-upkeep.ts'
import { offerReplacement, toAppError } from './offer-replacement.ts'
import { OpenNote } from './open-note.ts'
import { PendingUpdates } from './pending-updates.ts'
import { stampPerson } from './person-stamp.ts'
import type { Room } from './room.ts'
import type { SaveOwner } from './save-queue.ts'
import type { Seat } from './seat.ts'
import { Seats } from './seats.ts'
import { UpdateIntake } from './update-intake.ts'

type UpdateFrame = Extract<ClientFrame, { kind: 'update' }>

const readOnlyReason = 'you may read this note, but not write in it'
const outdatedReason = 'this page is older than the note; reload it to write'
const unsavedReason = 'your words are not saved yet; the server keeps trying'

/** One margin note, open. */
export class NoteRoom implements Room, SaveOwner {
  readonly name: string
  readonly #seats = new Seats()
  readonly #awareness: AwarenessRelay
  readonly #intake = new UpdateIntake()
  readonly #loading: Promise<void>
  #note: OpenNote | null = null
  #upkeep: NoteUpkeep | null = null
  /** Why it is of no use, or null while it may be. */
  #failure: 'gone' | 'unavailable' | null = null
  readonly #early = new EarlyFrames()
  readonly #pending = new PendingUpdates()
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
    return this.#seats.size === 0 && this.#pending.isEmpty && this.#replacing === 0
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
        if (!this.#note) this.#early.keep(seat, frame)
        else if (frame.kind === 'step1') this.#answerStep1(seat, frame.stateVector, this.#note)
        else this.#take(seat, frame, this.#note)
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
    await this.#upkeep?.sessionEnded()
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
    this.#pending.abandon(toAppError('unavailable'))
    this.#awareness.close()
    this.#note?.destroy()
  }

  // ---------------------------------------------------------------- writing without a connection

  /** Makes the note say `json`, as a change by `author` like any other: see `NoteWriter`. */
  async replaceContent(json: NoteJson, author: Person): Promise<void> {
    this.#replacing += 1
    try {
      await this.#loading
      this.#replace(json, author)
      await this.#pending.committed()
      await this.#upkeep?.derived()
    } finally {
      this.#replacing -= 1
      this.#noticeIdle()
    }
  }

  #replace(json: NoteJson, { userId }: Person): void {
    const { saves } = this.context
    if (!this.#note || !this.#upkeep || this.#failure) throw toAppError(this.#failure ?? 'unavailable')
    // Not to leave somebody with an answer that waits for a database that is not there.
    if (saves.isFailing || saves.bytes > maxUnsavedBytesInAll) throw toAppError('unavailable')
    const row = offerReplacement(this.#note, json, { userId, authorIds: this.#upkeep.authorIds })
    if (!row) return
    this.#upkeep.forgetAuthors()
    this.#pending.add(null)
    saves.add(this, row)
  }

  // ---------------------------------------------------------------- saving

  saved(updates: readonly NewNoteUpdate[], positions: readonly bigint[]): void {
    const committed = this.#note?.commit(positions)
    this.#upkeep?.changed(
      positions,
      updates.flatMap(({ userId }) => userId ?? []),
    )
    if (committed) this.#pending.commit(updates.length, committed, this.#seats)
    this.#noticeIdle()
  }

  notSaved(): void {
    this.#pending.delay(unsavedReason, toAppError('unavailable'))
  }

  noteGone(): void {
    this.#pending.abandon(toAppError('gone'))
    this.#fail('gone')
  }

  // ---------------------------------------------------------------- loading

  async #load(): Promise<void> {
    try {
      const log = await this.context.loadLog(this.noteId)
      if (log) this.#open(log)
      else this.#fail('gone')
    } catch (error) {
      this.context.log.error({ err: error, room: this.name }, 'a note could not be loaded')
      this.#fail('unavailable')
    }
  }

  #open(log: NoteLog): void {
    const note = new OpenNote(this.noteId, log, this.context.limits.noteBytes)
    this.#note = note
    this.#upkeep = new NoteUpkeep(
      {
        ...this.context.upkeepOf(this.noteId),
        noteId: this.noteId,
        log: this.context.log,
        committed: () => note.committed(),
      },
      log,
    )
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
    return this.#note !== null && options.schema !== null && options.schema < this.#note.schema
  }

  #setMayWrite(seat: Seat, mayWrite: boolean): void {
    const allowed = mayWrite && !this.#isOutdated(seat)
    if (allowed === seat.mayWrite) return
    seat.mayWrite = allowed
    if (!allowed) seat.deny(readOnlyReason)
    // What was refused meanwhile is asked for.
    else if (this.#note) seat.send(step1Frame(this.#note.stateVector))
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

  #take(seat: Seat, { update, isAnswer }: UpdateFrame, note: OpenNote): void {
    this.context.metrics.received()
    const intake = this.#intake.take(seat, note.doc, update, isAnswer)
    if (intake.kind === 'malformed') seat.close('malformed')
    else if (!seat.mayWrite) {
      this.#intake.forget(seat)
      if (intake.kind !== 'nothing') this.context.metrics.denied()
      if (intake.kind !== 'nothing') seat.deny(this.#isOutdated(seat) ? outdatedReason : readOnlyReason)
    } else if (intake.kind === 'ask') seat.send(step1Frame(note.stateVector))
    else if (intake.kind === 'nothing') this.#pending.count(seat, intake.frames)
    else if (intake.kind === 'new') this.#accept(seat, intake, note)
  }

  #accept(
    seat: Seat,
    { update, clientIds, frames }: { update: Uint8Array; clientIds: readonly number[]; frames: number },
    note: OpenNote,
  ): void {
    const { saves, log } = this.context
    if (seat.userId === null) {
      seat.deny(readOnlyReason)
      return
    }
    if (saves.bytes + update.length > maxUnsavedBytesInAll) {
      seat.close('unavailable')
      return
    }
    const offer = note.offer(seat.userId, update, clientIds)
    if (offer.kind === 'refused') {
      const { closing, problem } = offer
      log.warn({ room: this.name, userId: seat.userId, closing, problem }, 'an update was refused')
      seat.close(closing)
      return
    }
    this.#pending.add(seat, frames)
    saves.add(this, offer.row)
    if (saves.isFailing) seat.warn(unsavedReason)
  }

  #noticeIdle(): void {
    if (this.isIdle) this.context.onIdle(this)
  }
}
