/** Counters that refuse what is one too many: in this process, or in Redis for all servers together. */
import type { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

/** What is counted. */
export interface LimiterOptions {
  /** Its name among the counters. */
  readonly name: string
  /** So many are allowed for each key… */
  readonly points: number
  /** …in so many seconds. */
  readonly duration: number
}

/** Makes a counter; all that bear the same name are one, as far as they reach. */
export type Limiters = (options: LimiterOptions) => RateLimiterAbstract

/** Counters of this process. */
export const countHere: Limiters = ({ points, duration }) => new RateLimiterMemory({ points, duration })

/** Counters in Redis; while it is not there, each server counts by itself. */
export function countInRedis(redis: Redis, prefix: string): Limiters {
  return ({ name, points, duration }) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${prefix}limit:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ points, duration }),
    })
}
