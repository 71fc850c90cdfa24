/** Everything of a note that is committed, as bytes: what new readers get, and what the document is made anew from. */
import * as Y from 'yjs'

/** Updates kept apart until they are merged; merging at every update would cost as much as the note is long. */
const maxTail = 64

/** A note's committed updates. */
export class CommittedState {
  #updates: Uint8Array[]
  #bytes: number

  constructor(updates: readonly Uint8Array[]) {
    this.#updates = [...updates]
    this.#bytes = sum(updates)
  }

  /** Bytes that are kept; merging may lessen them. */
  get bytes(): number {
    return this.#bytes
  }

  /** In an order in which they can be applied. */
  get updates(): readonly Uint8Array[] {
    return this.#updates
  }

  add(update: Uint8Array): void {
    this.#updates.push(update)
    this.#bytes += update.length
    if (this.#updates.length > maxTail) this.merged()
  }

  /** All of it as one update. */
  merged(): Uint8Array {
    const [only, ...more] = this.#updates
    if (only && more.length === 0) return only
    const merged = Y.mergeUpdates(this.#updates)
    this.replace(merged)
    return merged
  }

  /** Puts one update that holds the same in place of all. */
  replace(state: Uint8Array): void {
    this.#updates = [state]
    this.#bytes = state.length
  }

  /** What somebody with `stateVector` lacks. */
  since(stateVector: Uint8Array): Uint8Array {
    return Y.diffUpdate(this.merged(), stateVector)
  }
}

const sum = (updates: readonly Uint8Array[]) => updates.reduce((total, update) => total + update.length, 0)
