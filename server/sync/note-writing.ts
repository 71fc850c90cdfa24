/**
 * The way of what is written in one open note, from the frame to "saved".
 *
 * Frames are kept as they come until the next save begins. Then all of them are looked at, in order, each by itself (can
 * it be read, does it build on what is here, are its Yjs client ids its sender's, does the note stay a note), and what
 * is accepted is applied at one stroke, saved in one statement and shown to the others in one frame. Nobody is ever
 * shown what is not committed: so no other client can hold words that this server lost, and a Yjs client id that comes
 * up for the first time is always its owner's own.
 */
import type { NoteJson } from '#domain/note/note-json.ts'
import type { Person } from '#domain/policy/actor.ts'
import type { SavedUpdates } from '../cluster/saved-updates.ts'
import type { AppendedRows } from '../db/append-note-updates.ts'
import type { Closing } from './close-codes.ts'
import { type ClientFrame, step1Frame, updateFrame } from './frames.ts'
import { maxUnsavedBytes, maxUnsavedBytesInAll, shownAfterMs } from './limits.ts'
import type { Followed } from './log-follower.ts'
import type { NoteRoomContext } from './note-room-context.ts'
import type { NoteUpkeep } from './note-upkeep.ts'
import { offerReplacement, toAppError } from './offer-replacement.ts'
import type { OpenNote } from './open-note.ts'
import { PendingUpdates } from './pending-updates.ts'
import type { Seat } from './seat.ts'
import { UpdateIntake } from './update-intake.ts'
import type { SaveGroup, SaveOwner } from './waiting-saves.ts'

/** An update or step 2 of a client. */
export type UpdateFrame = Extract<ClientFrame, { kind: 'update' }>

interface NoteWritingOptions extends Pick<NoteRoomContext, 'saves' | 'log' | 'metrics'> {
  /** Of the room. */
  readonly name: string
  readonly note: OpenNote
  readonly upkeep: NoteUpkeep
  /** Everyone in the room. */
  readonly seats: Iterable<Seat>
  /** What somebody is told whose updates are not taken. */
  readonly whyNot: (seat: Seat) => string
  /** Called with what is committed, once everyone here is shown it. Answers whether other servers are told. */
  readonly onSaved: (saved: SavedUpdates) => boolean
  /** Called when something was appended: rows of other servers may lie before it. */
  readonly onCommitted: () => void
  /** Resolves once it is known what another server committed after a position. */
  readonly learn: (after: bigint) => Promise<void>
  /** Called when everything that came is saved. */
  readonly onSettled: () => void
  /** Called when the note turns out not to be there any more. */
  readonly onGone: () => void
}

interface Received {
  readonly seat: Seat
  readonly frame: UpdateFrame
}

const unsavedReason = 'your words are not saved yet; the server keeps trying'
/** More than a note gets between two saves while the database answers. */
const gatheredAtOnce = 1_000

/** What is written in one note. */
export class NoteWriting implements SaveOwner {
  readonly noteId: string
  readonly #intake = new UpdateIntake()
  readonly #pending = new PendingUpdates()
  #received: Received[] = []
  #receivedBytes = 0
  /** Frames of what other servers committed, which go along with what is being saved here: one write to each reader. */
  #unshown: Uint8Array[] = []
  #showing: NodeJS.Timeout | null = null

  constructor(private readonly options: NoteWritingOptions) {
    this.noteId = options.note.noteId
  }

  /** Whether everything that came is saved, or refused. */
  get isSettled(): boolean {
    return this.#received.length === 0 && this.#pending.isEmpty
  }

  get logPosition(): bigint {
    return this.options.note.position
  }

  /** Takes what a client sent. */
  receive(seat: Seat, frame: UpdateFrame): void {
    const { saves, metrics, note } = this.options
    const { length } = frame.update
    metrics.received()
    const unsavedBytes = note.pendingBytes + this.#receivedBytes + length
    if (unsavedBytes > maxUnsavedBytes || saves.bytes + length > maxUnsavedBytesInAll) {
      seat.close('unavailable')
      return
    }
    this.#received.push({ seat, frame })
    this.#receivedBytes += length
    saves.announce(this, length)
    if (saves.isFailing && seat.mayWrite) seat.warn(unsavedReason)
  }

