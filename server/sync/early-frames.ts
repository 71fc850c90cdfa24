/** What clients send before their note is loaded, kept in order until it is. */
import type { ClientFrame } from './frames.ts'
import { maxWaitingBytes } from './limits.ts'
import type { Seat } from './seat.ts'

/** A frame that came before the log was read. */
export interface EarlyFrame {
  readonly seat: Seat
  readonly frame: ClientFrame
}

/** The early frames of one room. */
export class EarlyFrames {
  readonly #frames: EarlyFrame[] = []
  readonly #bytes = new WeakMap<Seat, number>()

  /** Keeps it; who sends more than is kept for one is sent away, to try again later. */
  keep(seat: Seat, frame: ClientFrame): void {
    const bytes = (this.#bytes.get(seat) ?? 0) + sizeOf(frame)
    this.#bytes.set(seat, bytes)
    if (bytes > maxWaitingBytes) seat.close('unavailable')
    else this.#frames.push({ seat, frame })
  }

  /** Hands out all, in order, and keeps none. */
  take(): readonly EarlyFrame[] {
    return this.#frames.splice(0)
  }
}

const sizeOf = (frame: ClientFrame) =>
  frame.kind === 'step1' ? frame.stateVector.length : frame.kind === 'update' ? frame.update.length : 0
