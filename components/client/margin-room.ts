/**
 * One margin room on one socket: tells who is here and passes on the feed.
 *
 * It connects until it is left, waiting longer after each failure; close codes 4400 to 4499 are final. What was
 * missed while no connection stood is not this module's matter: whoever listens asks the REST API each time `onOpen`
 * is called.
 */
import { type AwarenessEntry, readFrame, writeAwareness, writeAwarenessQuery } from './awareness-frames.ts'
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
  private socket: WebSocket | null = null
  private book: PresenceBook = new Map()
  private failures = 0
  private heardAt = 0
  private isLeft = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly beat: ReturnType<typeof setInterval>

  constructor(
    private readonly url: string,
    private presence: OwnPresence,
    private readonly listener: MarginRoomListener,
  ) {
    this.beat = setInterval(() => this.keepAlive(), renewMs)
    addEventListener('online', this.connectNow)
    addEventListener('offline', this.loseNetwork)
    addEventListener('pagehide', this.sayGoodbye)
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
    clearInterval(this.beat)
    clearTimeout(this.retry)
    removeEventListener('online', this.connectNow)
    removeEventListener('offline', this.loseNetwork)
    removeEventListener('pagehide', this.sayGoodbye)
    this.socket?.close()
  }

  private readonly connectNow = () => {
    if (this.isLeft || this.socket) return
    clearTimeout(this.retry)
    this.connect()
  }

  /** A lost network closes no socket by itself. */
  private readonly loseNetwork = () => {
    const { socket } = this
    if (!socket) return
    this.lose(4500, 'offline')
    socket.close()
  }

  private connect(): void {
    const socket = new WebSocket(this.url)
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.listener.onConnection({ kind: 'connecting' })
    socket.onopen = () => {
      this.failures = 0
      this.heardAt = Date.now()
      this.announce()
      socket.send(writeAwarenessQuery())
      this.listener.onConnection({ kind: 'open' })
      this.listener.onOpen()
    }
    socket.onmessage = ({ data }) => {
      if (this.socket === socket && data instanceof ArrayBuffer) this.take(new Uint8Array(data))
    }
    socket.onclose = ({ code, reason }) => {
      if (this.socket === socket) this.lose(code, reason)
    }
  }

  private take(bytes: Uint8Array): void {
    this.heardAt = Date.now()
    const frame = readFrame(bytes)
    if (frame.kind === 'feed') this.listener.onFeed(frame.event)
    if (frame.kind === 'query-awareness') this.announce()
    if (frame.kind !== 'awareness') return
    const others = frame.entries.filter((entry) => entry.clientId !== this.clientId)
    if (others.length > 0) this.setBook(hearPresence(this.book, others, this.heardAt))
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
    this.retry = setTimeout(this.connectNow, waitMs)
    this.listener.onConnection({ kind: 'lost' })
  }

  private keepAlive(): void {
    const now = Date.now()
    this.setBook(dropOutdated(this.book, now))
    // A dead network often closes nothing: the server answers each renewal, so silence means it is gone.
    const { socket } = this
    if (socket?.readyState === WebSocket.OPEN && now - this.heardAt > outdatedMs + renewMs) {
      socket.close()
      this.lose(4500, 'silent')
      return
    }
    this.announce()
  }

  private announce(): void {
    this.say({ clientId: this.clientId, clock: ++this.clock, state: this.presence })
  }

  private readonly sayGoodbye = () => {
    this.say({ clientId: this.clientId, clock: ++this.clock, state: null })
  }

  private say(entry: AwarenessEntry): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(writeAwareness([entry]))
  }
}
