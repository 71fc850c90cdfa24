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

const isUnnamed = (hostname: string) =>
  hostname === 'localhost' ||
  hostname === '0.0.0.0' ||
  hostname === '[::]' ||
  hostname === '[::1]' ||
  /^127(\.\d+){3}$/.test(hostname)
