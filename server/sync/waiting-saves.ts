/** What of each note waits to be saved, in the order in which it is saved. */
import type { Appended, AppendedRows, NewNoteUpdate } from '../db/append-note-updates.ts'

/** Updates of one note that are committed together. */
export type SaveGroup = readonly NewNoteUpdate[]

/** A note whose updates are saved. */
export interface SaveOwner {
  readonly noteId: string
  /**
   * Position of the last row of the note's log before which nothing is unknown here: what does not fit anywhere is
   * appended after it, or not at all.
   */
  readonly logPosition: bigint
  /** Called before a save, once for all that was announced: adds what of it is to be saved. */
  gather(): void
  /**
   * A group of this note is committed, the groups in their order, in these rows of the log. Answers how many people
   * were told of it, the other servers counting as one.
   */
  saved(group: SaveGroup, rows: AppendedRows): number
  /** A save failed, and is tried again. */
  notSaved(): void
  /** The log goes on after `after`, by another server: groups wait until `renew` says which are still to be saved. */
  overtaken(after: bigint): void
  /** The note is no longer there; what was to be saved has nowhere to go. */
  noteGone(): void
}

interface Waiting {
  readonly owner: SaveOwner
  groups: SaveGroup[]
  /** Whether its owner is to learn first what other servers appended. */
  isOvertaken: boolean
}

/** What one statement saves, by note. */
export type Batch = ReadonlyMap<string, Batched>

/** What one statement saves of a note. */
export interface Batched {
  /** Where the log ended, as far as it was known. */
  readonly after: bigint
  readonly groups: readonly SaveGroup[]
}

/** Groups are taken until there are so many. */
const enoughUpdatesPerSave = 1_000

/** What waits, of all notes. */
export class WaitingSaves {
  /** In the order in which they are saved; a note that failed goes to the end. */
  readonly #waiting = new Map<string, Waiting>()
  #bytes = 0

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  get bytes(): number {
    return this.#bytes
  }

  /** How many there are. */
  get updates(): number {
    let count = 0
    for (const { groups } of this.#waiting.values()) for (const { length } of groups) count += length
    return count
  }

  /** Takes a group. Groups of one note are saved in this order. */
  add(owner: SaveOwner, group: SaveGroup): void {
    const waiting = this.#waiting.get(owner.noteId)
    if (waiting) waiting.groups.push(group)
    else this.#waiting.set(owner.noteId, { owner, groups: [group], isOvertaken: false })
    this.#bytes += bytesOf(group)
  }

  /** Goes on with a note that was overtaken, without the groups at `lost`; answers whether something of it is left. */
  renew(noteId: string, lost: readonly number[]): boolean {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return false
    for (const place of lost) this.#bytes -= bytesOf(waiting.groups[place] ?? [])
    waiting.groups = waiting.groups.filter((_, place) => !lost.includes(place))
    waiting.isOvertaken = false
    if (waiting.groups.length === 0) this.#waiting.delete(noteId)
    return waiting.groups.length > 0
  }

  /** Notes in order, each with all or the first of its groups, up to about the bound of one statement. */
  nextBatch(noteIds: Iterable<string> = this.#waiting.keys()): Batch {
    const batch = new Map<string, Batched>()
    let size = 0
    for (const noteId of noteIds) {
      const { owner, groups, isOvertaken } = this.#waiting.get(noteId) ?? nothingWaiting
      if (!owner || isOvertaken) continue
      const taken: SaveGroup[] = []
      for (const group of groups) {
        if (size >= enoughUpdatesPerSave) break
        taken.push(group)
        size += group.length
      }
      if (taken.length > 0) batch.set(noteId, { after: owner.logPosition, groups: taken })
      if (size >= enoughUpdatesPerSave) break
    }
    return batch
  }

  /** What was batched of a note is appended in these rows, or not at all. Answers how many people were told of it. */
  appended(noteId: string, { after, groups }: Batched, rows: Appended): number {
    if (rows === null) {
      this.#overtake(noteId, after)
      return 0
    }
    let { before } = rows
    let from = 0
    let told = 0
    for (const group of groups) {
      const positions = rows.positions.slice(from, from + group.length)
      told += this.#saved(noteId, group, { before, positions })
      before = positions.at(-1) ?? before
      from += group.length
    }
    return told
  }

  /** The note is no longer there. */
  drop(noteId: string): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    this.#bytes -= bytesOf(waiting.groups.flat())
    this.#waiting.delete(noteId)
    waiting.owner.noteGone()
  }

  /** A save of these notes failed, because of one of them, as far as is known: it goes to the end. */
  failed(noteIds: Iterable<string>, failedId: string | undefined): void {
    for (const noteId of noteIds) {
      const waiting = this.#waiting.get(noteId)
      if (!waiting) continue
      if (noteId === failedId) {
        this.#waiting.delete(noteId)
        this.#waiting.set(noteId, waiting)
      }
      waiting.owner.notSaved()
    }
  }

  #overtake(noteId: string, after: bigint): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    waiting.isOvertaken = true
    waiting.owner.overtaken(after)
  }

  #saved(noteId: string, group: SaveGroup, rows: AppendedRows): number {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return 0
    waiting.groups.shift()
    this.#bytes -= bytesOf(group)
    if (waiting.groups.length === 0) this.#waiting.delete(noteId)
    return waiting.owner.saved(group, rows)
  }
}

const nothingWaiting = { owner: null, groups: [], isOvertaken: false } as const

function bytesOf(group: SaveGroup): number {
  let bytes = 0
  for (const { update } of group) bytes += update.length
  return bytes
}
