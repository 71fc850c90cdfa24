/** Where a link in a note may lead. */

const allowedProtocols = new Set(['http:', 'https:', 'mailto:'])
const maxHrefLength = 2_000
/** White space and control characters, which browsers drop from addresses and so can hide a protocol. */
const hidden = /[\p{White_Space}\p{Control}]/u

/** Whether `href` is an absolute address that a note may link to: `http`, `https` or `mailto`, up to 2,000 letters. */
export function isAllowedHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > maxHrefLength || hidden.test(href)) return false
  return URL.canParse(href) && allowedProtocols.has(new URL(href).protocol)
}
