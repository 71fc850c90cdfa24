/** Everything in the database as of one moment. */
import type { Counter, Table } from './tables.ts'

/** A table as it stood. */
export interface TableSnapshot {
  readonly table: Table
  readonly rows: number
  /** Its rows, as `rowAsLine` has them, in batches of bounded bytes. */
  lines(): AsyncIterable<readonly string[]>
}

export interface Snapshot {
  readonly migrations: readonly string[]
  readonly counters: readonly Counter[]
  readonly tables: readonly TableSnapshot[]
  /** Lets go of what it holds. */
  close(): Promise<void>
}
