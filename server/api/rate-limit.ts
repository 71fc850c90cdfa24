/** How much one person, or one address without a sign-in, may ask: in all, and of what costs more than an answer. */
import type { MiddlewareHandler } from 'hono'
import { countHere, type LimiterOptions, takeOrRefuse } from '../limiters.ts'
import { currentAddress } from '../telemetry/request-context.ts'
import type { ApiContext, ApiEnv } from './api.ts'
import { publicWrites } from './public-writes.ts'

interface Costly extends LimiterOptions {
  readonly is: (method: string, path: string, query: URLSearchParams) => boolean
}

const posts = /^\/api\/v1\/(threads|groups|disputes|parallels)(\/|$)/
const imports = /^\/api\/v1\/documents(\/archive|\/[^/]+\/editions)?$/
const searches = /^\/api\/v1\/(search|documents)$/

/** What has a rate of its own. A class in one room shares an address, so what strangers do counts for thirty. */
const costly: readonly Costly[] = [
  { name: 'post', points: 600, duration: 60, is: (method, path) => method === 'POST' && posts.test(path) },
  {
    name: 'import',
    points: 120,
    duration: 60,
    is: (method, path) => method === 'POST' && imports.test(path),
  },
  {
    name: 'search',
    points: 300,
    duration: 60,
    is: (method, path, query) => method === 'GET' && searches.test(path) && query.has('q'),
  },
  {
    name: 'secret',
    points: 120,
    duration: 900,
    is: (method, path) => method === 'POST' && (publicWrites.has(path) || guarded.has(path)),
  },
]
/** Where a password is asked for once more. */
const guarded = new Set(['/api/v1/me/password', '/api/v1/me/email', '/api/v1/me/deletion'])

/** Refuses with 429 and `Retry-After` once a rate is used up; 0 requests a minute is no limit of any kind. */
export function limitRate({
  limits,
  limiters = countHere,
}: Pick<ApiContext, 'limits' | 'limiters'>): MiddlewareHandler<ApiEnv> {
  if (limits.requestsPerMinute === 0) return (_, next) => next()
  const all = limiters({ name: 'requests', points: limits.requestsPerMinute, duration: 60 })
  const each = costly.map((rate) => ({ ...rate, limiter: limiters(rate) }))
  return async (c, next) => {
    const { actor } = c.var
    const key = actor.kind === 'person' ? `person ${actor.userId}` : `address ${currentAddress()}`
    await takeOrRefuse(all, key)
    const { searchParams } = new URL(c.req.url)
    for (const { is, limiter } of each) {
      if (is(c.req.method, c.req.path, searchParams)) await takeOrRefuse(limiter, key)
    }
    await next()
  }
}
