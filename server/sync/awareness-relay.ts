/**
 * Who is in a room and what they show of themselves, passed on by the server and vouched for by it.
 *
 * The stock client sends back whatever it hears of others. So a seat speaks for one Yjs client id alone: the first one
 * in its messages that nobody else in the room has; what it says of others is passed over. An id that was somebody's
 * stays theirs, or the echo of someone who just left would bring them back under another name.
 *
 * The same room on other servers is told what people show here, and says what they show there. Whoever moves from one
 * server to another is shown by both for a moment; the one where they are has the last word, by a higher clock.
 */
import * as decoding from 'lib0/decoding'
import { LRUCache } from 'lru-cache'
import { type Entry, readEntries, writeEntries } from './awareness-entries.ts'
import { awarenessFrame } from './frames.ts'
import { awarenessEveryMs, isOver } from './limits.ts'
import { RemotePresence } from './remote-presence.ts'
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
  /** Tells the same room on other servers what is shown here. */
  readonly tellServers: (update: Uint8Array) => void
  /** Whether everyone is about to be sent something else, which `goAlong` is called with; left out: never. */
  readonly isMoreToCome?: () => boolean
}

/** What a seat shows, as it is passed on. */
interface Shown extends Entry {
  readonly seat: Seat
  clock: number
  json: string | null
  /** What is passed on counts so much further than the client does. */
  ahead: number
}

/** Who used a Yjs client id last, and how far its clock had come. */
interface Owner {
  readonly owner: string
  readonly clock: number
}

/** What came of an awareness message. */
export type AwarenessVerdict = 'taken' | 'malformed' | 'awareness-too-large'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const maxRememberedOwners = 2_000
/** The stock client drops a connection on which it hears nothing for 30 s, and renews its state every 15. */
const quietMs = 5_000
/** As long as a save takes that has begun to gather what it saves. */
const waitForMoreMs = 60

/** Awareness of one room. */
export class AwarenessRelay {
  readonly #shown = new Map<number, Shown>()
  readonly #bySeat = new Map<Seat, Shown>()
  /** By size and not by number, for which room would be taken at once, in every open note. */
  readonly #owners = new LRUCache<number, Owner>({ maxSize: maxRememberedOwners, sizeCalculation: () => 1 })
  readonly #remote = new RemotePresence()
  readonly #changed = new Set<Shown>()
  readonly #changedElsewhere = new Map<number, Entry>()
  #timer: NodeJS.Timeout | null = null
  #flushedAt = 0

  constructor(private readonly options: AwarenessOptions) {}

