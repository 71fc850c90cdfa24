import type { Actor } from '#domain/policy/actor.ts'
import type {
  CheckedQuotation,
  Parallel,
  ParallelChange,
  ParallelInContext,
  ParallelList,
  ParallelMarks,
  ParallelMarksQuery,
  ParallelQuery,
} from '#domain/wire/parallel.ts'

/** The same words elsewhere. A parallel shows only to those who may read both of its documents. */
export interface ParallelService {
  /** Those of a document, in the order of its text; what merely recurs and what was dismissed only when asked for. */
  list(actor: Actor, documentId: string, query: ParallelQuery): Promise<ParallelList>
  /** Where those of a document stand that `list` tells of when nothing else is asked for, without their words. */
  listMarks(actor: Actor, documentId: string, query: ParallelMarksQuery): Promise<ParallelMarks>
  /** One with the text around both passages, seen from `documentId` if that is one of its two documents. */
  get(actor: Actor, parallelId: string, documentId?: string): Promise<ParallelInContext>
  /** Says that the two have nothing to do with each other, so that it is shown no more; or takes that back. */
  change(actor: Actor, parallelId: string, change: ParallelChange): Promise<Parallel>
  /** Every quotation in a thread's note, with where the corpus has it. */
  checkNote(actor: Actor, threadId: string): Promise<readonly CheckedQuotation[]>
  /**
   * Brings the index and the parallels up to date with the editions that are read; with `again`, the parallels of
   * every edition are looked for once more. Answers how many editions were looked at.
   */
  update(options?: UpdateOptions): Promise<number>
  /** From now on updates soon after an edition changes; returns the function that ends it. */
  keepUpdated(): () => Promise<void>
}

export interface UpdateOptions {
  readonly again?: boolean
  readonly signal?: AbortSignal
  /** Hears the share of the editions that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}
