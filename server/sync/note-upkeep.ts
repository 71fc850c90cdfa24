/**
 * What is done for a note besides keeping its updates, none of which anyone waits for: its text and JSON are derived
 * for those who read it elsewhere, its log is compacted, and versions are kept of it.
 *
 * Jobs run one after the other. A job that fails is tried again with the next change, or when the room is left.
 */
import type { Logger } from 'pino'
import type { DerivedNote } from '#domain/note/derived-note.ts'
import type { NoteReading } from '#domain/note/note-fragment.ts'
import type { Compaction, LogShape, NoteLog } from '../db/note-log.ts'
import type { NewNoteVersion } from '../db/note-versions.ts'
import {
  compactAfterUpdates,
  compactAtUpdates,
  deriveAtRestMs,
  deriveBeatMs,
  deriveEveryMs,
  versionEveryMs,
} from './limits.ts'
import type { SaveGroup } from './waiting-saves.ts'

/** What is committed of a note. */
export interface CommittedNote {
  readonly position: bigint
  /** Whether more than this is accepted: what is committed is made anew to be read then. */
  readonly isBehind: boolean
  /** About how long it is as one update. */
  readonly bytes: number
  /** As one update. */
  readonly state: () => Uint8Array
  readonly read: () => NoteReading
}

interface UpkeepOptions {
  readonly noteId: string
  readonly log: Pick<Logger, 'warn' | 'error'>
  /** What is committed at this moment. */
  readonly committed: () => CommittedNote
  readonly saveDerived: (derived: DerivedNote) => Promise<void>
  readonly compact: (compaction: Compaction) => Promise<boolean>
  readonly readShape: () => Promise<LogShape>
  readonly addVersion: (version: NewNoteVersion) => Promise<void>
}

/** What is to be compacted: rows of a log, the snapshot before them, and the note that both make. */
interface TakenLog extends Omit<Compaction, 'noteId'> {
  /** Of the rows, the last. */
  readonly last: bigint
  readonly rowBytes: number
}

/** The upkeep of one note while its room is open. */
export class NoteUpkeep {
  #snapshotPosition: bigint | null
  /** Rows of the log that no snapshot has. */
  #positions: bigint[]
  /** Of those rows. */
  #rowBytes: number
  #derivedPosition: bigint
  /** Up to where it was when it was last seen not to be derived. */
  #laggedAt: bigint | null = null
  readonly #authorIds: Set<string>
  /** Null while nothing has changed that no version has. */
  #versionDueAt: number | null = null
  #timer: NodeJS.Timeout | null = null
  /** Whether it is time, and only the commit that is under way is waited for. */
  #isDue = false
  #isCompacting = false
  /** Of the last row that was committed here, or that another server left to this one. */
  #ownPosition = 0n
  /** On the clock that never jumps. */
  #changedAt = 0
  #jobs: Promise<void> = Promise.resolve()

  constructor(
    private readonly options: UpkeepOptions,
    { snapshot, updates, derivedPosition, lastVersionAt }: NoteLog,
  ) {
    this.#snapshotPosition = snapshot?.position ?? null
    this.#positions = updates.map(({ position }) => position)
    this.#rowBytes = bytesOf(updates)
    this.#derivedPosition = derivedPosition
    const unversioned = updates.filter(({ createdAt }) => lastVersionAt === null || createdAt > lastVersionAt)
    this.#authorIds = new Set(unversioned.flatMap(({ userId }) => userId ?? []))
    // What a server that was killed did not come to.
    const { position } = options.committed()
    if (position > derivedPosition) this.#takeOver(position)
  }

