/**
 * Keeps an open note even with its log while other servers append to it. What they committed is heard of over the
 * cluster; what does not join on to what is known here shows that something was not heard, and is read in the database.
 */
import type { Logger } from 'pino'
import type { SavedUpdates } from '../cluster/saved-updates.ts'
import type { NoteLog } from '../db/note-log.ts'
import { mergeUpdates } from './merge-updates.ts'

/** What other servers committed, joining on to what was known here. */
export interface Followed {
  /** Merged. */
  readonly update: Uint8Array
  /** Of the rows in it that are still in the log, ascending. */
  readonly positions: readonly bigint[]
  /** Of the snapshot in it, if the log was compacted meanwhile. */
  readonly snapshotPosition: bigint | null
  /** Where the log ends with it. */
  readonly end: bigint
  readonly newClients: Iterable<readonly [clientId: number, userId: string]>
}

interface FollowerOptions {
  readonly noteId: string
  readonly log: Pick<Logger, 'warn'>
  /** Where the log ends, as far as it is known here. */
  readonly position: () => bigint
  /** The end of the log in the database at this moment, or null when nothing was ever appended. */
  readonly readEnd: () => Promise<bigint | null>
  /** What lies after a position; null when the note is gone. */
  readonly readAfter: (position: bigint) => Promise<NoteLog | null>
  readonly take: (followed: Followed) => void
  readonly gone: () => void
}

/** The follower of one note. */
export class LogFollower {
  #reading: Promise<void> | null = null
  #readAgain: Promise<void> | null = null

  constructor(private readonly options: FollowerOptions) {}

  /** Another server said what it committed. */
  heard({ after, positions, update, newClients }: SavedUpdates): void {
    const known = this.options.position()
    const end = positions.at(-1) ?? after
    if (end <= known) return
    if (after > known) void this.catchUp()
    else this.options.take({ update, positions, snapshotPosition: null, end, newClients })
  }

  /** Resolves once everything is known here that was committed, wherever, before this was called. */
  catchUp(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => {
        this.#reading = null
      })
      return this.#reading
    }
    // The reading that is under way may have begun before what is meant was committed.
    this.#readAgain ??= this.#reading.then(() => {
      this.#readAgain = null
      return this.catchUp()
    })
    return this.#readAgain
  }

  async #read(): Promise<void> {
    const { noteId, log } = this.options
    try {
      const end = await this.options.readEnd()
      if (end !== null && end <= this.options.position()) return
      const found = await this.options.readAfter(this.options.position())
      if (found) this.#take(found)
      else this.options.gone()
    } catch (error) {
      log.warn({ err: error, room: `note/${noteId}` }, 'what other servers wrote could not be read')
    }
  }

  #take({ snapshot, updates, clientOwners }: NoteLog): void {
    const known = this.options.position()
    const rows = updates.filter(({ position }) => position > known)
    const missed = [...(snapshot ? [snapshot.state] : []), ...rows.map(({ update }) => update)]
    const end = [snapshot?.position ?? known, rows.at(-1)?.position ?? known].reduce((a, b) =>
      a > b ? a : b,
    )
    if (missed.length === 0 || end <= known) return
    this.options.take({
      update: mergeUpdates(missed),
      positions: rows.map(({ position }) => position),
      snapshotPosition: snapshot?.position ?? null,
      end,
      newClients: clientOwners,
    })
  }
}
