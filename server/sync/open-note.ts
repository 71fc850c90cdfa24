/**
 * A note whose log has been read: what of it is committed, as bytes, and beside it, while somebody writes, the document
 * with everything that was accepted. The document is ahead of the log while something is pending, and readers are never
 * shown more than the log has.
 */
import * as Y from 'yjs'
import { foundingClientId } from '#domain/note/encode-note.ts'
import type { NoteReading } from '#domain/note/note-fragment.ts'
import type { AppendedRows, NewNoteUpdate } from '../db/append-note-updates.ts'
import type { NoteLog } from '../db/note-log.ts'
import type { Closing } from './close-codes.ts'
import { CommittedState } from './committed-state.ts'
import { DocumentOnDemand } from './document-on-demand.ts'
import { KnownLog } from './known-log.ts'
import { isOver, maxUnsavedBytes } from './limits.ts'
import { encodeAnew, mergeUpdates } from './merge-updates.ts'
import { NoteDocument } from './note-document.ts'
import type { CommittedNote } from './note-upkeep.ts'
import { type PendingGroup, rowsToSave, toPendingGroup } from './pending-group.ts'
import { inspectUpdate, type UpdateInspection } from './update-inspection.ts'

/** What becomes of an update that somebody offers. */
export type Offer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly closing: Closing; readonly problem?: string }

/** An update, and what was found when it was looked at. */
export interface OfferedUpdate {
  readonly update: Uint8Array
  /** New structs of these Yjs client ids. */
  readonly clientIds: readonly number[]
  /** Whether it does nothing but write in texts. */
  readonly staysInText: boolean
}

const rememberedAnswers = 4
/** What is longer may repeat much that is here. */
const keystrokeBytes = 512
const accepted: Offer = { kind: 'accepted' }
const refused = (closing: Closing, problem?: string): Offer => ({ kind: 'refused', closing, problem })

/** One note. */
export class OpenNote {
  /** The note schema it is written in. */
  readonly schema: number
  readonly #document: DocumentOnDemand
  readonly #committed: CommittedState
  readonly #known: KnownLog
  /** What waits to be committed, in order. */
  readonly #pending: PendingGroup[] = []
  #pendingBytes = 0
  /** What was accepted and is in no group yet. */
  #accepted: NewNoteUpdate[] = []
  /** Whether the document was touched by an update that was refused. */
  #isSpoiled = false
  readonly #clientOwners: Map<number, string>
  /** What was answered since the last commit, by state vector. */
  readonly #since = new Map<string, Uint8Array>()

  constructor(
    readonly noteId: string,
    log: NoteLog,
    /** 0 is no limit. */
    private readonly maxNoteBytes: number,
  ) {
    const { snapshot, updates } = log
    this.schema = log.schema
    const logged = [...(snapshot ? [snapshot.state] : []), ...updates.map(({ update }) => update)]
    const [only, ...more] = logged
    this.#committed = new CommittedState(only && more.length === 0 ? only : encodeAnew(logged))
    this.#document = new DocumentOnDemand({
      accepted: () => [...this.#committed.all, ...this.#pending.map(({ update }) => update)],
      progress: () => (this.#pending.length === 0 ? this.position : null),
      onRest: () => this.#rest(),
    })
    this.#known = new KnownLog([snapshot?.position ?? 0n, ...updates.map(({ position }) => position)])
    this.#clientOwners = new Map(log.clientOwners)
  }

  /** Of the last row of the log before which none is unknown here. Rows are committed in this order. */
  get position(): bigint {
    return this.#known.position
  }

  /** Whether something was appended here after rows that are not known here yet. */
  get isMissingRows(): boolean {
    return this.#known.isMissingRows
  }

  /** With everything that was accepted. Not to be written in, and not to be kept. */
  get doc(): Y.Doc {
    return this.#document.get().doc
  }

  /** Whether it is held as a document at this moment, and not only as bytes. */
  get hasDocument(): boolean {
    return this.#document.isMade
  }

  /** Of everything that was accepted. */
  get stateVector(): Uint8Array {
    return this.#isBytesOnly ? this.#committed.stateVector : Y.encodeStateVector(this.doc)
  }

