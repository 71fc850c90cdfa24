/**
 * Saves what people write, in groups: one save at a time, and everything that arrives during a save goes into the next.
 * So a lone writer waits for nothing but the database, and a thousand share one statement. Saves begin at a pace
 * (`save-pace.ts`), and what arrives is only looked at when one begins, so that under load a note is touched once for
 * many keystrokes, and each reader gets one frame for them.
 *
 * What cannot be saved is kept and tried again, less and less often up to a bound, until it is saved or its note is
 * gone; notes that can be saved do not wait for it.
 */
import type { Logger } from 'pino'
import {
  type Appended,
  type AppendedRows,
  type NewNoteUpdate,
  type NoteAppend,
  NoteGone,
} from '../db/note-log.ts'
import { SavePace } from './save-pace.ts'
import type { SyncMetrics } from './sync-metrics.ts'
import { withTimeout } from './with-timeout.ts'

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
type Batch = ReadonlyMap<string, Batched>

interface Batched {
  /** Where the log ended, as far as it was known. */
  readonly after: bigint
  readonly groups: readonly SaveGroup[]
}

interface SaveQueueOptions {
  /** Keeps the updates, of each note all or none. Throws NoteGone, and keeps nothing, when one of the notes is not there. */
  readonly append: (batch: readonly NoteAppend[]) => Promise<Appended[]>
  readonly log: Pick<Logger, 'warn' | 'info'>
  readonly metrics: Pick<SyncMetrics, 'saved' | 'saveFailed'>
  /** How long a save may take before it counts as failed. What it still commits then is committed twice, which changes nothing. */
  readonly saveTimeoutMs?: number
  readonly firstRetryMs?: number
  readonly lastRetryMs?: number
}

/** Groups are taken until there are so many. */
const enoughUpdatesPerSave = 1_000

/** The one queue of this process. */
export class SaveQueue {
  /** In the order in which they are saved; a note that failed goes to the end. */
  #waiting = new Map<string, Waiting>()
  /** Who has something that nobody has looked at yet, and how many bytes. */
  readonly #announced = new Map<SaveOwner, number>()
  #bytes = 0
  #failures = 0
  #running: Promise<void> | null = null
  #retry: NodeJS.Timeout | null = null
  #isClosed = false
  readonly #pace = new SavePace()
  readonly #idle = new Set<() => void>()

  constructor(private readonly options: SaveQueueOptions) {}

  /** Bytes that are not committed. */
  get bytes(): number {
    return this.#bytes
  }

  /** How many updates are not committed. */
  get updates(): number {
    let count = 0
    for (const { groups } of this.#waiting.values()) for (const { length } of groups) count += length
    return count
  }

  /** Whether the last save failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** Takes note that `owner` has so many bytes more to be looked at and saved: it is asked for them with the next save. */
  announce(owner: SaveOwner, bytes: number): void {
    this.#announced.set(owner, (this.#announced.get(owner) ?? 0) + bytes)
    this.#bytes += bytes
    this.#startInTime()
  }

  /** Takes a group to be saved. Groups of one note are saved in this order. */
  add(owner: SaveOwner, group: SaveGroup): void {
    const waiting = this.#waiting.get(owner.noteId)
    if (waiting) waiting.groups.push(group)
    else this.#waiting.set(owner.noteId, { owner, groups: [group], isOvertaken: false })
    for (const { update } of group) this.#bytes += update.length
    this.#startInTime()
  }

  /** Goes on with a note that was overtaken: of the groups that wait, those at `lost` are not to be saved any more. */
  renew(noteId: string, lost: readonly number[]): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    for (const place of lost)
      for (const { update } of waiting.groups[place] ?? []) this.#bytes -= update.length
    waiting.groups = waiting.groups.filter((_, place) => !lost.includes(place))
    waiting.isOvertaken = false
    if (waiting.groups.length === 0) this.#waiting.delete(noteId)
    else this.#hurry()
  }