  /** Makes the note say `json`, as a change by `author` like any other; resolves once it is committed. */
  async replace(json: NoteJson, { userId }: Person): Promise<void> {
    const { saves, note, upkeep } = this.options
    // Not to leave somebody with an answer that waits for a database that is not there.
    if (saves.isFailing || saves.bytes > maxUnsavedBytesInAll) throw toAppError('unavailable')
    while (this.#received.length > 0) this.gather()
    const row = offerReplacement(note, json, { userId, authorIds: upkeep.authorIds })
    if (row) {
      upkeep.forgetAuthors()
      this.#pending.add(new Set([null]), new Map())
      saves.add(this, [row])
    }
    await this.#pending.committed()
  }

  /** Takes what other servers committed, which joins on to what is known here. */
  follow({ update, positions, snapshotPosition, end, newClients }: Followed): void {
    const { note, upkeep, saves } = this.options
    const lost = note.follow(update, end, newClients)
    upkeep.followed(positions, snapshotPosition)
    this.#unshown.push(updateFrame(update))
    if (lost.length > 0) {
      this.#pending.displace(lost, toAppError('unavailable'))
      saves.renew(this.noteId, lost)
    }
    if (this.isSettled) this.#show()
    else this.#showing ??= setTimeout(() => this.#show(), shownAfterMs)
  }

  /** Gives up what is not saved, because of `closing`. */
  abandon(closing: Closing): void {
    this.#received = []
    this.#receivedBytes = 0
    this.#pending.abandon(toAppError(closing))
    this.#show()
  }

  // ---------------------------------------------------------------- what the queue asks and tells

  gather(): void {
    const { saves, note } = this.options
    const frames = this.#received.splice(0, gatheredAtOnce)
    for (const { frame } of frames) this.#receivedBytes -= frame.update.length
    if (this.#received.length > 0) saves.announce(this, 0)
    const nothing = new Map<Seat, number>()
    this.#takeKnown(frames, { settled: new Map(), nothing })
    while (frames.length > 0) {
      const settled = new Map<Seat, number>()
      const { group } = note.together(() => this.#takeUntilRefused(frames, { settled, nothing }))
      if (group.length === 0) continue
      this.#pending.add(new Set(settled.keys()), settled)
      saves.add(this, group)
    }
    this.#pending.count(nothing)
    if (this.isSettled) this.#settle()
  }

  saved(group: SaveGroup, rows: AppendedRows): number {
    const { note, upkeep, seats, onCommitted, onSaved } = this.options
    const { before, positions } = rows
    const update = note.commit(rows)
    upkeep.changed(group, positions)
    this.#show()
    const told = update ? this.#pending.commit(update, seats) : 0
    const isPassedOn =
      update !== null && onSaved({ after: before, positions, update, newClients: newClientsOf(group) })
    onCommitted()
    if (this.isSettled) this.#settle()
    return told + Number(isPassedOn)
  }

  notSaved(): void {
    this.#pending.delay(unsavedReason, toAppError('unavailable'))
  }

  overtaken(after: bigint): void {
    const { saves, learn } = this.options
    void learn(after).then(() => saves.renew(this.noteId, []))
  }

  noteGone(): void {
    this.abandon('gone')
    this.options.onGone()
  }

  #settle(): void {
    this.#show()
    this.options.onSettled()
  }

  /** Shows everyone here what other servers committed. */
  #show(): void {
    if (this.#showing) clearTimeout(this.#showing)
    this.#showing = null
    for (const frame of this.#unshown.splice(0)) for (const seat of this.options.seats) seat.send(frame)
  }

  // ---------------------------------------------------------------- looking at what clients sent

  /** Takes frames from the front that bring nothing, as far as that is known without the document. */
  #takeKnown(frames: Received[], counts: Counts): void {
    const { note } = this.options
    for (let [next] = frames; next && note.isKnown(next.frame.update); [next] = frames) {
      if (this.#intake.isWaiting(next.seat)) return
      this.#take(next, counts)
      frames.shift()
    }
  }

  /** Takes frames from the front, until one is refused or none is left. */
  #takeUntilRefused(frames: Received[], counts: Counts): void {
    for (let next = frames.shift(); next; next = frames.shift()) {
      const { seat } = next
      const closing = this.#take(next, counts)
      if (closing === null) continue
      seat.close(closing)
      // What else it sent is not taken, as it would not have been, had it come later.
      frames.splice(0, frames.length, ...frames.filter((frame) => frame.seat !== seat))
      return
    }
  }

  /** Looks at a frame; answers with what its connection is to be ended, or null. */
  #take({ seat, frame }: Received, { settled, nothing }: Counts): Closing | null {
    const { name, log, metrics, note, whyNot } = this.options
    try {
      const intake = this.#intake.take(seat, note, frame.update, frame.isAnswer)
      if (intake.kind === 'malformed') return 'malformed'
      if (!seat.mayWrite || seat.userId === null) {
        this.#intake.forget(seat)
        if (intake.kind === 'nothing') return null
        metrics.denied()
        seat.deny(whyNot(seat))
      } else if (intake.kind === 'ask') seat.send(step1Frame(note.stateVector))
      else if (intake.kind === 'nothing') count(nothing, seat, intake.frames)
      else if (intake.kind === 'new') {
        const offer = note.offer(seat.userId, intake)
        if (offer.kind === 'accepted') count(settled, seat, intake.frames)
        else {
          const { closing, problem } = offer
          log.warn({ room: name, userId: seat.userId, closing, problem }, 'an update was refused')
          return closing
        }
      }
      return null
    } catch (error) {
      log.error({ err: error, room: name }, 'an update could not be handled')
      return 'failed'
    }
  }
}

/** How many frames of each client are settled with what is accepted, and how many bring nothing. */
interface Counts {
  readonly settled: Map<Seat, number>
  readonly nothing: Map<Seat, number>
}

function count(counts: Map<Seat, number>, seat: Seat, frames: number): void {
  counts.set(seat, (counts.get(seat) ?? 0) + frames)
}

/** The Yjs client ids that came up for the first time in these rows. */
const newClientsOf = (group: SaveGroup) =>
  group.flatMap(({ userId, newClientIds }) =>
    userId === null ? [] : newClientIds.map((clientId) => [clientId, userId] as const),
  )
