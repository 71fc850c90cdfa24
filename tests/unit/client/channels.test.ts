import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ChannelSocket, Channels } from '#components/client/channels.ts'
import {
  isControl,
  onChannel,
  readChannelFrame,
  readClientControl,
  type ServerControl,
  writeControl,
} from '#domain/wire/channels.ts'

/** The browser's end of a socket, driven by hand. */
class HandSocket {
  readyState = 0
  binaryType = ''
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  onerror: (() => void) | null = null
  readonly sent: Uint8Array[] = []
  send(frame: Uint8Array) {
    this.sent.push(frame)
  }
  close() {
    this.fail()
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  fail() {
    this.readyState = 3
    this.onclose?.()
  }
  hear(frame: Uint8Array) {
    this.onmessage?.({ data: new Uint8Array(frame).buffer })
  }
  say(control: ServerControl) {
    this.hear(writeControl(control))
  }
  /** What was said about channels. */
  controls() {
    return this.sent.flatMap((bytes) => {
      const frame = readChannelFrame(bytes)
      return frame && isControl(frame) ? [readClientControl(frame.payload)] : []
    })
  }
}

let sockets: HandSocket[] = []
const aPage = () =>
  new Channels({
    connect: () => {
      const socket = new HandSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
  })
const last = () => sockets.at(-1) ?? new HandSocket()
const codesOf = (channel: ChannelSocket) => {
  const codes: number[] = []
  channel.onclose = ({ code }) => codes.push(code)
  return codes
}

beforeEach(() => {
  sockets = []
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

test('all rooms of a page share one socket, each asked for by its address', () => {
  const page = aPage()
  page.open('note/a?v=1')
  new page.Socket('ws://host/sync/note/b?v=1')
  expect(sockets).toHaveLength(1)
  last().open()
  expect(last().controls()).toEqual([
    { kind: 'open', channel: 1, room: 'note/a?v=1' },
    { kind: 'open', channel: 2, room: 'note/b?v=1' },
  ])
})

test('a frame reaches its channel alone, and goes out on it', () => {
  const page = aPage()
  const [one, other] = [page.open('note/a'), page.open('note/b')]
  const heard: Uint8Array[] = []
  one.onmessage = ({ data }) => heard.push(new Uint8Array(data))
  other.onmessage = () => expect.fail('not for this room')
  last().open()
  last().say({ kind: 'opened', channel: 1 })
  last().hear(onChannel(1, new Uint8Array([7])))
  expect(heard).toEqual([new Uint8Array([7])])
  one.send(new Uint8Array([8]))
  expect(last().sent.at(-1)).toEqual(onChannel(1, new Uint8Array([8])))
})

test('a refusal ends its channel with the close code of its status, and no other', () => {
  const page = aPage()
  const [one, other] = [page.open('note/a'), page.open('note/b')]
  const [codes, others] = [codesOf(one), codesOf(other)]
  last().open()
  last().say({ kind: 'refused', channel: 1, status: 404, detail: 'nothing' })
  expect([codes, others]).toEqual([[4404], []])
})

test('a lost socket ends the rooms that were open, and those asked for meanwhile wait for the next', () => {
  const page = aPage()
  const codes = codesOf(page.open('note/a'))
  last().open()
  last().fail()
  expect(codes).toEqual([1006])
  const waiting = codesOf(page.open('note/a'))
  expect(sockets).toHaveLength(1)
  for (let failed = 1; failed <= 5; failed++) {
    vi.advanceTimersByTime(15_000)
    expect(sockets).toHaveLength(1 + failed)
    last().fail()
  }
  expect(waiting).toEqual([])
  vi.advanceTimersByTime(15_000)
  last().open()
  expect(last().controls()).toEqual([{ kind: 'open', channel: 2, room: 'note/a' }])
})

test('a socket on which nothing is heard is asked, then given up', () => {
  const page = aPage()
  const codes = codesOf(page.open('note/a'))
  last().open()
  vi.advanceTimersByTime(15_000)
  expect(last().controls().at(-1)).toEqual({ kind: 'ping' })
  vi.advanceTimersByTime(10_000)
  expect(codes).toEqual([1006])
})

test('the socket is closed a little after the last room, and opened again for the next', () => {
  const page = aPage()
  const one = page.open('note/a')
  last().open()
  one.close()
  vi.advanceTimersByTime(5_000)
  expect(page.getState()).toBe('idle')
  page.open('note/b')
  expect(sockets).toHaveLength(2)
})
