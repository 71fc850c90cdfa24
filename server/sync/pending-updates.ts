/** What a note accepted and has not committed yet, in order, and who waits for it. */
import { updateFrame } from './frames.ts'
import type { Seat } from './seat.ts'

interface Pending {
  /** Null: it came through no connection. */
  readonly writer: Seat | null
  /** Whose frames are committed with it, and how many of each: its own, and later ones that brought nothing new. */
  readonly frames: Map<Seat, number>
  readonly waiters: Waiter[]
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** The pending updates of one note. */
export class PendingUpdates {
  readonly #pending: Pending[] = []

  get isEmpty(): boolean {
    return this.#pending.length === 0
  }

  /** Takes the next update, which settles `frames` frames of its writer. */
  add(writer: Seat | null, frames = 0): void {
    this.#pending.push({ writer, frames: new Map(writer ? [[writer, frames]] : []), waiters: [] })
  }

  /** Counts frames that brought nothing: they are committed when everything before them is. */
  count(seat: Seat, frames: number): void {
    const last = this.#pending.at(-1)
    if (last) last.frames.set(seat, (last.frames.get(seat) ?? 0) + frames)
    else seat.confirm(frames)
  }

  /** Resolves once everything that is pending now is committed; rejects when a save of it fails. */
  committed(): Promise<void> {
    const last = this.#pending.at(-1)
    if (!last) return Promise.resolve()
    return new Promise((resolve, reject) => last.waiters.push({ resolve, reject }))
  }

  /** The first `count`, as one `update`, are committed: everyone in `seats` is shown it, and its writers are told. */
  commit(count: number, update: Uint8Array, seats: Iterable<Seat>): void {
    const done = this.#pending.splice(0, count)
    relay(done, update, seats)
    const frames = new Map<Seat, number>()
    for (const each of done) {
      for (const [seat, count] of each.frames) frames.set(seat, (frames.get(seat) ?? 0) + count)
    }
    for (const [seat, count] of frames) seat.confirm(count)
    for (const { waiters } of done) for (const { resolve } of waiters) resolve()
  }

  /** A save failed and is tried again: writers are told `reason`, and nobody is kept waiting. */
  delay(reason: string, error: Error): void {
    for (const seat of new Set(this.#pending.map(({ writer }) => writer))) seat?.warn(reason)
    for (const { waiters } of this.#pending) for (const { reject } of waiters.splice(0)) reject(error)
  }

  /** They will not be committed. */
  abandon(error: Error): void {
    const lost = this.#pending.splice(0)
    for (const { waiters } of lost) for (const { reject } of waiters) reject(error)
  }
}

/** Shows the others what was committed. */
function relay(done: readonly Pending[], update: Uint8Array, seats: Iterable<Seat>): void {
  const writers = new Set(done.map(({ writer }) => writer))
  const frame = updateFrame(update)
  for (const seat of seats) {
    // With several writers each gets back what is their own as well, which changes nothing for them.
    if (writers.size > 1 || !writers.has(seat)) seat.send(frame)
  }
}