  /** Whether it is known, without a document, that an update brings nothing: what everyone sends who comes to read. */
  isKnown(update: Uint8Array): boolean {
    return this.#isBytesOnly && this.#committed.isAllThatIsIn(update)
  }

  /** Looks at what an update would bring. */
  inspect(update: Uint8Array): UpdateInspection {
    return this.isKnown(update) ? { kind: 'nothing' } : inspectUpdate(this.doc, update)
  }

  /**
   * What of the committed note somebody with `stateVector` lacks. Throws for bytes that are none. Remembered until the
   * note changes: when a server restarts, everyone comes back having the same.
   */
  since(stateVector: Uint8Array): Uint8Array {
    const key = Buffer.from(stateVector).toString('base64')
    const known = this.#since.get(key)
    if (known) return known
    const isAtHand = this.#document.isMade && this.#pending.length === 0
    const lacking = isAtHand
      ? Y.encodeStateAsUpdate(this.doc, stateVector)
      : this.#committed.since(stateVector)
    if (this.#since.size < rememberedAnswers) this.#since.set(key, lacking)
    return lacking
  }

  /** Bytes that are accepted and not committed. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /**
   * Runs `work`, which offers updates until one is refused; what was accepted is applied as one, and answered as the
   * rows that are to be saved: a group.
   */
  together<T>(work: () => T): { readonly outcome: T; readonly group: readonly NewNoteUpdate[] } {
    try {
      const { outcome, update } = this.#document.get().together(work, () => this.#loneKeystroke === null)
      return { outcome, group: this.#endGroup(this.#loneKeystroke ?? update) }
    } catch (error) {
      this.#accepted = []
      this.#dropDocument()
      throw error
    }
  }

  /** Takes an update that brings something new and has no gaps, or refuses it. To be called in `together`. */
  offer(userId: string, { update, clientIds, staysInText }: OfferedUpdate): Offer {
    for (const id of clientIds) if (this.#isForeign(id, userId)) return refused('foreign-client-id')
    if (this.#pendingBytes + update.length > maxUnsavedBytes) return refused('unavailable')
    if (this.#wouldBeTooLarge(update)) return refused('note-too-large')
    this.#isSpoiled = true
    const applied = this.#document.get().apply(update, { staysInText })
    if (applied.kind === 'malformed') return refused('malformed')
    if (applied.kind === 'not-a-note') return refused('not-a-note', applied.problem)
    this.#isSpoiled = false
    const newClientIds = clientIds.filter((id) => !this.#clientOwners.has(id))
    for (const id of newClientIds) this.#clientOwners.set(id, userId)
    this.#accepted.push({
      noteId: this.noteId,
      userId,
      clientId: clientIds[0] ?? null,
      newClientIds,
      fitsAnywhere: staysInText && newClientIds.length === 0,
      update,
    })
    this.#pendingBytes += update.length
    return accepted
  }

  /** Everything that is committed, in a few updates: what somebody gets who has nothing yet. */
  get committedUpdates(): readonly Uint8Array[] {
    return this.#committed.updates
  }

  /** Takes note that the first pending group is committed, in these rows; answers it as one update. */
  commit(rows: AppendedRows): Uint8Array | null {
    const group = this.#pending.shift()
    if (!group) return null
    this.#pendingBytes -= group.bytes
    this.#keep(group.update, true)
    this.#known.append(rows)
    return group.update
  }

  /**
   * Takes what other servers committed after everything that is known here, up to `position`. Answers which pending
   * groups, by their places, do not fit any more and are pending no longer: with what is there now they would leave
   * the note schema, or they were written under a Yjs client id that somebody else used first.
   */
  follow(
    update: Uint8Array,
    position: bigint,
    newClients: Iterable<readonly [clientId: number, userId: string]>,
  ): readonly number[] {
    for (const [clientId, userId] of newClients) this.#clientOwners.set(clientId, userId)
    // Whoever committed it has looked at it; not at what is pending here.
    const goesTogether = this.#pending.every(({ fitsAnywhere }) => fitsAnywhere)
    const isApplied =
      this.#isBytesOnly ||
      this.#document.get().apply(update, { staysInText: goesTogether }).kind === 'applied'
    this.#keep(update, isApplied)
    this.#known.goOn(position)
    if (isApplied && !this.#pending.some((group) => this.#isTaken(group))) return []
    return this.#offerAgain()
  }

  /** What is committed at this moment. */
  committed(): CommittedNote {
    const isAhead = this.#pending.length > 0
    const { position } = this.#known
    return {
      position,
      isBehind: isAhead,
      bytes: this.#committed.bytes,
      state: () => {
        if (isAhead) return this.#committed.merged()
        const state = this.#document.encode()
        this.#committed.replace(state)
        return state
      },
      read: () => {
        if (!isAhead) return this.#document.get().read()
        const behind = new NoteDocument(this.#committed.all)
        const reading = behind.read()
        behind.destroy()
        return reading
      },
    }
  }

  /** Everything that was accepted, at this moment, and who wrote what of it is not committed. */
  accepted(): { state: Uint8Array; reading: NoteReading; writerIds: readonly string[] } {
    return {
      state: this.#document.encode(),
      reading: this.#document.get().read(),
      writerIds: this.#pending.flatMap(({ writerIds }) => writerIds),
    }
  }

  destroy(): void {
    this.#document.letGo()
  }

  /** Whether what is committed is all that there is, and nobody needed more than its bytes. */
  get #isBytesOnly(): boolean {
    return !this.#document.isMade && this.#pending.length === 0
  }

  /** Goes on with the bytes alone. */
  #rest(): void {
    this.#committed.shorten(() => this.#document.encode())
    this.#document.letGo()
  }

  /** All that was accepted, when it is one update so short that others may as well get it as it was offered. */
  get #loneKeystroke(): Uint8Array | null {
    const [only, ...more] = this.#accepted
    return only && more.length === 0 && only.update.length <= keystrokeBytes ? only.update : null
  }

  /** Makes a group of what was accepted. `applied` is what the document says that it was, if it is not spoiled. */
  #endGroup(applied: Uint8Array | null): readonly NewNoteUpdate[] {
    const rows = this.#accepted
    this.#accepted = []
    const isTold = applied !== null && !this.#isSpoiled
    const update = isTold || rows.length === 0 ? applied : mergeUpdates(rows.map(({ update }) => update))
    const group = update === null || rows.length === 0 ? null : toPendingGroup(rows, update)
    if (group) this.#pending.push(group)
    if (this.#isSpoiled) this.#dropDocument()
    return group ? rowsToSave(rows, group) : rows
  }

  /** Takes what is committed now, which the document, if there is one, holds if it `isApplied`. */
  #keep(committed: Uint8Array, isApplied: boolean): void {
    const isEven = isApplied && this.#pending.length === 0
    this.#committed.add(committed, isEven ? () => this.#document.encode() : null)
    this.#since.clear()
  }

  #isForeign(clientId: number, userId: string): boolean {
    return clientId === foundingClientId || (this.#clientOwners.get(clientId) ?? userId) !== userId
  }

  #wouldBeTooLarge(update: Uint8Array): boolean {
    const unsaved = this.#pendingBytes + update.length
    if (!isOver(this.#committed.bytes + unsaved, this.maxNoteBytes)) return false
    // Counted generously so far: merged, the same is often shorter.
    return isOver(this.#committed.merged().length + unsaved, this.maxNoteBytes)
  }

  /** Whether somebody else was the first to use a client id of this group. */
  #isTaken({ clients }: PendingGroup): boolean {
    return clients.some(([clientId, userId]) => userId !== null && this.#isForeign(clientId, userId))
  }

  #offerAgain(): readonly number[] {
    const lost: number[] = []
    const offered = this.#pending.splice(0)
    this.#dropDocument()
    for (const [place, group] of offered.entries()) {
      const isFit =
        !this.#isTaken(group) &&
        this.#document.get().apply(group.update, { staysInText: false }).kind === 'applied'
      if (isFit) this.#pending.push(group)
      else {
        lost.push(place)
        this.#pendingBytes -= group.bytes
        this.#dropDocument()
      }
    }
    return lost
  }

  /** A document that refused an update was touched by it. */
  #dropDocument(): void {
    this.#document.letGo()
    this.#isSpoiled = false
  }
}
