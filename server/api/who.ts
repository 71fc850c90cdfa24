/** Who sends a request, and whether they may send it from where they do. */
import type { MiddlewareHandler } from 'hono'
import { AppError } from '#domain/app-error.ts'
import { readCredentials } from '../auth/credentials.ts'
import type { ApiContext, ApiEnv } from './api.ts'

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Finds out who asks and leaves it in `c.var.actor`. */
export function identify({ services }: ApiContext): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set('actor', await services.access.resolveActor(c.req.raw.headers))
    await next()
  }
}

/**
 * Refuses a bearer token that is not valid (401, on public paths too: whoever sends one believes it is), a write
 * by nobody (401, whether or not there is anything at the path; `publicWrites` are paths that strangers may post
 * to), and a write whose session cookie may have been sent along by another site (403).
 */
export function admit(
  { publicUrl }: ApiContext,
  publicWrites: ReadonlySet<string>,
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { headers } = c.req.raw
    const credentials = readCredentials(headers)
    const isStranger = c.var.actor.kind === 'anonymous'
    const writes = !readingMethods.has(c.req.method)
    if (credentials.kind === 'bearer' && isStranger) {
      throw new AppError('unauthenticated', 'This token is not valid, or not any more.')
    }
    if (writes && isStranger && !publicWrites.has(c.req.path)) {
      throw new AppError('unauthenticated', 'Please sign in.')
    }
    if (writes && credentials.kind === 'cookie' && !isSameOrigin(headers, publicUrl())) {
      throw new AppError(
        'forbidden',
        'A change must come from this server’s own pages, or with an API token.',
      )
    }
    await next()
  }
}

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
