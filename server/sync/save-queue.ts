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
import { type Appended, type NoteAppend, NoteGone } from '../db/append-note-updates.ts'
import { SavePace } from './save-pace.ts'
import type { SyncMetrics } from './sync-metrics.ts'
import { type Batch, type SaveGroup, type SaveOwner, WaitingSaves } from './waiting-saves.ts'
import { withTimeout } from './with-timeout.ts'

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

/** The one queue of this process. */
export class SaveQueue {
  readonly #waiting = new WaitingSaves()
  /** Who has something that nobody has looked at yet, and how many bytes. */
  readonly #announced = new Map<SaveOwner, number>()
  #announcedBytes = 0
  #failures = 0
  #running: Promise<void> | null = null
  #retry: NodeJS.Timeout | null = null
  #isClosed = false
  readonly #pace = new SavePace()
  readonly #idle = new Set<() => void>()

  constructor(private readonly options: SaveQueueOptions) {}

  /** Bytes that are not committed. */
  get bytes(): number {
    return this.#announcedBytes + this.#waiting.bytes
  }

  /** How many updates are looked at and not committed. */
  get updates(): number {
    return this.#waiting.updates
  }

  /** Whether the last save failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** Takes note that `owner` has so many bytes more to be looked at and saved: it is asked for them with the next save. */
  announce(owner: SaveOwner, bytes: number): void {
    this.#announced.set(owner, (this.#announced.get(owner) ?? 0) + bytes)
    this.#announcedBytes += bytes
    this.#startInTime()
  }

  /** Takes a group to be saved. Groups of one note are saved in this order. */
  add(owner: SaveOwner, group: SaveGroup): void {
    this.#waiting.add(owner, group)
    this.#startInTime()
  }

  /** Goes on with a note that was overtaken: of the groups that wait, those at `lost` are not to be saved any more. */
  renew(noteId: string, lost: readonly number[]): void {
    if (this.#waiting.renew(noteId, lost)) this.#hurry()
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
    return this.#waiting.isEmpty && this.#announced.size === 0
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
      const batch = this.#waiting.nextBatch()
      if (batch.size > 0 && !(await this.#saveBatch(batch))) return
      if (!this.#isIdle) await this.#pace.next()
    }
  }

  #gather(): void {
    const announced = [...this.#announced]
    this.#announced.clear()
    for (const [owner, bytes] of announced) {
      this.#announcedBytes -= bytes
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

  /** Whether to go on: false once the database is not there. */
  async #saveBatch(batch: Batch): Promise<boolean> {
    const outcome = await this.#try(batch)
    if (outcome === 'saved') return true
    if (outcome === 'failed' && batch.size === 1) return this.#failed(batch, [...batch.keys()][0])
    // One note may spoil it for all: each alone, until one shows that it is not the note.
    for (const noteId of batch.keys()) {
      const own = batch.size === 1 ? outcome : await this.#try(this.#waiting.nextBatch([noteId]))
      if (own === 'gone') this.#waiting.drop(noteId)
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
        if (batched) told += this.#waiting.appended(noteId, batched, appended[index] ?? null)
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

  #failed(batch: Batch, failedId: string | undefined): false {
    this.#failures += 1
    this.#waiting.failed(batch.keys(), failedId)
    return false
  }
}
