/** The two connections to Redis: one that hears, since Redis lets it do nothing else, and one for everything else. */
import { Redis } from 'ioredis'
import type { Logger } from 'pino'

/** Connections that come back by themselves. */
export interface RedisConnections {
  readonly talking: Redis
  readonly hearing: Redis
  /** Drops both and connects anew: for a connection that stands, but carries nothing. */
  renew(): void
  close(): void
}

const longestRetryMs = 1_000
const connectTimeoutMs = 3_000

/** Connects; while Redis is not there, what is asked of it fails at once instead of waiting. */
export function connectToRedis(url: string, log: Pick<Logger, 'warn'>): RedisConnections {
  const options = {
    enableOfflineQueue: false,
    autoResubscribe: false,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, longestRetryMs),
  }
  const talking = new Redis(url, options)
  const hearing = new Redis(url, options)
  let isTold = false
  for (const connection of [talking, hearing]) {
    connection.on('error', (error) => {
      if (!isTold)
        log.warn({ message: error.message }, 'Redis is not there; servers ask the database instead')
      isTold = true
    })
    connection.on('ready', () => {
      isTold = false
    })
  }
  return {
    talking,
    hearing,
    renew() {
      talking.disconnect(true)
      hearing.disconnect(true)
    },
    close() {
      talking.disconnect()
      hearing.disconnect()
    },
  }
}
