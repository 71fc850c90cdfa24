/** Clients of the sync socket: the stock provider, as other programs use it, and a bare socket for what no client would do. */
import * as decoding from 'lib0/decoding'
import { afterAll, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { Channels } from '#components/client/channels.ts'
import { noteFragmentName } from '#domain/note/encode-note.ts'
import { readNoteFragment } from '#domain/note/note-fragment.ts'
import type { FeedEvent } from '#domain/wire/feed.ts'

/** Waits until `condition` holds, and says what did not come about otherwise. */
export function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`waited in vain: ${what}`)
    },
    { timeout: 30_000, interval: 10 },
  )
}

/** Resolves with the first value that is not undefined. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: string,
): Promise<T> {
  const found: T[] = []
  await until(async () => {
    const value = await look()
    if (value !== undefined) found.push(value)
    return found.length > 0
  }, what)
  const [value] = found
  if (value === undefined) throw new Error(what)
  return value
}

/** What a client is told in messages 2 and 4 to 6, and how its connection ended. */
export interface Heard {
  readonly denied: string[]
  readonly feed: FeedEvent[]
  /** Counts of message 5, in order. */
  readonly saved: number[]
  readonly unsaved: string[]
  /** Codes of closed connections. */
  readonly closed: number[]
}

/** A stock client in one room. */
export interface SyncClient {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly heard: Heard
  /** Update and step-2 frames that it has sent over its present connection. */
  sent(): number
  /** The words of the note as they stand in its copy. */
  text(): string
  /** Writes a paragraph at the end. */
  write(words: string): void
  synced(): Promise<void>
  leave(): void
}

interface ClientOptions {
  readonly token: string
  /** Further query parameters; `v=1` is sent unless said otherwise. */
  readonly params?: Record<string, string>
  readonly doc?: Y.Doc
  /** The room is one of many on this socket; left out, it has a socket to itself. */
  readonly channels?: Channels
}

/** A socket for many rooms, as a page holds one. It is closed after the test file at the latest. */
export function connectChannels(serverUrl: string, token: string): Channels {
  const opened: WebSocket[] = []
  afterAll(() => {
    for (const socket of opened) socket.terminate()
  })
  return new Channels({
    connect: () => {
      const socket = new WebSocket(`${serverUrl.replace('http', 'ws')}/sync?v=1&token=${token}`)
      opened.push(socket)
      // It does all that is asked of a browser's socket.
      return socket as unknown as globalThis.WebSocket
    },
  })
}

/** Connects a stock client. It leaves after the test file at the latest. */
export function connectClient(serverUrl: string, room: string, options: ClientOptions): SyncClient {
  const { token, params = { v: '1' }, doc = new Y.Doc(), channels } = options
  let sent = 0
  const begin = () => {
    sent = 0
  }
  // 0 is sync; 1 and 2 in it are step 2 and update.
  const count = (data: Uint8Array) => {
    if (data[0] === 0 && data[1] !== 0) sent += 1
  }
  const CountingSocket = channels ? countingChannel(channels, begin, count) : countingSocket(begin, count)
  const heard: Heard = { denied: [], feed: [], saved: [], unsaved: [], closed: [] }
  const provider = new WebsocketProvider(`${serverUrl.replace('http', 'ws')}/sync`, room, doc, {
    params: channels ? params : { token, ...params },
    disableBc: true,
    connect: false,
    maxBackoffTime: 100,
    // The provider knows the browser's socket; this one does all that it asks of it.
    WebSocketPolyfill: CountingSocket as unknown as typeof globalThis.WebSocket,
  })
  // It would take leave when the process ends; hundreds that wait for that are what Node warns of.
  process.off('exit', provider._exitHandler)
  listen(provider, heard)
  provider.connect()
  const fragment = doc.getXmlFragment(noteFragmentName)
  const leave = () => {
    if (provider.shouldConnect || provider.ws) provider.destroy()
  }
  afterAll(leave)
  return {
    doc,
    provider,
    heard,
    sent: () => sent,
    text() {
      const reading = readNoteFragment(fragment)
      if (!reading.ok) throw new Error(reading.problem)
      return reading.text
    },
    write(words) {
      fragment.push([paragraphOf(words)])
    },
    synced: () => until(() => provider.synced, `${room} synced`),
    leave,
  }
}

type Count = (data: Uint8Array) => void

function countingSocket(begin: () => void, count: Count) {
  return class extends WebSocket {
    constructor(url: string | URL) {
      super(url)
      begin()
    }
    override send(data: Uint8Array): void {
      count(data)
      super.send(data)
    }
  }
}

function countingChannel({ Socket }: Channels, begin: () => void, count: Count) {
  return class extends Socket {
    constructor(url: string | URL) {
      super(url)
      begin()
    }
    override send(data: Uint8Array): void {
      count(data)
      super.send(data)
    }
  }
}

/** A paragraph to put into a note. */
export function paragraphOf(words: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  return paragraph
}

/** The text in the last paragraph of a client's note. */
export function lastText({ doc }: Pick<SyncClient, 'doc'>): Y.XmlText {
  const paragraph = doc.getXmlFragment(noteFragmentName).toArray().at(-1)
  const text = paragraph instanceof Y.XmlElement ? paragraph.toArray().at(-1) : null
  if (!(text instanceof Y.XmlText)) throw new Error('the note ends without a text')
  return text
}

function listen(provider: WebsocketProvider, heard: Heard): void {
  const handle = (type: number, read: (decoder: decoding.Decoder) => void) => {
    provider.messageHandlers[type] = (_encoder, decoder) => read(decoder)
  }
  handle(2, (decoder) => {
    decoding.readVarUint(decoder)
    heard.denied.push(decoding.readVarString(decoder))
  })
  handle(4, (decoder) => heard.feed.push(JSON.parse(decoding.readVarString(decoder))))
  handle(5, (decoder) => heard.saved.push(decoding.readVarUint(decoder)))
  handle(6, (decoder) => heard.unsaved.push(decoding.readVarString(decoder)))
  provider.on('connection-close', (event) => {
    if (event) heard.closed.push(event.code)
  })
}

/** How an upgrade request was answered: the HTTP status it was refused with, or 101. */
export function askToUpgrade(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers })
    socket.on('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', (error) => {
      if (!('code' in error) || error.code !== 'ECONNREFUSED') return
      reject(error)
    })
  })
}

/** A socket that sends whatever it is told. */
export interface BareClient {
  send(frame: Uint8Array | string): void
  /** The close code, once the server has ended it. */
  readonly ended: Promise<number>
  readonly received: Uint8Array[]
  close(): void
}

/** Connects a bare socket. */
export async function connectBare(serverUrl: string, room: string, token: string): Promise<BareClient> {
  const socket = new WebSocket(`${serverUrl.replace('http', 'ws')}/sync/${room}?v=1&token=${token}`)
  const received: Uint8Array[] = []
  socket.on('message', (data: Buffer) => received.push(data))
  const ended = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  afterAll(() => socket.terminate())
  return { send: (frame) => socket.send(frame), ended, received, close: () => socket.close() }
}
