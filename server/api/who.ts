/** Who sends a request, and whether they may send it from where they do. */
import type { MiddlewareHandler } from 'hono'
import { AppError } from '#domain/app-error.ts'
import { reaches } from '#domain/policy/scope.ts'
import { readCredentials } from '../auth/credentials.ts'
import { isSameOrigin } from '../auth/same-origin.ts'
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
 * to), a write with a token that may only read (403), and a write that another site's page may have sent (403): with
 * a session cookie its `Origin` must be there and ours; a stranger's, as of a program, may lack it.
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
    if (writes && !reaches(c.var.actor, 'write')) {
      throw new AppError('forbidden', 'This token may only read.')
    }
    const mayBeForged = credentials.kind === 'cookie' || (isStranger && headers.has('origin'))
    if (writes && mayBeForged && !isSameOrigin(headers, publicUrl())) {
      throw new AppError(
        'forbidden',
        'A change must come from this server’s own pages, or with an API token.',
      )
    }
    await next()
  }
}
