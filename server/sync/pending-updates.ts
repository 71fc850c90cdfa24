/** What a note accepted and has not committed yet, in the groups in which it is committed, and who waits for it. */
import { updateFrame } from './frames.ts'
import type { Seat } from './seat.ts'

/** What is committed together. */
interface Group {
  /** Whose updates they are; null stands for what came through no connection. */
  readonly writers: Set<Seat | null>
  /** Whose frames are committed with it, and how many of each: its own, and those that brought nothing new. */
  readonly frames: Map<Seat, number>
  readonly waiters: Waiter[]
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The pending updates of one note. */
export class PendingUpdates {
  readonly #groups: Group[] = []

  get isEmpty(): boolean {
    return this.#groups.length === 0
  }

  /** Takes the next group: whose updates it holds, and how many frames of each are settled with it. */
  add(writers: Set<Seat | null>, frames: Map<Seat, number>): void {
    this.#groups.push({ writers, frames, waiters: [] })
  }

  /** Counts frames that brought nothing: they are committed when everything before them is. */
  count(frames: ReadonlyMap<Seat, number>): void {
    const last = this.#groups.at(-1)
    for (const [seat, count] of frames) {
      if (last) last.frames.set(seat, (last.frames.get(seat) ?? 0) + count)
      else seat.confirm(count)
    }
  }

  /** Resolves once everything that is pending now is committed; rejects when a save of it fails. */
  committed(): Promise<void> {
    const last = this.#groups.at(-1)
    if (!last) return Promise.resolve()
    return new Promise((resolve, reject) => last.waiters.push({ resolve, reject }))
  }

  /**
   * The first group, as one `update`, is committed: everyone in `seats` is shown it, and its writers are told. Answers
   * to how many it was shown.
   */
  commit(update: Uint8Array, seats: Iterable<Seat>): number {
    const group = this.#groups.shift()
    if (!group) return 0
    const shown = relay(group, update, seats)
    for (const [seat, count] of group.frames) seat.confirm(count)
    for (const { resolve } of group.waiters) resolve()
    return shown
  }

  /** A save failed and is tried again: writers are told `reason`, and nobody is kept waiting. */
  delay(reason: string, error: Error): void {
    for (const seat of new Set(this.#groups.flatMap(({ writers }) => [...writers]))) seat?.warn(reason)
    for (const { waiters } of this.#groups) for (const { reject } of waiters.splice(0)) reject(error)
  }

  /** The groups at `places` will not be committed: whoever wrote in them is sent away, and brings it anew or not. */
  displace(places: readonly number[], error: Error): void {
    for (const place of places.toSorted((a, b) => b - a)) {
      const [lost] = this.#groups.splice(place, 1)
      if (!lost) continue
      for (const seat of [...lost.writers, ...lost.frames.keys()]) seat?.close('unavailable')
      for (const { reject } of lost.waiters) reject(error)
    }
  }

  /** They will not be committed. */
  abandon(error: Error): void {
    const lost = this.#groups.splice(0)
    for (const { waiters } of lost) for (const { reject } of waiters) reject(error)
  }
}

/** Shows the others what was committed; answers how many they are. */
function relay({ writers }: Group, update: Uint8Array, seats: Iterable<Seat>): number {
  const frame = updateFrame(update)
  let shown = 0
  for (const seat of seats) {
    // With several writers each gets back what is their own as well, which changes nothing for them.
    if (writers.size === 1 && writers.has(seat)) continue
    seat.send(frame)
    shown += 1
  }
  return shown
}
