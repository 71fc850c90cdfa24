import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { closings } from '#server/sync/close-codes.ts'

const page = readFileSync(new URL('../../docs/sync-protocol.md', import.meta.url), 'utf8')

test('the protocol page tells of every close code, its cause and what the client does next', () => {
  const described = [...page.matchAll(/^\| (\d{4}) \| (.+) \| (.+) \|$/gm)].map(([, code]) => Number(code))
  const own = Object.values(closings).map(({ code }) => code)
  // 1009 is what the WebSocket library itself says.
  expect(new Set(described)).toEqual(new Set([...own, 1009]))
})

test('no two causes share a close code, and reasons fit into a close frame', () => {
  const all = Object.values(closings)
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
  for (const { reason } of all) expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
})
