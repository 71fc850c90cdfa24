/** How much one person, or one address without a sign-in, may ask in a minute. */
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#domain/app-error.ts'
import type { ApiContext, ApiEnv } from './api.ts'

/** Refuses with 429 and `Retry-After` once the minute's requests are used up; 0 requests a minute is no limit. */
export function limitRate({ limits, trustedProxies = 0 }: ApiContext): MiddlewareHandler<ApiEnv> {
  if (limits.requestsPerMinute === 0) return (_, next) => next()
  const limiter = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 })
  return async (c, next) => {
    const { actor } = c.var
    const key = actor.kind === 'person' ? `person ${actor.userId}` : `address ${addressOf(c, trustedProxies)}`
    const refused = await limiter.consume(key).then(() => null, asRefusal)
    if (refused) {
      c.header('Retry-After', String(Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))))
      throw new AppError('too-many-requests', 'You ask faster than this server answers: wait a little.')
    }
    await next()
  }
}

function asRefusal(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason
  throw reason
}

/** The client's address. Of `X-Forwarded-For` only what the trusted proxies themselves wrote is believed. */
function addressOf(c: Context<ApiEnv>, trustedProxies: number): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
  const told = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined
  return told || c.env?.incoming?.socket.remoteAddress || 'unknown'
}
