/**
 * Stores what is derived of notes, many in one transaction: what comes in one turn, or while the last is stored, goes
 * together. In a class that writes in a hundred notes this is most of what a server asks its database.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DerivedNote } from '#domain/note/derived-note.ts'

interface Waiting {
  readonly note: DerivedNote
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Few enough that others wait for their locks no longer than for anything else. */
const notesAtOnce = 100

/** The one queue of this process. */
export class DerivedSaves {
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(
    /** Stores all of them, or throws and stores none. */
    private readonly store: (notes: readonly DerivedNote[]) => Promise<void>,
  ) {}

  /** Resolves once it is stored. */
  save(note: DerivedNote): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ note, resolve, reject })
      if (!this.#isRunning) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      await nextTurn()
      await this.#storeTogether(this.#waiting.splice(0, notesAtOnce))
    }
    this.#isRunning = false
  }

  async #storeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.store(batch.map(({ note }) => note))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      // One note may spoil it for all.
      if (batch.length > 1) for (const each of batch) await this.#storeTogether([each])
      else for (const { reject } of batch) reject(error)
    }
  }
}
