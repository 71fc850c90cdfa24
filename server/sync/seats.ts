/** The seats of one room, and asking again who may sit in them. */
import { AppError } from '#domain/app-error.ts'
import type { Closing } from './close-codes.ts'
import type { Seat } from './seat.ts'

/** Few, so that a full room is asked about without a stall in anybody's typing. */
const askedAtOnce = 10

/** The seats of one room. */
export class Seats {
  readonly #seats = new Set<Seat>()

  get size(): number {
    return this.#seats.size
  }

  [Symbol.iterator](): Iterator<Seat> {
    return this.#seats.values()
  }

  has(seat: Seat): boolean {
    return this.#seats.has(seat)
  }

  add(seat: Seat): void {
    this.#seats.add(seat)
  }

  /** Whether the seat was taken. */
  remove(seat: Seat): boolean {
    seat.left()
    return this.#seats.delete(seat)
  }

  closeAll(closing: Closing): void {
    for (const seat of this.#seats) seat.close(closing)
  }

  /**
   * Looks up again who sits in each seat that `concerns`, and lets `admit` decide; whoever it refuses is closed with
   * the code that says why. While it cannot be found out, nobody is sent away.
   */
  async askAgain(concerns: (seat: Seat) => boolean, admit: (seat: Seat) => Promise<void>): Promise<void> {
    const seats = [...this.#seats].filter(concerns)
    for (let from = 0; from < seats.length; from += askedAtOnce) {
      await Promise.all(seats.slice(from, from + askedAtOnce).map((seat) => askAgainAbout(seat, admit)))
    }
  }
}

async function askAgainAbout(seat: Seat, admit: (seat: Seat) => Promise<void>): Promise<void> {
  try {
    const before = seat.userId
    seat.actor = await seat.identify()
    if (seat.userId !== before) seat.close('signed-out')
    else await admit(seat)
  } catch (error) {
    if (error instanceof AppError) seat.close(closingFor(error))
  }
}

/** How a connection ends that may no longer be where it is. */
function closingFor({ code }: AppError): Closing {
  if (code === 'unauthenticated') return 'signed-out'
  if (code === 'forbidden') return 'forbidden'
  return code === 'unavailable' ? 'unavailable' : 'gone'
}
