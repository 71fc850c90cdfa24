/**
 * Where a person goes after signing in: the path of `given`, which may be an address of this server or of another,
 * or anything at all, since it comes with a link. Always a path of this server, so that no link leads elsewhere;
 * the corpus when there is none, or when it is the sign-in page itself.
 */
export function returnPath(given: string | null | undefined): string {
  if (!given || !URL.canParse(given, here)) return '/'
  const parsed = new URL(given, here)
  if (!['http:', 'https:'].includes(parsed.protocol)) return '/'
  // A path that begins with two slashes would name another server.
  const path = parsed.pathname.replace(/^\/+/, '/')
  return path === '/sign-in' || path.startsWith('/api/') ? '/' : `${path}${parsed.search}${parsed.hash}`
}

const here = 'http://here.invalid/'
