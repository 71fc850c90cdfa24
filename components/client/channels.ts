/**
 * One socket for all rooms of a page. Each room is a channel on it that looks like a WebSocket of its own, so that
 * whatever speaks over a WebSocket, the stock `y-websocket` provider among others, speaks over a channel unchanged.
 *
 * The socket is opened for the first channel, and closed a little after the last. When it is lost every channel ends,
 * and those that are made meanwhile wait until it stands again; it comes back by itself, waiting longer after each
 * failure, and at once when the browser says that there is a network. So whoever speaks over a channel simply makes
 * another one when theirs has ended for a while.
 */
import {
  type ClientControl,
  isControl,
  onChannel,
  readChannelFrame,
  readServerControl,
  type ServerControl,
  writeControl,
} from '#domain/wire/channels.ts'

/** What a channel tells whoever uses it: the parts of a WebSocket's events that are used. */
interface ChannelEvents {
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null
  onerror: ((event: unknown) => void) | null
}

/** A room on the shared socket, in the form of a WebSocket. */
export interface ChannelSocket extends ChannelEvents {
  readonly readyState: number
  readonly OPEN: number
  binaryType: string
  send(frame: Uint8Array): void
  close(): void
}

/** How the shared socket stands. */
export type ChannelsState = 'idle' | 'connecting' | 'open' | 'lost'

/** What the shared socket is made with. */
export interface ChannelsOptions {
  /** Opens a socket to `/sync`. */
  readonly connect: () => WebSocket
}

const [connecting, open, closed] = [0, 1, 3]
const abnormalClosure = 1006
const longestWaitMs = 10_000
/** A page that turns from one room to another keeps its socket. */
const lingerMs = 2_000
/** Asked whether it is still there after this long without a word, and given up after twice as long. */
const silenceMs = 10_000

/** The shared socket of a page. */
export class Channels {
  /** For whoever makes sockets by `new`, with the address that a socket of its own would have: see `y-websocket`. */
  readonly Socket: new (
    url: string | URL,
  ) => ChannelSocket
  private readonly host: ChannelHost = {
    say: (control) => this.say(control),
    send: (id, frame) => this.socket?.send(onChannel(id, frame)),
    left: (id) => this.leave(id),
  }
  private socket: WebSocket | null = null
  private readonly channels = new Map<number, Channel>()
  private lastChannel = 0
  private failures = 0
  private heardAt = 0
  private state: ChannelsState = 'idle'
  private readonly listeners = new Set<(state: ChannelsState) => void>()
  private retry: ReturnType<typeof setTimeout> | undefined
  private rest: ReturnType<typeof setTimeout> | undefined
  private beat: ReturnType<typeof setInterval> | undefined

  constructor(private readonly options: ChannelsOptions) {
    const register = (channel: Channel) => this.register(channel)
    const host = this.host
    this.Socket = class extends Channel {
      constructor(url: string | URL) {
        super(toRoom(url), host)
        register(this)
      }
    }
  }

  /** Opens a channel to a room: what would stand after `/sync/`, query included. */
  open(room: string): ChannelSocket {
    const channel = new Channel(room, this.host)
    this.register(channel)
    return channel
  }

  getState(): ChannelsState {
    return this.state
  }

