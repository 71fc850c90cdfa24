/** What clients send before they are served (their note is loaded, and known to be at the end of its log), kept in order until then. */
import type { ClientFrame } from './frames.ts'
import { maxWaitingBytes } from './limits.ts'
import type { Seat } from './seat.ts'

interface Kept {
  readonly frames: ClientFrame[]
  bytes: number
}

/** The early frames of one room. */
export class EarlyFrames {
  readonly #kept = new Map<Seat, Kept>()

  /** Keeps it; who sends more than is kept for one is sent away, to try again later. */
  keep(seat: Seat, frame: ClientFrame): void {
    const kept = this.#kept.get(seat) ?? { frames: [], bytes: 0 }
    this.#kept.set(seat, kept)
    kept.bytes += sizeOf(frame)
    if (kept.bytes > maxWaitingBytes) seat.close('unavailable')
    else kept.frames.push(frame)
  }

  /** Hands out what one client sent, in order, and keeps none of it. */
  take(seat: Seat): readonly ClientFrame[] {
    const frames = this.#kept.get(seat)?.frames ?? []
    this.#kept.delete(seat)
    return frames
  }
}

const sizeOf = (frame: ClientFrame) =>
  frame.kind === 'step1' ? frame.stateVector.length : frame.kind === 'update' ? frame.update.length : 0
