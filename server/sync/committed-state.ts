/**
 * Everything of a note that is committed, as bytes: what new readers get, and what the document is made anew from.
 *
 * It is kept as a few updates, each at least twice as long as the next; a new one is merged with those that are not
 * longer than it. So a change costs the logarithm of the note's length, where merging it into the whole would cost
 * the whole, and there are never more than some twenty.
 */
import * as Y from 'yjs'
import { mergeUpdates } from './merge-updates.ts'

/** A note's committed updates. */
export class CommittedState {
  #updates: Uint8Array[]
  #bytes: number

  constructor(state: Uint8Array) {
    this.#updates = [state]
    this.#bytes = state.length
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
    let newest = update
    for (let before = this.#updates.at(-1); before; before = this.#updates.at(-1)) {
      if (before.length >= 2 * newest.length) break
      this.#updates.pop()
      newest = mergeUpdates([before, newest])
    }
    this.#updates.push(newest)
    this.#bytes = sum(this.#updates)
  }

  /** All of it as one update. */
  merged(): Uint8Array {
    const [only, ...more] = this.#updates
    if (only && more.length === 0) return only
    const merged = mergeUpdates(this.#updates)
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