  /** Takes note of rows that were committed. */
  changed(rows: SaveGroup, positions: readonly bigint[]): void {
    for (const position of positions) insertInOrder(this.#positions, position)
    this.#ownPosition = positions.at(-1) ?? this.#ownPosition
    this.#rowBytes += bytesOf(rows)
    for (const { userId } of rows) if (userId !== null) this.#authorIds.add(userId)
    this.#versionDueAt ??= performance.now() + versionEveryMs
    if (this.#isDue) this.#doWhatIsDue()
    this.#schedule()
  }

  /** Takes note of rows that another server committed, which sees to the note from then on. */
  followed(positions: readonly bigint[], snapshotPosition: bigint | null): void {
    for (const position of positions) insertInOrder(this.#positions, position)
    this.#snapshotPosition = snapshotPosition ?? this.#snapshotPosition
  }

  /** Takes note of how far the note is derived by whatever server, and derives what none has come to for a while. */
  derivedElsewhere(derivedPosition: bigint): void {
    const { position } = this.options.committed()
    if (derivedPosition > this.#derivedPosition) this.#derivedPosition = derivedPosition
    const isLeft = this.#derivedPosition < position && this.#laggedAt === position
    this.#laggedAt = this.#derivedPosition < position ? position : null
    if (isLeft) this.#takeOver(position)
  }

  /** Who wrote what no version has. */
  get authorIds(): readonly string[] {
    return [...this.#authorIds]
  }

  /** What they wrote is in a version that is kept otherwise. */
  forgetAuthors(): void {
    this.#authorIds.clear()
  }

  /** Derives what is committed now, without waiting for its time. */
  async derived(): Promise<void> {
    this.#run(() => this.#derive())
    await this.#jobs
  }

  /** Does what is still to be done, now that nobody is here. */
  async sessionEnded(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#run(() => this.#derive())
    this.#run(() => this.#version('session-ended'))
    await this.#jobs
  }

  /** Sees to what another server left. */
  #takeOver(position: bigint): void {
    this.#ownPosition = position
    this.#schedule()
  }

  /** Once nothing has changed for a while, or it has gone on for long. */
  #schedule(): void {
    this.#changedAt = performance.now()
    if (this.#timer) return
    const latest = this.#changedAt + deriveEveryMs
    const look = () => {
      const dueAt = Math.min(this.#changedAt + deriveAtRestMs, latest)
      const beat = Math.ceil(dueAt / deriveBeatMs) * deriveBeatMs
      const now = performance.now()
      this.#timer = now < dueAt ? setTimeout(look, beat - now) : null
      if (this.#timer === null) this.#doWhatIsDue()
    }
    look()
  }

  #doWhatIsDue(): void {
    const { isBehind, position } = this.options.committed()
    this.#isDue = isBehind
    if (isBehind) return
    // Whoever committed last sees to the note: servers that write in it at once do not do the same work.
    const isOurs = this.#ownPosition >= position
    if (isOurs) this.#run(() => this.#derive())
    if (this.#versionDueAt !== null && performance.now() >= this.#versionDueAt) {
      this.#run(() => this.#version('long-session'))
    }
    if (isOurs && this.#isLongLog && !this.#isCompacting) this.#compactNow()
  }

  /** The state is taken now, when nothing but these rows is in the document: that costs least. */
  #compactNow(): void {
    const last = this.#positions.at(-1)
    if (last === undefined) return
    const shape = { from: this.#snapshotPosition, positions: [...this.#positions], rowBytes: this.#rowBytes }
    const state = this.options.committed().state()
    this.#isCompacting = true
    this.#run(() =>
      this.#compact({ ...shape, last, state }).finally(() => {
        this.#isCompacting = false
      }),
    )
  }

  /** Whether the rows are worth encoding the note anew, which costs by its length. */
  get #isLongLog(): boolean {
    const { length } = this.#positions
    const isMuch = this.#rowBytes * 4 >= this.options.committed().bytes
    return length >= compactAtUpdates || (length >= compactAfterUpdates && isMuch)
  }

  #run(job: () => Promise<void>): void {
    this.#jobs = this.#jobs.then(job).catch((error: unknown) => {
      this.options.log.warn({ err: error, noteId: this.options.noteId }, 'upkeep of a note failed')
    })
  }

  async #derive(): Promise<void> {
    const { noteId, log, committed, saveDerived } = this.options
    const { position, read } = committed()
    if (position <= this.#derivedPosition) return
    const reading = read()
    if (!reading.ok) {
      log.error({ noteId }, `a note cannot be read: ${reading.problem}`)
      return
    }
    const { text, json } = reading
    await saveDerived({ noteId, text, json, position })
    this.#derivedPosition = position
  }

  async #compact({ from, positions, rowBytes, last, state }: TakenLog): Promise<void> {
    const { noteId, compact } = this.options
    const isDone = await compact({ noteId, from, positions, state })
    if (isDone) {
      const compacted = new Set(positions)
      this.#positions = this.#positions.filter((position) => !compacted.has(position))
      this.#rowBytes -= rowBytes
      this.#snapshotPosition = from !== null && from > last ? from : last
    } else await this.#learnShape()
  }

  /** Another server has compacted the log: the next compaction here starts from what that one left. */
  async #learnShape(): Promise<void> {
    const shape = await this.options.readShape()
    const { position: known } = this.options.committed()
    const read = shape.positions.filter((position) => position <= known)
    const last = read.at(-1) ?? shape.snapshotPosition ?? 0n
    this.#snapshotPosition = shape.snapshotPosition
    this.#positions = [...read, ...this.#positions.filter((position) => position > last)]
  }

  async #version(reason: NewNoteVersion['reason']): Promise<void> {
    if (this.#versionDueAt === null) return
    const authorIds = [...this.#authorIds]
    const { state, read } = this.options.committed()
    const reading = read()
    if (!reading.ok) return
    const { text, json } = reading
    const { noteId } = this.options
    await this.options.addVersion({
      noteId,
      state: state(),
      text,
      json,
      authorIds,
      reason,
      createdAt: new Date(),
    })
    for (const id of authorIds) this.#authorIds.delete(id)
    this.#versionDueAt = null
  }
}

/** Nowhere if it is there already: what is appended here may be read before it is known to be appended. At the end as a rule. */
function insertInOrder(positions: bigint[], position: bigint): void {
  let at = positions.length
  while (at > 0 && (positions[at - 1] ?? 0n) > position) at -= 1
  if (positions[at - 1] !== position) positions.splice(at, 0, position)
}

function bytesOf(rows: readonly { readonly update: Uint8Array }[]): number {
  let bytes = 0
  for (const { update } of rows) bytes += update.length
  return bytes
}
