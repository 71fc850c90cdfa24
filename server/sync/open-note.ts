/**
 * A note whose log has been read: the document with everything that was accepted, and beside it what of that is
 * committed. The document is ahead of the log while something is pending, and readers are never shown more than the
 * log has.
 */
import * as Y from 'yjs'
import { foundingClientId } from '#domain/note/encode-note.ts'
import type { NoteReading } from '#domain/note/note-fragment.ts'
import type { NewNoteUpdate, NoteLog } from '../db/note-log.ts'
import type { Closing } from './close-codes.ts'
import { CommittedState } from './committed-state.ts'
import { isOver, maxUnsavedBytes } from './limits.ts'
import { mergeUpdates } from './merge-updates.ts'
import { NoteDocument } from './note-document.ts'
import type { CommittedNote } from './note-upkeep.ts'

/** What becomes of an update that somebody offers. */
export type Offer =
  | { readonly kind: 'accepted'; readonly row: NewNoteUpdate }
  | { readonly kind: 'refused'; readonly closing: Closing; readonly problem?: string }

const refused = (closing: Closing, problem?: string): Offer => ({ kind: 'refused', closing, problem })

/** One note. */
export class OpenNote {
  /** The note schema it is written in. */
  readonly schema: number
  #document: NoteDocument
  readonly #committed: CommittedState
  /** Of the last committed row. */
  #position: bigint
  #pending: NewNoteUpdate[] = []
  #pendingBytes = 0
  readonly #clientOwners: Map<number, string>

  constructor(
    private readonly noteId: string,
    log: NoteLog,
    /** 0 is no limit. */
    private readonly maxNoteBytes: number,
  ) {
    const { snapshot, updates } = log
    this.schema = log.schema
    const logged = [...(snapshot ? [snapshot.state] : []), ...updates.map(({ update }) => update)]
    this.#document = new NoteDocument(logged)
    const [only, ...more] = logged
    this.#committed = new CommittedState(
      only && more.length === 0 ? only : Y.encodeStateAsUpdate(this.#document.doc),
    )
    this.#position = highest([snapshot?.position ?? 0n, ...updates.map(({ position }) => position)])
    this.#clientOwners = new Map(log.clientOwners)
  }

  /** With everything that was accepted. Not to be written in. */
  get doc(): Y.Doc {
    return this.#document.doc
  }

  /** Of everything that was accepted. */
  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc)
  }

  /** What of the committed note somebody with `stateVector` lacks. Throws for bytes that are none. */
  since(stateVector: Uint8Array): Uint8Array {
    return this.#pending.length > 0
      ? this.#committed.since(stateVector)
      : Y.encodeStateAsUpdate(this.doc, stateVector)
  }

  /** Takes an update that brings something new and has no gaps, or refuses it and is as before. */
  offer(userId: string, update: Uint8Array, clientIds: readonly number[]): Offer {
    if (clientIds.some((id) => this.#isForeign(id, userId))) return refused('foreign-client-id')
    if (this.#pendingBytes + update.length > maxUnsavedBytes) return refused('unavailable')
    if (this.#wouldBeTooLarge(update)) return refused('note-too-large')
    const applied = this.#document.apply(update)
    if (applied.kind !== 'applied') {
      this.#restoreDocument()
      return refused(applied.kind, applied.kind === 'not-a-note' ? applied.problem : undefined)
    }
    const newClientIds = clientIds.filter((id) => !this.#clientOwners.has(id))
    for (const id of newClientIds) this.#clientOwners.set(id, userId)
    const row = { noteId: this.noteId, userId, clientId: clientIds[0] ?? null, newClientIds, update }
    this.#pending.push(row)
    this.#pendingBytes += update.length
    return { kind: 'accepted', row }
  }

  /** Everything that is committed, in a few updates: what somebody gets who has nothing yet. */
  get committedUpdates(): readonly Uint8Array[] {
    return this.#committed.updates
  }

  /** Takes note that the first `positions.length` pending updates, one at least, are committed; answers them as one. */
  commit(positions: readonly bigint[]): Uint8Array {
    const updates = this.#pending.splice(0, positions.length).map(({ update }) => update)
    for (const { length } of updates) this.#pendingBytes -= length
    const merged = mergeUpdates(updates)
    this.#committed.add(merged)
    this.#position = highest([this.#position, ...positions])
    return merged
  }

  /** What is committed at this moment. */
  committed(): CommittedNote {
    const isAhead = this.#pending.length > 0
    const position = this.#position
    return {
      position,
      state: () => {
        if (isAhead) return this.#committed.merged()
        const state = Y.encodeStateAsUpdate(this.doc)
        this.#committed.replace(state)
        return state
      },
      read: () => {
        if (!isAhead) return this.#document.read()
        const behind = new NoteDocument(this.#committed.updates)
        const reading = behind.read()
        behind.destroy()
        return reading
      },
    }
  }

  /** Everything that was accepted, at this moment, and who wrote what of it is not committed. */
  accepted(): { state: Uint8Array; reading: NoteReading; writerIds: readonly string[] } {
    return {
      state: Y.encodeStateAsUpdate(this.doc),
      reading: this.#document.read(),
      writerIds: this.#pending.flatMap(({ userId }) => userId ?? []),
    }
  }

  destroy(): void {
    this.#document.destroy()
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

  /** A document that refused an update was touched by it. */
  #restoreDocument(): void {
    this.#document.destroy()
    const pending = this.#pending.map(({ update }) => update)
    this.#document = new NoteDocument([...this.#committed.updates, ...pending])
  }
}

/** `Math.max` knows no bigint. */
function highest(positions: readonly bigint[]): bigint {
  let last = 0n
  for (const position of positions) if (position > last) last = position
  return last
}
