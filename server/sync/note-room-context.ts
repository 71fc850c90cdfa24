/** What note rooms are made with. */
import type { Logger } from 'pino'
import type { DerivedNote } from '#domain/note/derived-note.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Limits } from '../config.ts'
import type { Compaction, LogShape, NoteLog } from '../db/note-log.ts'
import type { NewNoteVersion } from '../db/note-versions.ts'
import type { Services } from '../services/services.ts'
import type { LogEnds } from './log-ends.ts'
import type { NoteRoom } from './note-room.ts'
import type { SaveQueue } from './save-queue.ts'
import type { SyncMetrics } from './sync-metrics.ts'

/** What note rooms are made with. */
export interface NoteRoomContext {
  readonly services: Services
  readonly limits: Limits
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly saves: SaveQueue
  readonly metrics: Pick<SyncMetrics, 'received' | 'denied' | 'feedEvents'>
  readonly cluster: Cluster
  /** What of a note's log lies after a position, or all of it; null when there is no such note. */
  readonly loadLog: (noteId: string, after?: bigint) => Promise<NoteLog | null>
  readonly logEnds: LogEnds
  readonly upkeepOf: (noteId: string) => {
    readonly saveDerived: (derived: DerivedNote) => Promise<void>
    readonly compact: (compaction: Compaction) => Promise<boolean>
    readonly readShape: () => Promise<LogShape>
    readonly addVersion: (version: NewNoteVersion) => Promise<void>
  }
  /** Called whenever nobody is in a room and everything of it is saved. */
  readonly onIdle: (room: NoteRoom) => void
  /** Called once when a room turns out to be of no use: its note is gone, or cannot be loaded. */
  readonly onFailed: (room: NoteRoom) => void
}
