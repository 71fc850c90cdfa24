/** Counters that refuse what is one too many: in this process, or in Redis for all servers together. */
import type { Redis } from 'ioredis'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { AppError } from '#domain/app-error.ts'
import { waitWords } from '#domain/wait-words.ts'

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

/** Counts one more; answers after how many seconds to try again when it is one too many, else null. */
export async function take(limiter: RateLimiterAbstract, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1_000))
    throw reason
  }
}

/** Counts one more. Throws `too-many-requests`, with when to come back, when it is one too many. */
export async function takeOrRefuse(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const retryAfter = await take(limiter, key)
  if (retryAfter === null) return
  const message = `You ask faster than this server answers: try again ${waitWords(retryAfter)}.`
  throw new AppError('too-many-requests', message, { retryAfter })
}
