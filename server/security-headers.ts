/**
 * What browsers are told to refuse on our behalf. Scripts run only when they bear the number that was drawn for this
 * answer, so that words which found their way into a page as markup stay words. Styles may stand in the page: the parts
 * that lock scrolling and move a margin note write them there.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OidcSettings } from './auth/oidc.ts'
import { partsPath } from './static-parts.ts'

interface SecurityOptions {
  /** In development, pages are rebuilt in the browser, which takes `eval`. */
  readonly isDevelopment: boolean
  /** Where people reach this server. */
  readonly publicUrl: () => string
  readonly oidc: Pick<OidcSettings, 'issuer'> | null
}

/** These addresses hold a secret: no other page learns of them, not even of ours. */
const secretPaths = /^\/(setup|join|reset|confirm)\//
const yearInSeconds = 31_536_000

/** Sets the headers of an answer, and lets Next know the number that its scripts shall bear. */
export type SecureAnswer = (request: IncomingMessage, response: ServerResponse) => void

/** The headers for one server. An answer may replace them by stricter ones of its own. */
export function createSecurityHeaders({ isDevelopment, publicUrl, oidc }: SecurityOptions): SecureAnswer {
  const evaluation = isDevelopment ? " 'unsafe-eval'" : ''
  const formTargets = oidc ? ` ${new URL(oidc.issuer).origin}` : ''

  const policyFor = (nonce: string) =>
    [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
      "object-src 'none'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      `form-action 'self'${formTargets}`,
    ].join('; ')

  return (request, response) => {
    const path = request.url ?? '/'
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    if (publicUrl().startsWith('https:')) {
      response.setHeader('Strict-Transport-Security', `max-age=${yearInSeconds}`)
    }
    // What a page loads is ruled by the page.
    if (path.startsWith(`${partsPath}/`)) return
    const policy = policyFor(randomBytes(16).toString('base64'))
    // Next reads the number from here.
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('X-Frame-Options', 'DENY')
    response.setHeader('Referrer-Policy', secretPaths.test(path) ? 'no-referrer' : 'same-origin')
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  }
}
