/** Whether a request comes from this server's own pages. */
import type { IncomingMessage } from 'node:http'

/**
 * Whether `Origin` says that the request comes from this server's own pages. A server that was given no name
 * (`publicUrl` is a loopback or wildcard address) is reached under several, so there the page's host must be the
 * one the request was sent to, which a page of another site cannot arrange.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  const from = new URL(origin)
  const own = new URL(publicUrl)
  if (from.origin === own.origin) return true
  return isUnnamed(own.hostname) && from.protocol === own.protocol && from.host === headers.get('host')
}

/**
 * Whether a page of another site sends this to change something. What pages themselves take (sign-in and sign-out) has
 * a form token besides; browsers say `Origin` with every such request, and what says none is no browser.
 */
export function isForeignWrite(request: IncomingMessage, publicUrl: string): boolean {
  const { method = 'GET', headers } = request
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || headers.origin === undefined) return false
  return !isSameOrigin(new Headers({ origin: headers.origin, host: headers.host ?? '' }), publicUrl)
}

const isUnnamed = (hostname: string) =>
  hostname === 'localhost' ||
  hostname === '0.0.0.0' ||
  hostname === '[::]' ||
  hostname === '[::1]' ||
  /^127(\.\d+){3}$/.test(hostname)
