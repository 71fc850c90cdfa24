/**
 * Puts a client's updates in order before anything is done with them. A client may send something that builds on what
 * the server refused earlier or never got (its right to write came and went): it is asked for what is missing, and what
 * builds on that waits for the answer.
 */
import * as Y from 'yjs'
import type { OfferedUpdate, OpenNote } from './open-note.ts'
import type { Seat } from './seat.ts'

/** What is to be done about a frame. `frames` is how many of the client's frames this settles. */
export type Intake =
  | ({ readonly kind: 'new'; readonly frames: number } & OfferedUpdate)
  | { readonly kind: 'nothing'; readonly frames: number }
  /** It waits; the client is to be asked for what is missing. */
  | { readonly kind: 'ask' }
  /** It waits for an answer that was asked for before. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'malformed' }

const maxWaiting = 50
const none: readonly Uint8Array[] = []

/** The intake of one room. */
export class UpdateIntake {
  readonly #waiting = new WeakMap<Seat, readonly Uint8Array[]>()

  /** Looks at an update, or at the answer to the server's step 1 (`isAnswer`), against what is in `note`. */
  take(seat: Seat, note: OpenNote, update: Uint8Array, isAnswer: boolean): Intake {
    const waiting = this.#waiting.get(seat) ?? none
    if (waiting.length >= maxWaiting) return { kind: 'malformed' }
    if (waiting.length > 0 && !isAnswer) {
      this.#waiting.set(seat, [...waiting, update])
      return { kind: 'waiting' }
    }
    const whole = waiting.length > 0 ? merge([...waiting, update]) : update
    const inspection = whole && note.inspect(whole)
    if (!inspection || inspection.kind === 'malformed') return { kind: 'malformed' }
    const frames = waiting.length + 1
    if (inspection.kind === 'gap') {
      if (waiting.length > 0) return { kind: 'malformed' }
      this.#waiting.set(seat, [whole])
      return { kind: 'ask' }
    }
    this.#waiting.delete(seat)
    return inspection.kind === 'nothing'
      ? { kind: 'nothing', frames }
      : { ...inspection, update: whole, frames }
  }

  /** Whether something of a client waits for what comes next. */
  isWaiting(seat: Seat): boolean {
    return this.#waiting.has(seat)
  }

  /** Forgets what waits; for a client whose updates are not taken. */
  forget(seat: Seat): void {
    this.#waiting.delete(seat)
  }
}

/** Null when one of them is no update. */
function merge(updates: Uint8Array[]): Uint8Array | null {
  try {
    return Y.mergeUpdates(updates)
  } catch {
    return null
  }
}