  /** Resolves once nothing waits, or after `timeoutMs`; answers whether everything is saved. */
  async flush(timeoutMs: number): Promise<boolean> {
    if (this.#isIdle && !this.#running) return true
    this.#retryNow()
    let timer: NodeJS.Timeout | undefined
    const saved = await Promise.race([
      new Promise<true>((resolve) => this.#idle.add(() => resolve(true))),
      new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), timeoutMs)
      }),
    ])
    clearTimeout(timer)
    return saved
  }

  /** Ends it; what is not saved by then is not saved here. */
  close(): void {
    this.#isClosed = true
    if (this.#retry) clearTimeout(this.#retry)
  }

  get #isIdle(): boolean {
    return this.#waiting.size === 0 && this.#announced.size === 0
  }

  /** While saves fail, the next attempt is a matter of time, not of what arrives. */
  #startInTime(): void {
    if (this.#retry === null) this.#start()
  }

  #retryNow(): void {
    if (this.#retry === null) return
    clearTimeout(this.#retry)
    this.#retry = null
    this.#start()
  }

  #start(): void {
    if (this.#running || this.#isClosed) return
    this.#running = this.#pace
      .next()
      .then(() => this.#run())
      .finally(() => {
        this.#running = null
        this.#settle()
      })
  }

  /** Whoever was overtaken goes next: the other server has just had its turn, and waits for the end of its own. */
  #hurry(): void {
    this.#pace.hurry()
    this.#startInTime()
  }

  async #run(): Promise<void> {
    while (!this.#isIdle && !this.#isClosed) {
      this.#pace.begin()
      this.#gather()
      const batch = this.#nextBatch(this.#waiting.keys())
      if (batch.size > 0 && !(await this.#saveBatch(batch))) return
      if (!this.#isIdle) await this.#pace.next()
    }
  }

  #gather(): void {
    const announced = [...this.#announced]
    this.#announced.clear()
    for (const [owner, bytes] of announced) {
      this.#bytes -= bytes
      owner.gather()
    }
  }

  #settle(): void {
    if (this.#isClosed) return
    if (this.#isIdle) {
      for (const resolve of this.#idle) resolve()
      this.#idle.clear()
    } else if (this.#failures > 0) {
      const { firstRetryMs = 100, lastRetryMs = 5_000 } = this.options
      const delay = Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 16))
      this.#retry = setTimeout(() => {
        this.#retry = null
        this.#start()
      }, delay)
    } else this.#start()
  }

  /** Notes in order, each with all or the first of its groups, up to about the bound of one statement. */
  #nextBatch(noteIds: Iterable<string>): Batch {
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

  /** Whether to go on: false once the database is not there. */
  async #saveBatch(batch: Batch): Promise<boolean> {
    const outcome = await this.#try(batch)
    if (outcome === 'saved') return true
    if (outcome === 'failed' && batch.size === 1) return this.#failed(batch, [...batch.keys()][0])
    // One note may spoil it for all: each alone, until one shows that it is not the note.
    for (const noteId of batch.keys()) {
      const own = batch.size === 1 ? outcome : await this.#try(this.#nextBatch([noteId]))
      if (own === 'gone') this.#drop(noteId)
      else if (own === 'failed') return this.#failed(batch, noteId)
    }
    return true
  }

  async #try(batch: Batch): Promise<'saved' | 'gone' | 'failed'> {
    const startedAt = performance.now()
    try {
      const appends = [...batch].map(([noteId, { after, groups }]) => {
        const updates = groups.flat()
        const fitAnywhere = updates.every(({ fitsAnywhere }) => fitsAnywhere)
        return { noteId, after: fitAnywhere ? null : after, updates }
      })
      const appended = await withTimeout(this.options.append(appends), this.options.saveTimeoutMs ?? 15_000)
      if (this.#failures > 0) this.options.log.info({ failures: this.#failures }, 'saving notes again')
      this.#failures = 0
      const count = appended.reduce((sum, rows) => sum + (rows?.positions.length ?? 0), 0)
      this.options.metrics.saved(count, (performance.now() - startedAt) / 1_000)
      let told = 0
      for (const [index, { noteId }] of appends.entries()) {
        const batched = batch.get(noteId)
        if (batched) told += this.#appended(noteId, batched, appended[index] ?? null)
      }
      this.#pace.told(told)
      return 'saved'
    } catch (error) {
      if (error instanceof NoteGone) return 'gone'
      this.options.metrics.saveFailed()
      this.options.log.warn({ err: error, failures: this.#failures + 1 }, 'notes could not be saved')
      return 'failed'
    }
  }

  /** Answers how many people were told of what was appended. */
  #appended(noteId: string, { after, groups }: Batched, rows: Appended): number {
    const waiting = this.#waiting.get(noteId)
    if (rows === null) {
      if (!waiting) return 0
      waiting.isOvertaken = true
      waiting.owner.overtaken(after)
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

  #saved(noteId: string, group: SaveGroup, rows: AppendedRows): number {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return 0
    waiting.groups.shift()
    for (const { update } of group) this.#bytes -= update.length
    if (waiting.groups.length === 0) this.#waiting.delete(noteId)
    return waiting.owner.saved(group, rows)
  }

  #drop(noteId: string): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    for (const { update } of waiting.groups.flat()) this.#bytes -= update.length
    this.#waiting.delete(noteId)
    waiting.owner.noteGone()
  }

  #failed(batch: ReadonlyMap<string, unknown>, failedId: string | undefined): false {
    this.#failures += 1
    for (const noteId of batch.keys()) {
      const waiting = this.#waiting.get(noteId)
      if (!waiting) continue
      if (noteId === failedId) {
        this.#waiting.delete(noteId)
        this.#waiting.set(noteId, waiting)
      }
      waiting.owner.notSaved()
    }
    return false
  }
}

const nothingWaiting = { owner: null, groups: [], isOvertaken: false } as const
