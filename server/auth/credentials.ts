/** What a request says about who sends it, before anything is looked up. */

/** Names of the session cookie: over HTTPS browsers are told to guard it with a prefix. */
export const sessionCookieName = (isSecure: boolean) =>
  isSecure ? '__Secure-next-auth.session-token' : 'next-auth.session-token'

/** What a request shows to be let in. A bearer token counts alone: no cookie stands in for a wrong one. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cookie'; readonly value: string }

/** Reads the credentials out of a request's headers. */
export function readCredentials(headers: Headers): Credentials {
  const bearer = /^bearer(?:\s+(.*))?$/i.exec(headers.get('authorization')?.trim() ?? '')
  if (bearer) return { kind: 'bearer', token: bearer[1]?.trim() ?? '' }
  const cookies = readCookies(headers.get('cookie') ?? '')
  const value = cookies.get(sessionCookieName(true)) ?? cookies.get(sessionCookieName(false))
  return value ? { kind: 'cookie', value } : { kind: 'none' }
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair): [string, string] => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
  })
  // The first of a name is the one set for the most specific path.
  return new Map(pairs.filter(([name]) => name !== '').reverse())
}
