/**
 * Saves what people write, in groups: one save at a time, and everything that arrives during a save goes into the next.
 * So a lone writer waits for nothing but the database, and a thousand share one statement. Saves begin at least
 * `gatherMs` apart, so that under load each reader gets one frame for many keystrokes.
 *
 * What cannot be saved is kept and tried again, less and less often up to a bound, until it is saved or its note is
 * gone; notes that can be saved do not wait for it.
 */
import type { Logger } from 'pino'
import { type NewNoteUpdate, NoteGone } from '../db/note-log.ts'
import type { SyncMetrics } from './sync-metrics.ts'

/** A note whose updates are saved. */
export interface SaveOwner {
  /** Called once for each save, with all updates of this note that it committed, and their positions in the log. */
  saved(updates: readonly NewNoteUpdate[], positions: readonly bigint[]): void
  /** A save failed, and is tried again. */
  notSaved(): void
  /** The note is no longer there; what was to be saved has nowhere to go. */
  noteGone(): void
}

interface Waiting {
  readonly owner: SaveOwner
  readonly updates: NewNoteUpdate[]
}

interface SaveQueueOptions {
  /** Keeps the updates: all or none. Throws NoteGone when one of their notes is not there. */
  readonly append: (updates: readonly NewNoteUpdate[]) => Promise<bigint[]>
  readonly log: Pick<Logger, 'warn' | 'info'>
  readonly metrics: Pick<SyncMetrics, 'saved' | 'saveFailed'>
  /** How long a save may take before it counts as failed. What it still commits then is committed twice, which changes nothing. */
  readonly saveTimeoutMs?: number
  readonly firstRetryMs?: number
  readonly lastRetryMs?: number
}

const maxUpdatesPerSave = 1_000
/** Long enough to share a commit and a frame, short enough that nobody sees it. */
const gatherMs = 10

/** The one queue of this process. */
export class SaveQueue {
  /** In the order in which they are saved; a note that failed goes to the end. */
  #waiting = new Map<string, Waiting>()
  #bytes = 0
  #failures = 0
  #running: Promise<void> | null = null
  #retry: NodeJS.Timeout | null = null
  #isClosed = false
  #startedAt = 0
  readonly #idle = new Set<() => void>()

  constructor(private readonly options: SaveQueueOptions) {}

  /** Bytes that are not committed. */
  get bytes(): number {
    return this.#bytes
  }

  /** How many updates are not committed. */
  get updates(): number {
    let count = 0
    for (const { updates } of this.#waiting.values()) count += updates.length
    return count
  }

  /** Whether the last save failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** Takes an update to be saved. Updates of one note are saved in this order. */
  add(owner: SaveOwner, update: NewNoteUpdate): void {
    const waiting = this.#waiting.get(update.noteId)
    if (waiting) waiting.updates.push(update)
    else this.#waiting.set(update.noteId, { owner, updates: [update] })
    this.#bytes += update.update.length
    // While saves fail, the next attempt is a matter of time, not of what arrives.
    if (this.#retry === null) this.#start()
  }

  /** Resolves once nothing waits, or after `timeoutMs`; answers whether everything is saved. */
  async flush(timeoutMs: number): Promise<boolean> {
    if (this.#waiting.size === 0 && !this.#running) return true
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

  #retryNow(): void {
    if (this.#retry === null) return
    clearTimeout(this.#retry)
    this.#retry = null
    this.#start()
  }

  #start(): void {
    if (this.#running || this.#isClosed) return
    this.#running = this.#gather()
      .then(() => this.#run())
      .finally(() => {
        this.#running = null
        this.#settle()
      })
  }

  /** Waits a turn at least, so that everything that arrived together is saved together. */
  #gather(): Promise<void> {
    const waitMs = this.#startedAt + gatherMs - performance.now()
    return new Promise((resolve) => (waitMs > 0 ? setTimeout(resolve, waitMs) : setImmediate(resolve)))
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#isClosed) {
      this.#startedAt = performance.now()
      if (!(await this.#saveBatch(this.#nextBatch()))) return
      if (this.#waiting.size > 0) await this.#gather()
    }
  }

  #settle(): void {
    if (this.#isClosed) return
    if (this.#waiting.size === 0) {
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

  /** Notes in order, each with all or the first of what it has, up to the bound of one statement. */
  #nextBatch(): Map<string, readonly NewNoteUpdate[]> {
    const batch = new Map<string, readonly NewNoteUpdate[]>()
    let size = 0
    for (const [noteId, { updates }] of this.#waiting) {
      const taken = updates.slice(0, maxUpdatesPerSave - size)
      batch.set(noteId, taken)
      size += taken.length
      if (size >= maxUpdatesPerSave) break
    }
    return batch
  }

  /** Whether to go on: false once the database is not there. */
  async #saveBatch(batch: ReadonlyMap<string, readonly NewNoteUpdate[]>): Promise<boolean> {
    const outcome = await this.#try(batch)
    if (outcome === 'saved') return true
    if (outcome === 'failed' && batch.size === 1) return this.#failed(batch, [...batch.keys()][0])
    // One note may spoil it for all: each alone, until one shows that it is not the note.
    for (const [noteId, updates] of batch) {
      const alone = new Map([[noteId, updates]])
      const own = batch.size === 1 ? outcome : await this.#try(alone)
      if (own === 'gone') this.#drop(noteId)
      else if (own === 'failed') return this.#failed(batch, noteId)
    }
    return true
  }

  async #try(batch: ReadonlyMap<string, readonly NewNoteUpdate[]>): Promise<'saved' | 'gone' | 'failed'> {
    const startedAt = performance.now()
    try {
      const positions = await withTimeout(
        this.options.append([...batch.values()].flat()),
        this.options.saveTimeoutMs ?? 15_000,
      )
      if (this.#failures > 0) this.options.log.info({ failures: this.#failures }, 'saving notes again')
      this.#failures = 0
      this.options.metrics.saved(positions.length, (performance.now() - startedAt) / 1_000)
      let from = 0
      for (const [noteId, updates] of batch) {
        this.#saved(noteId, updates, positions.slice(from, from + updates.length))
        from += updates.length
      }
      return 'saved'
    } catch (error) {
      if (error instanceof NoteGone) return 'gone'
      this.options.metrics.saveFailed()
      this.options.log.warn({ err: error, failures: this.#failures + 1 }, 'notes could not be saved')
      return 'failed'
    }
  }

  #saved(noteId: string, updates: readonly NewNoteUpdate[], positions: readonly bigint[]): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    waiting.updates.splice(0, updates.length)
    for (const { update } of updates) this.#bytes -= update.length
    if (waiting.updates.length === 0) this.#waiting.delete(noteId)
    waiting.owner.saved(updates, positions)
  }

  #drop(noteId: string): void {
    const waiting = this.#waiting.get(noteId)
    if (!waiting) return
    for (const { update } of waiting.updates) this.#bytes -= update.length
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

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
