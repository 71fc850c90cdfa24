/** What the registry and the connections ask of a room, whatever it carries. */
import type { ClientFrame } from './frames.ts'
import type { Seat } from './seat.ts'

/** People at one note, or in one margin. */
export interface Room {
  readonly name: string
  /** How many clients are in it. */
  readonly seatCount: number
  /** Takes a seat in; frames may follow at once. */
  join(seat: Seat): void
  /** Takes note that a client has left. */
  leave(seat: Seat): void
  /** Handles what a client sent. Frames of one seat arrive in order. */
  receive(seat: Seat, frame: ClientFrame): void
  /** Asks for every seat that `concerns` whether it may still be here. */
  askAgain(concerns: (seat: Seat) => boolean): Promise<void>
  /** A server is gone, and those who were there with it. */
  forgetServer(server: string): void
  /** Nothing was heard of other servers for a while. */
  meetServers(): void
  /** Ends every connection because the server stops. */
  sendAway(): void
  /** Finishes what is to be kept, once nobody is here and everything is saved that can be. */
  close(): Promise<void>
}