  /** Shows a newcomer who is here. */
  welcome(seat: Seat): void {
    const here = [...this.#here(), ...this.#remote]
    if (here.length > 0) seat.send(awarenessFrame(writeEntries(here)))
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
    this.#owners.set(shown.clientId, { owner: ownerOf(seat), clock: shown.clock })
    const gone = writeEntries([shown])
    this.#send(gone, seat)
    this.options.tellServers(gone)
  }

  /** Takes what another server shows of people there. */
  takeRemote(update: Uint8Array, server: string): void {
    for (const entry of readEntries(update)) {
      const here = this.#shown.get(entry.clientId)
      if (!here) {
        const told = this.#remote.take(entry, server)
        if (told) this.#changedElsewhere.set(told.clientId, told)
      } else if (entry.json === null && here.json !== null && entry.clock >= here.clock) {
        // They have left that server for this one.
        here.ahead += entry.clock + 1 - here.clock
        here.clock = entry.clock + 1
        this.#changed.add(here)
      }
    }
    if (this.#changed.size > 0 || this.#changedElsewhere.size > 0) this.#flushSoon()
  }

  /** Takes out whoever was on a server that is gone. */
  forgetServer(server: string): void {
    const gone = this.#remote.forget(server)
    if (gone.length > 0) this.#send(writeEntries(gone), null)
  }

  /** Tells other servers everything that is shown here. */
  tellAll(): void {
    const here = this.#here()
    if (here.length > 0) this.options.tellServers(writeEntries(here))
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

  /** Everyone is sent something else at this moment: what is due goes with it, and both are one write to each. */
  goAlong(): void {
    if (!this.#timer || performance.now() < this.#flushedAt + awarenessEveryMs) return
    clearTimeout(this.#timer)
    this.#flush()
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
      const json = utf8.decode(bytes)
      own = { clientId, clock, json: json === 'null' ? null : json }
    }
    return own
  }

  #isFree(clientId: number, seat: Seat): boolean {
    const owner = this.#remote.ownerOf(clientId) ?? this.#owners.get(clientId)?.owner
    return !this.#shown.has(clientId) && (owner === undefined || owner === ownerOf(seat))
  }

  #take(seat: Seat, own: { clientId: number; clock: number; json: string | null }): void {
    const shown = this.#bySeat.get(seat) ?? this.#reserve(seat, own)
    const clock = own.clock + shown.ahead
    if (clock < shown.clock) return
    if (own.json === null) {
      this.#show(shown, clock, null)
      return
    }
    const state: unknown = JSON.parse(own.json)
    if (typeof state !== 'object' || state === null) throw new TypeError('an awareness state is an object')
    const stamped = this.options.stamp(seat, { ...state })
    if (!(stamped instanceof Promise)) {
      this.#show(shown, clock, stamped)
      return
    }
    shown.clock = clock
    void stamped.then((asked) => {
      const isStillNewest = own.clock + shown.ahead >= shown.clock && seat.isOpen
      if (isStillNewest) this.#show(shown, own.clock + shown.ahead, asked)
    })
  }

  /** From now on the seat speaks for this id. Others pass over a clock that does not go on from the last they saw. */
  #reserve(seat: Seat, { clientId, clock }: { clientId: number; clock: number }): Shown {
    const last = Math.max(this.#owners.get(clientId)?.clock ?? -1, this.#remote.clockOf(clientId) ?? -1)
    const ahead = Math.max(0, last + 1 - clock)
    const shown: Shown = { seat, clientId, clock: 0, json: null, ahead }
    this.#remote.drop(clientId)
    this.#changedElsewhere.delete(clientId)
    this.#shown.set(clientId, shown)
    this.#bySeat.set(seat, shown)
    this.#owners.set(clientId, { owner: ownerOf(seat), clock: clock + ahead })
    return shown
  }

  #show(shown: Shown, clock: number, state: AwarenessState | null): void {
    shown.clock = clock
    shown.json = state === null ? null : JSON.stringify(state)
    this.#changed.add(shown)
    this.#flushSoon()
  }

  #flushSoon(): void {
    if (this.#timer) return
    const wait = Math.max(0, this.#flushedAt + awarenessEveryMs - performance.now())
    this.#timer = setTimeout(() => {
      const waits = this.options.isMoreToCome?.() ?? false
      if (waits) this.#timer = setTimeout(() => this.#flush(), waitForMoreMs)
      else this.#flush()
    }, wait)
  }

  #flush(): void {
    this.#timer = null
    this.#flushedAt = performance.now()
    const changed = [...this.#changed]
    const elsewhere = [...this.#changedElsewhere.values()]
    this.#changed.clear()
    this.#changedElsewhere.clear()
    if (changed.length > 0) this.options.tellServers(writeEntries(changed))
    if (changed.length + elsewhere.length === 0) return
    const frame = awarenessFrame(writeEntries([...changed, ...elsewhere]))
    const only = changed.length === 1 && elsewhere.length === 0 ? changed[0]?.seat : null
    for (const seat of this.options.seats()) {
      const isEcho = seat === only
      if (!isEcho || this.#flushedAt - seat.lastSentAt > quietMs) seat.send(frame)
    }
  }

  #here(): Shown[] {
    return [...this.#shown.values()].filter(({ json }) => json !== null)
  }

  #send(update: Uint8Array, except: Seat | null): void {
    const frame = awarenessFrame(update)
    for (const seat of this.options.seats()) if (seat !== except) seat.send(frame)
  }
}

/** Strangers are told apart by nothing; an id that one of them used stays with strangers. */
const ownerOf = (seat: Seat) => seat.userId ?? ''
