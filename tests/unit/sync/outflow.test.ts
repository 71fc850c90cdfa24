import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeAwareness } from '#components/client/awareness-frames.ts'
import { onChannel } from '#domain/wire/channels.ts'
import { feedFrame, readKind, savedFrame, updateFrame } from '#server/sync/frames.ts'
import { maxHeldBytes, startHoldingBytes } from '#server/sync/limits.ts'
import { mergeFrames } from '#server/sync/merge-frames.ts'
import { Outflow } from '#server/sync/outflow.ts'

/** The end of a socket whose client takes nothing until `take` is called. */
function aSlowSocket() {
  const sent: Uint8Array[] = []
  const told: (() => void)[] = []
  const socket = {
    readyState: 1 as 0 | 1 | 2 | 3,
    bufferedAmount: 0,
    closedWith: 0,
    close(code?: number) {
      socket.closedWith = code ?? 0
      socket.readyState = 3
    },
    terminate() {
      socket.readyState = 3
    },
  }
  let written: Buffer[] = []
  let isCorked = false
  const stream = {
    write(bytes: Uint8Array, done?: unknown) {
      written.push(Buffer.from(bytes))
      socket.bufferedAmount += bytes.length
      if (typeof done === 'function') told.push(() => done())
      if (!isCorked) stream.uncork()
      return true
    },
    cork() {
      isCorked = true
    },
    uncork() {
      isCorked = false
      sent.push(messageIn(Buffer.concat(written)))
      written = []
    },
  }
  const take = () => {
    socket.bufferedAmount = 0
    for (const tell of told.splice(0)) tell()
  }
  return { socket, sent, take, outflow: new Outflow(socket, stream) }
}

/** What a WebSocket message of a server carries; throws for bytes that are not one whole message. */
function messageIn(bytes: Buffer): Uint8Array {
  const short = (bytes[1] ?? 0) & 127
  const head = short < 126 ? 2 : short === 126 ? 4 : 10
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes[0] !== 0x82 || bytes.length !== head + length) throw new Error('no message')
  return new Uint8Array(bytes.subarray(head))
}

const big = feedFrame({ words: 'x'.repeat(startHoldingBytes) })

/** The updates of somebody who types `words` letter by letter. */
function typing(words: string): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const letter of words) doc.getText('t').insert(doc.getText('t').length, letter)
  return updates
}

test('who keeps up is sent every frame at once', () => {
  const { sent, outflow } = aSlowSocket()
  outflow.send(savedFrame(1))
  outflow.send(savedFrame(2))
  expect(sent).toEqual([savedFrame(1), savedFrame(2)])
})

test('who does not is sent one update for many, once they have caught up, and lacks nothing', () => {
  const { sent, take, outflow } = aSlowSocket()
  outflow.send(big)
  const updates = typing('a long sentence, letter by letter')
  for (const update of updates) outflow.send(updateFrame(update))
  expect(sent).toHaveLength(1)
  take()
  expect(sent).toHaveLength(2)
  const merged = readKind(sent[1] ?? new Uint8Array())
  const copy = new Y.Doc()
  if (merged.kind === 'update') Y.applyUpdate(copy, merged.update)
  expect(copy.getText('t').toString()).toBe('a long sentence, letter by letter')
  outflow.send(savedFrame(1))
  expect(sent).toHaveLength(3)
})

test('frames of different rooms are never merged, and each goes out on its channel', () => {
  const { sent, take, outflow } = aSlowSocket()
  outflow.send(big)
  for (const channel of [1, 200]) {
    outflow.send(savedFrame(1), channel)
    outflow.send(savedFrame(2), channel)
  }
  take()
  expect(sent.slice(1)).toEqual([onChannel(1, savedFrame(2)), onChannel(200, savedFrame(2))])
})

test('what is held of a room that was left is forgotten', () => {
  const { sent, take, outflow } = aSlowSocket()
  outflow.send(big)
  outflow.send(savedFrame(1), 1)
  outflow.drop(1)
  take()
  expect(sent.length).toBe(1)
})

test('who is too slow even so is cut off with the code for it', async () => {
  const { socket, outflow } = aSlowSocket()
  outflow.send(big)
  const isFlowing = outflow.flowing()
  for (let held = 0; held <= maxHeldBytes; held += big.length) outflow.send(big)
  expect(socket.closedWith).toBe(4508)
  await isFlowing
})

test('merged frames say the same: feed in its order, carets and counts the latest', () => {
  const state = (clock: number) => writeAwareness([{ clientId: 7, clock, state: { at: clock } }])
  const other = writeAwareness([{ clientId: 8, clock: 1, state: null }])
  const events = [feedFrame({ seq: 1 }), feedFrame({ seq: 2 })]
  const [first, second] = events
  if (!first || !second) throw new Error('no events')
  const merged = mergeFrames([state(1), first, savedFrame(3), state(2), second, other, savedFrame(5)])
  const both = writeAwareness([
    { clientId: 7, clock: 2, state: { at: 2 } },
    { clientId: 8, clock: 1, state: null },
  ])
  expect(merged).toEqual([first, second, both, savedFrame(5)])
})