  /** Called whenever the socket's state changes; answers what ends it. */
  subscribe(listener: (state: ChannelsState) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Tries again at once: the browser has a network. */
  readonly connectNow = (): void => {
    clearTimeout(this.retry)
    this.retry = undefined
    if (!this.socket && this.channels.size > 0) this.connect()
  }

  /** Gives the socket up: the browser has lost its network, which closes no socket by itself. */
  readonly drop = (): void => {
    const { socket } = this
    if (!socket) return
    this.lose(socket)
    socket.close()
  }

  private register(channel: Channel): void {
    clearTimeout(this.rest)
    this.lastChannel += 1
    channel.id = this.lastChannel
    this.channels.set(channel.id, channel)
    if (this.socket?.readyState === open) channel.ask()
    else if (!this.socket && this.retry === undefined) this.connect()
  }

  private connect(): void {
    this.retry = undefined
    const socket = this.options.connect()
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.setState(this.failures === 0 ? 'connecting' : 'lost')
    socket.onopen = () => {
      if (this.socket !== socket) return
      this.heardAt = Date.now()
      clearInterval(this.beat)
      this.beat = setInterval(() => this.listenForSilence(socket), silenceMs / 2)
      this.setState('open')
      for (const channel of this.channels.values()) channel.ask()
    }
    socket.onmessage = ({ data }) => {
      if (this.socket === socket && data instanceof ArrayBuffer) this.take(new Uint8Array(data))
    }
    socket.onclose = () => this.lose(socket)
    // What follows is `onclose`, which tells it all; without a listener some sockets throw.
    socket.onerror = () => {}
  }

  private take(bytes: Uint8Array): void {
    this.heardAt = Date.now()
    const frame = readChannelFrame(bytes)
    if (!frame) return
    if (!isControl(frame)) this.channels.get(frame.channel)?.take(frame.payload)
    else this.hear(readServerControl(frame.payload))
  }

  private hear(control: ServerControl | null): void {
    if (!control || control.kind === 'ping') return
    // A socket that does useful work has come back for good.
    this.failures = 0
    const channel = this.channels.get(control.channel)
    if (!channel) return
    if (control.kind === 'opened') channel.opened()
    else {
      this.channels.delete(control.channel)
      if (control.kind === 'closed') channel.end(control.code, control.reason)
      // The close codes 44xx and 45xx are those of HTTP with 4000 added.
      else channel.end(4000 + control.status, control.detail)
      this.restWhenIdle()
    }
  }

  private leave(id: number): void {
    if (!this.channels.delete(id)) return
    this.say({ kind: 'close', channel: id })
    this.restWhenIdle()
  }

  private restWhenIdle(): void {
    clearTimeout(this.rest)
    if (this.channels.size > 0) return
    this.rest = setTimeout(() => {
      clearTimeout(this.retry)
      this.retry = undefined
      this.forget()?.close()
      this.setState('idle')
    }, lingerMs)
  }

  private lose(socket: WebSocket): void {
    if (this.socket !== socket) return
    this.forget()
    const lost = [...this.channels.values()].filter((channel) => channel.isAsked)
    for (const channel of lost) this.channels.delete(channel.id)
    this.failures += 1
    const waitMs = Math.min(longestWaitMs, 100 * 2 ** this.failures) * (0.75 + Math.random() / 2)
    this.retry = setTimeout(this.connectNow, waitMs)
    this.setState('lost')
    for (const channel of lost) channel.end(abnormalClosure, 'the connection was lost')
  }

  private forget(): WebSocket | null {
    const { socket } = this
    this.socket = null
    clearInterval(this.beat)
    return socket
  }

  private listenForSilence(socket: WebSocket): void {
    const silentMs = Date.now() - this.heardAt
    if (silentMs > 2 * silenceMs) {
      this.lose(socket)
      socket.close()
    } else if (silentMs > silenceMs) this.say({ kind: 'ping' })
  }

  private say(control: ClientControl): void {
    if (this.socket?.readyState === open) this.socket.send(writeControl(control))
  }

  private setState(state: ChannelsState): void {
    if (state === this.state) return
    this.state = state
    for (const listener of [...this.listeners]) listener(state)
  }
}

/** What a channel asks of its socket. */
interface ChannelHost {
  say(control: ClientControl): void
  send(channel: number, frame: Uint8Array): void
  left(channel: number): void
}

class Channel implements ChannelSocket {
  /** Given by its socket. */
  id = 0
  /** Whether the server was asked for the room: until then it waits for a socket, however often one fails. */
  isAsked = false
  readonly OPEN = open
  binaryType = 'arraybuffer'
  readyState: number = connecting
  onopen: ChannelEvents['onopen'] = null
  onmessage: ChannelEvents['onmessage'] = null
  onclose: ChannelEvents['onclose'] = null
  onerror: ChannelEvents['onerror'] = null

  constructor(
    private readonly room: string,
    private readonly host: ChannelHost,
  ) {}

  ask(): void {
    this.isAsked = true
    this.host.say({ kind: 'open', channel: this.id, room: this.room })
  }

  opened(): void {
    this.readyState = open
    this.onopen?.()
  }

  take(payload: Uint8Array): void {
    // A copy: the frame's buffer holds its channel as well.
    this.onmessage?.({ data: new Uint8Array(payload).buffer })
  }

  end(code: number, reason: string): void {
    if (this.readyState === closed) return
    this.readyState = closed
    this.onclose?.({ code, reason })
  }

  send(frame: Uint8Array): void {
    if (this.readyState === open) this.host.send(this.id, frame)
  }

  close(): void {
    if (this.readyState === closed) return
    this.host.left(this.id)
    this.end(1000, '')
  }
}

function toRoom(url: string | URL): string {
  const { pathname, search } = new URL(url)
  return pathname.slice('/sync/'.length) + search
}
