import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  onChannel,
  readChannelFrame,
  readClientControl,
  readServerControl,
  writeControl,
} from '#domain/wire/channels.ts'

const channel = fc.integer({ min: 1, max: 2 ** 28 - 1 })

test('what is put on a channel is read back from it', () => {
  fc.assert(
    fc.property(channel, fc.uint8Array(), (number, payload) => {
      expect(readChannelFrame(onChannel(number, payload))).toEqual({ channel: number, payload })
    }),
  )
})

test('what either side says about channels is read back by the other', () => {
  fc.assert(
    fc.property(channel, fc.string(), (number, words) => {
      const asked = { kind: 'open', channel: number, room: words } as const
      expect(readClientControl(writeControl(asked).subarray(1))).toEqual(asked)
      const refused = { kind: 'refused', channel: number, status: 404, detail: words } as const
      expect(readServerControl(writeControl(refused).subarray(1))).toEqual(refused)
    }),
  )
})

test('bytes that are no frame, and words that are none about channels, are told apart from those that are', () => {
  expect(readChannelFrame(new Uint8Array())).toBeNull()
  expect(readChannelFrame(new Uint8Array([0x80, 0x80, 0x80, 0x80, 1]))).toBeNull()
  for (const words of ['{', 'null', '{"kind":"open"}', '{"kind":"open","channel":0,"room":""}'])
    expect(readClientControl(new TextEncoder().encode(words))).toBeNull()
  expect(readServerControl(new TextEncoder().encode('{"kind":"later","channel":1}'))).toBeNull()
})
