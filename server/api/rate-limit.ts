/** How much one person, or one address without a sign-in, may ask in a minute. */
import type { MiddlewareHandler } from 'hono'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#domain/app-error.ts'
import { countHere } from '../limiters.ts'
import { currentAddress } from '../telemetry/request-context.ts'
import type { ApiContext, ApiEnv } from './api.ts'

/** Refuses with 429 and `Retry-After` once the minute's requests are used up; 0 requests a minute is no limit. */
export function limitRate({ limits, limiters = countHere }: ApiContext): MiddlewareHandler<ApiEnv> {
  if (limits.requestsPerMinute === 0) return (_, next) => next()
  const limiter = limiters({ name: 'requests', points: limits.requestsPerMinute, duration: 60 })
  return async (c, next) => {
    const { actor } = c.var
    const key = actor.kind === 'person' ? `person ${actor.userId}` : `address ${currentAddress()}`
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
