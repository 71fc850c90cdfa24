/**
 * Everything of a note that is committed, as bytes: what new readers get, and what the document is made anew from.
 *
 * It is kept as a few updates, the oldest first. New ones are put together by sixteens, those by sixteens again, and so
 * on: a change is merged only as often as the note has grown sixteenfold since, and there are never more than some
 * sixty.
 */
import * as Y from 'yjs'
import { mergedAtOnce, mergeUpdates } from './merge-updates.ts'

/** A note's committed updates. */
export class CommittedState {
  #updates: Uint8Array[]
  /** How often each was merged so far, never more often than the one before it. */
  #rounds: number[]
  #bytes: number

  constructor(state: Uint8Array) {
    this.#updates = [state]
    this.#rounds = [Number.POSITIVE_INFINITY]
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
    this.#updates.push(update)
    this.#rounds.push(0)
    this.#bytes += update.length
    while (this.#rounds.at(-1) === this.#rounds.at(-mergedAtOnce)) this.#mergeLast()
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
    this.#rounds = [Number.POSITIVE_INFINITY]
    this.#bytes = state.length
  }

  /** What somebody with `stateVector` lacks. */
  since(stateVector: Uint8Array): Uint8Array {
    return Y.diffUpdate(this.merged(), stateVector)
  }

  #mergeLast(): void {
    const last = this.#updates.splice(-mergedAtOnce)
    const [round = 0] = this.#rounds.splice(-mergedAtOnce)
    const merged = mergeUpdates(last)
    this.#updates.push(merged)
    this.#rounds.push(round + 1)
    for (const { length } of last) this.#bytes -= length
    this.#bytes += merged.length
  }
}
