import { describe, expect, test } from 'vitest'
import { settleForwarding } from '#server/auth/forwarding.ts'

/** A request from 10.0.0.9 with these headers, and what is left of them once it is settled. */
function settle(
  headers: Record<string, string | string[]>,
  { trustedProxies = 0, publicUrl = null }: { trustedProxies?: number; publicUrl?: string | null } = {},
) {
  const request: Parameters<typeof settleForwarding>[0] = {
    headers: { ...headers },
    socket: { remoteAddress: '10.0.0.9' },
  }
  const address = settleForwarding(request, { trustedProxies, publicUrl })
  return { address, headers: request.headers }
}

describe('without a proxy that is trusted', () => {
  test('nothing that a client says of itself is believed or handed on', () => {
    const { address, headers } = settle({
      'x-forwarded-for': '203.0.113.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'for=203.0.113.1',
      host: 'here',
    })
    expect(address).toBe('10.0.0.9')
    expect(headers).toEqual({ 'x-forwarded-for': '10.0.0.9', host: 'here' })
  })
})

describe('behind proxies', () => {
  test.each([
    [1, '203.0.113.1', '203.0.113.1'],
    [1, 'made up, 203.0.113.1', '203.0.113.1'],
    [2, 'made up, 203.0.113.1, 198.51.100.2', '203.0.113.1'],
    [2, '203.0.113.1', '10.0.0.9'],
    [1, '', '10.0.0.9'],
  ])('of %i, "%s" is %s: only what the outermost trusted one wrote', (trustedProxies, told, expected) => {
    const { address, headers } = settle({ 'x-forwarded-for': told }, { trustedProxies })
    expect(address).toBe(expected)
    expect(headers['x-forwarded-for']).toBe(expected)
  })

  test('several headers are one list', () => {
    const told = ['made up', '203.0.113.1']
    expect(settle({ 'x-forwarded-for': told }, { trustedProxies: 1 }).address).toBe('203.0.113.1')
  })
})

test('where people reach the server is what its settings say, whatever was sent', () => {
  const { headers } = settle(
    { 'x-forwarded-host': 'evil.example' },
    { publicUrl: 'https://read.example.org' },
  )
  expect(headers['x-forwarded-host']).toBe('read.example.org')
  expect(headers['x-forwarded-proto']).toBe('https')
})
