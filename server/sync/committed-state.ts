/**
 * Everything of a note that is committed, as bytes: what readers get while nobody writes, and what the document is made
 * from.
 *
 * It is kept as a few updates, the oldest first. The newest are put together only when somebody wants to have them, or
 * when they are many. A short note is then encoded anew, which costs less than merging; of a long one what was put
 * together is put together by sixteens again, and so on: a change is merged only as often as the note has grown
 * sixteenfold since, and who asks never gets more than some seventy.
 */
import * as Y from 'yjs'
import { mergedAtOnce, mergeUpdates } from './merge-updates.ts'
import { outlineOf } from './update-outline.ts'

/** More than is written in most notes before they are compacted, and they are encoded anew. */
const newestAtMost = mergedAtOnce ** 2
/** Encoding so much costs less than merging so many. */
const shortBytes = 64 * 1024
/** An update that neither brings nor deletes anything. */
const nothing = Uint8Array.of(0, 0)

/** A note's committed updates. */
export class CommittedState {
  #updates: Uint8Array[]
  /** How often each was merged so far, never more often than the one before it. */
  #rounds: number[]
  /** What came since, in order. */
  #newest: Uint8Array[] = []
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

  /** A few updates, in an order in which they can be applied. */
  get updates(): readonly Uint8Array[] {
    if (this.#newest.length >= mergedAtOnce) this.#settle()
    return this.all
  }

  /** The same as it is kept at this moment, which may be some more. */
  get all(): readonly Uint8Array[] {
    return [...this.#updates, ...this.#newest]
  }

  /** Takes one more. `encode` makes one update of all, if the document is at hand and holds nothing else. */
  add(update: Uint8Array, encode: (() => Uint8Array) | null): void {
    this.#newest.push(update)
    this.#bytes += update.length
    if (this.#newest.length >= newestAtMost) this.shorten(encode)
  }

  /** Puts together what is kept as several updates: all of it if it is short and can be encoded, or the newest. */
  shorten(encode: (() => Uint8Array) | null): void {
    if (this.#newest.length === 0) return
    if (encode && this.#bytes <= shortBytes) this.replace(encode())
    else this.#settle()
  }

  /** All of it as one update. */
  merged(): Uint8Array {
    const all = this.updates
    const [only, ...more] = all
    if (only && more.length === 0) return only
    const merged = mergeUpdates(all)
    this.replace(merged)
    return merged
  }

  /** Puts one update that holds the same in place of all. */
  replace(state: Uint8Array): void {
    this.#updates = [state]
    this.#rounds = [Number.POSITIVE_INFINITY]
    this.#newest = []
    this.#bytes = state.length
  }

  /** What somebody with `stateVector` lacks. Throws for bytes that are none. */
  since(stateVector: Uint8Array): Uint8Array {
    return mergeUpdates(this.updates.map((update) => Y.diffUpdate(update, stateVector)))
  }

  /** Of all of it. */
  get stateVector(): Uint8Array {
    const ends = new Map<number, number>()
    for (const update of this.updates) {
      for (const [client, end] of outlineOf(update).ends)
        ends.set(client, Math.max(end, ends.get(client) ?? 0))
    }
    return Y.encodeStateVector(ends)
  }

  /** Whether an update is what is sent by somebody who has nothing, or has all of this and no more. */
  isAllThatIsIn(update: Uint8Array): boolean {
    if (isSame(update, nothing)) return true
    // Whatever begins otherwise brings more than deletions.
    if (update[0] !== 0) return false
    return isSame(update, mergeUpdates(this.updates.map((kept) => outlineOf(kept).deletions)))
  }

  /** Puts the newest together. */
  #settle(): void {
    const newest = this.#newest
    this.#newest = []
    for (const update of newest) {
      this.#updates.push(update)
      this.#rounds.push(0)
      while (this.#rounds.at(-1) === this.#rounds.at(-mergedAtOnce)) this.#mergeLast()
    }
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

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
