/**
 * What goes out over one socket, no faster than its client takes it.
 *
 * While the client keeps up, a frame goes out at once. Once more than `startHoldingBytes` wait in the socket, further
 * frames are held back here, apart for each room, and merged where they grow: many updates of a note become one, many
 * carets of one person the latest. They go out when the client has taken what it was sent. Whoever is so slow that
 * even that is too much is cut off, and syncs anew when it comes back. So a slow reader delays nobody and costs a
 * bounded amount of memory.
 */
import type { WebSocket } from 'ws'
import { closings } from './close-codes.ts'
import { maxHeldBytes, mergeHeldAboveBytes, startHoldingBytes } from './limits.ts'
import { mergeFrames } from './merge-frames.ts'
import { type OutgoingStream, writeMessage } from './write-message.ts'

/** What an outflow needs of a socket. */
export type OutgoingSocket = Pick<WebSocket, 'close' | 'terminate' | 'bufferedAmount' | 'readyState'>

const open = 1

/** The way out of one socket. */
export class Outflow {
  /** By channel. */
  readonly #held = new Map<number, Uint8Array[]>()
  #heldBytes = 0
  /** Merging is work: it is done again only when as much has come to it as was left the last time. */
  #mergeAbove = mergeHeldAboveBytes
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly socket: OutgoingSocket,
    private readonly stream: OutgoingStream,
    private readonly onCutOff: () => void = () => {},
  ) {}

  /** Bytes that the client has not taken yet, as far as this server knows. */
  get waitingBytes(): number {
    return this.#heldBytes + this.socket.bufferedAmount
  }

  /** Sends a frame of the room on `channel`, or as it is on a socket that carries nothing else. */
  send(frame: Uint8Array, channel = 0): void {
    if (this.socket.readyState !== open) return
    if (this.#heldBytes === 0 && this.socket.bufferedAmount <= startHoldingBytes) this.#write(frame, channel)
    else this.#hold(frame, channel)
  }

  /** Forgets what is held of a room that was left. */
  drop(channel: number): void {
    this.#held.delete(channel)
    this.#recount()
  }

  /** Resolves once the client keeps up; at once while it does. */
  async flowing(): Promise<void> {
    if (this.#isStuck) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Called when the socket is gone: nobody waits any longer. */
  end(): void {
    this.#held.clear()
    this.#heldBytes = 0
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  get #isStuck(): boolean {
    const isFull = this.#heldBytes > 0 || this.socket.bufferedAmount > startHoldingBytes
    return this.socket.readyState === open && isFull
  }

  /** Asks for word of it when the client is behind, or will be after it: what is held waits for such a word. */
  #write(frame: Uint8Array, channel: number): void {
    const isBehind = this.socket.bufferedAmount > 0 || frame.length > startHoldingBytes
    writeMessage(this.stream, frame, channel, isBehind ? () => this.#taken() : undefined)
  }

  #hold(frame: Uint8Array, channel: number): void {
    const held = this.#held.get(channel)
    if (held) held.push(frame)
    else this.#held.set(channel, [frame])
    this.#heldBytes += frame.length
    if (this.#heldBytes > this.#mergeAbove) this.#merge()
    if (this.#heldBytes > maxHeldBytes) this.#cutOff()
  }

  #merge(): void {
    for (const [channel, frames] of this.#held) this.#held.set(channel, mergeFrames(frames))
    this.#recount()
    this.#mergeAbove = Math.max(mergeHeldAboveBytes, 2 * this.#heldBytes)
  }

  /** The socket has passed something on: more may follow. */
  #taken(): void {
    if (this.socket.bufferedAmount > startHoldingBytes / 2) return
    for (const [channel, frames] of this.#held) {
      if (this.socket.bufferedAmount > startHoldingBytes) break
      this.#held.delete(channel)
      for (const frame of mergeFrames(frames)) this.#write(frame, channel)
    }
    this.#recount()
    if (!this.#isStuck) for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #recount(): void {
    this.#heldBytes = [...this.#held.values()].flat().reduce((sum, frame) => sum + frame.length, 0)
  }

  #cutOff(): void {
    const { code, reason } = closings['too-slow']
    this.onCutOff()
    this.end()
    this.socket.close(code, reason)
    // Whoever does not read will not read the close frame either.
    this.socket.terminate()
  }
}
