import { expect, test } from 'vitest'
import { readBundle, writeBundle } from '#server/cluster/bundle.ts'

const server = '0123456789ab'

test('everything that is said in one turn arrives, in its order', () => {
  const sayings = [
    { topic: 'room/note/1', message: Uint8Array.of(1, 2, 3) },
    { topic: 'access', message: new Uint8Array() },
    { topic: 'room/note/é', message: new Uint8Array(700).fill(7) },
  ]
  const { server: from, bundle } = readBundle(writeBundle(server, { kind: 'sayings', sayings }))
  expect(from).toBe(server)
  const heard = bundle.kind === 'sayings' ? [...bundle.sayings] : []
  expect(heard.map(({ topic, message }) => ({ topic, message: Uint8Array.from(message) }))).toEqual(sayings)
})

test('a beat and a goodbye are told apart, and say nothing', () => {
  expect(readBundle(writeBundle(server, { kind: 'beat' })).bundle).toEqual({ kind: 'beat' })
  expect(readBundle(writeBundle(server, { kind: 'goodbye' })).bundle).toEqual({ kind: 'goodbye' })
})

test('what ends too early is heard as far as it goes, and then said to be unreadable', () => {
  const sayings = [
    { topic: 'a', message: Uint8Array.of(1) },
    { topic: 'b', message: Uint8Array.of(2, 3) },
  ]
  const whole = writeBundle(server, { kind: 'sayings', sayings })
  const { bundle } = readBundle(whole.subarray(0, -1))
  const heard: string[] = []
  expect(() => {
    if (bundle.kind === 'sayings') for (const { topic } of bundle.sayings) heard.push(topic)
  }).toThrow()
  expect(heard).toEqual(['a'])
})

test('a message of a kind that nobody knows is unreadable', () => {
  expect(() => readBundle(Buffer.from(`${server}\u0009`))).toThrow()
})
