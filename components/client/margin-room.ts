/**
 * One margin room on a channel of the page's socket: tells who is here and passes on the feed.
 *
 * It connects until it is left; the socket decides when to try again, and only a room that is turned away by itself
 * waits here, longer after each time. Close codes 4400 to 4499 are final. What was missed while no connection stood is
 * not this module's matter: whoever listens asks the REST API each time `onOpen` is called.
 */
import { type AwarenessEntry, readFrame, writeAwareness, writeAwarenessQuery } from './awareness-frames.ts'
import type { ChannelSocket, Channels } from './channels.ts'
import { dropOutdated, hearPresence, outdatedMs, type PresenceBook } from './presence-book.ts'

/** How a room's connection stands. `ended` is final. */
export type RoomConnection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended'; readonly code: number; readonly reason: string }

/** What this reader tells the others in the room. */
export interface OwnPresence {
  readonly at: number | null
  readonly writingIn: string | null
}

export interface MarginRoomListener {
  /** The connection stands (again): fetch what was missed. */
  onOpen(): void
  onFeed(event: unknown): void
  onPresence(book: PresenceBook): void
  onConnection(connection: RoomConnection): void
}

/** Others forget a client after `outdatedMs`, so it speaks twice in that time. */
const renewMs = outdatedMs / 2
const longestWaitMs = 10_000

export class MarginRoom {
  private readonly clientId = Math.floor(Math.random() * 0xffffffff)
  private clock = 0
  private socket: ChannelSocket | null = null
  private book: PresenceBook = new Map()
  private failures = 0
  private isLeft = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly stop: () => void
  private readonly beat: ReturnType<typeof setInterval>

  constructor(
    private readonly channels: Channels,
    /** What would stand after `/sync/`, query included. */
    private readonly address: string,
    private presence: OwnPresence,
    private readonly listener: MarginRoomListener,
  ) {
    this.beat = setInterval(() => this.keepAlive(), renewMs)
    addEventListener('pagehide', this.sayGoodbye)
    this.stop = channels.subscribe((state) => {
      // A room that waits for the socket hears nothing of how that fares.
      if (state === 'lost' && !this.isLeft) this.listener.onConnection({ kind: 'lost' })
    })
    this.connect()
  }

  /** Tells the others something new. */
  setPresence(presence: OwnPresence): void {
    if (presence.at === this.presence.at && presence.writingIn === this.presence.writingIn) return
    this.presence = presence
    this.announce()
  }

  /** Ends it; no listener is called afterwards. */
  leave(): void {
    this.sayGoodbye()
    this.isLeft = true
    this.stop()
    clearInterval(this.beat)
    clearTimeout(this.retry)
    removeEventListener('pagehide', this.sayGoodbye)
    this.socket?.close()
  }

  private connect(): void {
    const socket = this.channels.open(this.address)
    this.socket = socket
    // While it is tried again it stays lost for whoever looks.
    if (this.failures === 0 && this.channels.getState() !== 'lost')
      this.listener.onConnection({ kind: 'connecting' })
    socket.onopen = () => {
      this.failures = 0
      this.announce()
      socket.send(writeAwarenessQuery())
      this.listener.onConnection({ kind: 'open' })
      this.listener.onOpen()
    }
    socket.onmessage = ({ data }) => {
      if (this.socket === socket) this.take(new Uint8Array(data))
    }
    socket.onclose = ({ code, reason }) => {
      if (this.socket === socket) this.lose(code, reason)
    }
  }

  private take(bytes: Uint8Array): void {
    const frame = readFrame(bytes)
    if (frame.kind === 'feed') this.listener.onFeed(frame.event)
    if (frame.kind === 'query-awareness') this.announce()
    if (frame.kind !== 'awareness') return
    const others = frame.entries.filter((entry) => entry.clientId !== this.clientId)
    if (others.length > 0) this.setBook(hearPresence(this.book, others, Date.now()))
  }

  private setBook(book: PresenceBook): void {
    if (book === this.book || this.isLeft) return
    this.book = book
    this.listener.onPresence(book)
  }

  private lose(code: number, reason: string): void {
    this.socket = null
    if (this.isLeft) return
    this.setBook(new Map())
    if (code >= 4400 && code < 4500) {
      this.isLeft = true
      this.listener.onConnection({ kind: 'ended', code, reason })
      return
    }
    this.failures += 1
    const waitMs = Math.min(longestWaitMs, 100 * 2 ** this.failures) * (0.75 + Math.random() / 2)
    this.retry = setTimeout(() => this.connect(), waitMs)
    this.listener.onConnection({ kind: 'lost' })
  }

  private keepAlive(): void {
    this.setBook(dropOutdated(this.book, Date.now()))
    this.announce()
  }

  private announce(): void {
    this.say({ clientId: this.clientId, clock: ++this.clock, state: this.presence })
  }

  private readonly sayGoodbye = () => {
    this.say({ clientId: this.clientId, clock: ++this.clock, state: null })
  }

  private say(entry: AwarenessEntry): void {
    const { socket } = this
    if (socket && socket.readyState === socket.OPEN) socket.send(writeAwareness([entry]))
  }
}
