/**
 * Who is in a room and what they show of themselves, passed on by the server and vouched for by it.
 *
 * The stock client sends back whatever it hears of others. So a seat speaks for one Yjs client id alone: the first one
 * in its messages that nobody else in the room has; what it says of others is passed over. An id that was somebody's
 * stays theirs, or the echo of someone who just left would bring them back under another name.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { LRUCache } from 'lru-cache'
import { awarenessFrame } from './frames.ts'
import { awarenessEveryMs, isOver } from './limits.ts'
import type { Seat } from './seat.ts'

/** What a client shows; what is in it besides `user` depends on the room. */
export type AwarenessState = Readonly<Record<string, unknown>>

interface AwarenessOptions {
  /** Everyone in the room. */
  readonly seats: () => Iterable<Seat>
  /** What is passed on of what a client shows: stamped with the person, and without what others may not know. */
  readonly stamp: (seat: Seat, state: AwarenessState) => AwarenessState | Promise<AwarenessState>
  /** Bytes of one state; 0 is no limit. */
  readonly maxStateBytes: number
}

/** What a seat shows, as it is passed on. */
interface Shown {
  readonly seat: Seat
  readonly clientId: number
  clock: number
  /** JSON; null when it shows nothing (any more). */
  json: string | null
}

/** What came of an awareness message. */
export type AwarenessVerdict = 'taken' | 'malformed' | 'awareness-too-large'

const maxRememberedOwners = 2_000
/** The stock client drops a connection on which it hears nothing for 30 s, and renews its state every 15. */
const quietMs = 5_000

/** Awareness of one room. */
export class AwarenessRelay {
  readonly #shown = new Map<number, Shown>()
  readonly #bySeat = new Map<Seat, Shown>()
  readonly #owners = new LRUCache<number, string>({ max: maxRememberedOwners })
  readonly #changed = new Set<Shown>()
  #timer: NodeJS.Timeout | null = null
  #flushedAt = 0

  constructor(private readonly options: AwarenessOptions) {}

  /** Shows a newcomer who is here. */
  welcome(seat: Seat): void {
    const here = [...this.#shown.values()].filter(({ json }) => json !== null)
    if (here.length > 0) seat.send(encodeShown(here))
  }

  /** Takes note that a seat is empty; others learn of it at once. */
  leave(seat: Seat): void {
    const shown = this.#bySeat.get(seat)
    if (!shown) return
    this.#bySeat.delete(seat)
    this.#shown.delete(shown.clientId)
    const isUntold = this.#changed.delete(shown)
    if (shown.json === null && !isUntold) return
    shown.json = null
    shown.clock += 1
    const frame = encodeShown([shown])
    for (const other of this.options.seats()) if (other !== seat) other.send(frame)
  }

  /** Takes what a client shows of itself. */
  receive(seat: Seat, update: Uint8Array): AwarenessVerdict {
    try {
      const own = this.#readOwn(seat, update)
      if (!own) return 'taken'
      if (own.json !== null && isOver(Buffer.byteLength(own.json), this.options.maxStateBytes)) {
        return 'awareness-too-large'
      }
      this.#take(seat, own)
      return 'taken'
    } catch {
      return 'malformed'
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  /** The entry of `update` that this seat may speak for. Throws for bytes that are no awareness update. */
  #readOwn(seat: Seat, update: Uint8Array): { clientId: number; clock: number; json: string | null } | null {
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    const known = this.#bySeat.get(seat)?.clientId
    let own = null
    for (let index = 0; index < count; index++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const bytes = decoding.readVarUint8Array(decoder)
      const isOwn = known === undefined ? this.#isFree(clientId, seat) : clientId === known
      if (own || !isOwn) continue
      const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      own = { clientId, clock, json: json === 'null' ? null : json }
    }
    return own
  }

  #isFree(clientId: number, seat: Seat): boolean {
    const owner = this.#owners.get(clientId)
    return !this.#shown.has(clientId) && (owner === undefined || owner === ownerOf(seat))
  }

  #take(seat: Seat, own: { clientId: number; clock: number; json: string | null }): void {
    const shown = this.#bySeat.get(seat) ?? this.#reserve(seat, own.clientId)
    if (own.clock < shown.clock) return
    if (own.json === null) {
      this.#show(shown, own.clock, null)
      return
    }
    const state: unknown = JSON.parse(own.json)
    if (typeof state !== 'object' || state === null) throw new TypeError('an awareness state is an object')
    const stamped = this.options.stamp(seat, { ...state })
    if (!(stamped instanceof Promise)) {
      this.#show(shown, own.clock, stamped)
      return
    }
    shown.clock = own.clock
    void stamped.then((asked) => {
      const isStillNewest = own.clock >= shown.clock && seat.isOpen
      if (isStillNewest) this.#show(shown, own.clock, asked)
    })
  }

  /** From now on the seat speaks for this id. */
  #reserve(seat: Seat, clientId: number): Shown {
    const shown: Shown = { seat, clientId, clock: 0, json: null }
    this.#shown.set(clientId, shown)
    this.#bySeat.set(seat, shown)
    this.#owners.set(clientId, ownerOf(seat))
    return shown
  }

  #show(shown: Shown, clock: number, state: AwarenessState | null): void {
    shown.clock = clock
    shown.json = state === null ? null : JSON.stringify(state)
    this.#changed.add(shown)
    if (this.#timer) return
    const wait = Math.max(0, this.#flushedAt + awarenessEveryMs - Date.now())
    this.#timer = setTimeout(() => this.#flush(), wait)
  }

  #flush(): void {
    this.#timer = null
    this.#flushedAt = Date.now()
    const changed = [...this.#changed]
    this.#changed.clear()
    if (changed.length === 0) return
    const frame = encodeShown(changed)
    const only = changed.length === 1 ? changed[0]?.seat : null
    for (const seat of this.options.seats()) {
      const isEcho = seat === only
      if (!isEcho || this.#flushedAt - seat.lastSentAt > quietMs) seat.send(frame)
    }
  }
}

/** Strangers are told apart by nothing; an id that one of them used stays with strangers. */
const ownerOf = (seat: Seat) => seat.userId ?? ''

function encodeShown(shown: readonly Shown[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, shown.length)
  for (const { clientId, clock, json } of shown) {
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json ?? 'null')
  }
  return awarenessFrame(encoding.toUint8Array(encoder))
}
