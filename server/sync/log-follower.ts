/**
 * Keeps an open note even with its log while other servers append to it. What they committed is heard of over the
 * cluster. What does not join on to what is known here waits a moment for what lies between, which may be on its way
 * from a third server, or from the database as having been appended here; what has not come by then is read.
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
  /** Of the last row of the log before which none is unknown here. */
  readonly position: () => bigint
  /** Whether something was appended here after rows that are not known here. */
  readonly isMissing: () => boolean
  /** The end of the log in the database at this moment, or null when nothing was ever appended. */
  readonly readEnd: () => Promise<bigint | null>
  /** What lies after a position; null when the note is gone. */
  readonly readAfter: (position: bigint) => Promise<NoteLog | null>
  readonly take: (followed: Followed) => void
  readonly gone: () => void
  /** Whether other servers can be heard, as far as is known. */
  readonly hearsOthers: () => boolean
}

/** Whoever commits says so, and it is here a moment later: sooner than it could be read. */
const heardWithinMs = 250
/** More than are said in that time. */
const maxEarly = 100

/** The follower of one note. */
export class LogFollower {
  #reading: Promise<void> | null = null
  #readAgain: Promise<void> | null = null
  /** What was heard and does not join on yet. */
  #early: SavedUpdates[] = []
  #waiting: Promise<void> | null = null
  #waitNoLonger: () => void = () => {}

  constructor(private readonly options: FollowerOptions) {}

  /** Another server said what it committed. */
  heard(saved: SavedUpdates): void {
    if (this.#early.length < maxEarly) this.#early.push(saved)
    this.goOn()
  }

  /** More may be known than a moment ago: takes what joins on to it, and sees to what is missing. */
  goOn(): void {
    for (let next = this.#takeNext(); next; next = this.#takeNext()) this.options.take(next)
    if (this.#early.length > 0 || this.options.isMissing()) void this.learn(this.options.position())
    else this.#waitNoLonger()
  }

  /** Resolves once it is known what another server committed after `position`: it is waited for, and then read. */
  async learn(position: bigint): Promise<void> {
    const { position: known, hearsOthers } = this.options
    if (known() <= position && hearsOthers()) await this.#wait()
    if (known() <= position) await this.catchUp()
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

  /** Takes out of what was heard early what joins on now. */
  #takeNext(): Followed | null {
    const known = this.options.position()
    this.#early = this.#early.filter(({ after, positions }) => (positions.at(-1) ?? after) > known)
    const next = this.#early.find(({ after }) => after <= known)
    if (!next) return null
    const { update, positions, newClients } = next
    return { update, positions, snapshotPosition: null, end: positions.at(-1) ?? known, newClients }
  }

  /** Resolves once nothing is missing, or after a moment. */
  #wait(): Promise<void> {
    this.#waiting ??= new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, heardWithinMs)
      this.#waitNoLonger = () => {
        clearTimeout(timer)
        resolve()
      }
    }).finally(() => {
      this.#waiting = null
    })
    return this.#waiting
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
    this.goOn()
  }
}
