/**
 * What proxies say of whom they speak for. A client can send the same headers, so only what the trusted proxies
 * themselves wrote is believed. It is decided once, where a request comes in.
 */
import type { IncomingMessage } from 'node:http'

interface Request extends Pick<IncomingMessage, 'headers'> {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>
}

interface ForwardingOptions {
  /** How many proxies stand in front. */
  readonly trustedProxies: number
  /** Where people reach this server, if it was told. */
  readonly publicUrl: string | null
}

/**
 * The address that a request came from. What else it claims to have been forwarded from is taken out of its headers,
 * or replaced by what the settings say.
 */
export function settleForwarding(
  { headers, socket }: Request,
  { trustedProxies, publicUrl }: ForwardingOptions,
): string | null {
  const told = trustedProxies > 0 ? fromTheRight(headers['x-forwarded-for'], trustedProxies) : undefined
  const address = told || (socket.remoteAddress ?? null)
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete headers[name]
  }
  if (address !== null) headers['x-forwarded-for'] = address
  if (publicUrl !== null) {
    const { host, protocol } = new URL(publicUrl)
    headers['x-forwarded-host'] = host
    headers['x-forwarded-proto'] = protocol.replace(':', '')
  }
  return address
}

/** Each proxy adds the address that it was asked from at the end, so the outermost trusted one wrote this. */
function fromTheRight(header: string | string[] | undefined, place: number): string | undefined {
  return [header ?? []].flat().join(',').split(',').at(-place)?.trim()
}
