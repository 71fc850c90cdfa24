/** Joins the other servers as the settings say. */
import type { Logger } from 'pino'
import { type Database, identifyDatabase } from '../db/database.ts'
import { countHere, countInRedis, type Limiters } from '../limiters.ts'
import { alone, type Cluster } from './cluster.ts'
import { joinCluster } from './redis-cluster.ts'
import { connectToRedis } from './redis-connections.ts'

/** What this server shares with the others. */
export interface OpenCluster {
  readonly cluster: Cluster
  readonly limiters: Limiters
}

/** Joins the servers on the same database at `redisUrl`; null: there are none. */
export async function openCluster(
  redisUrl: string | null,
  database: Pick<Database, 'db'>,
  log: Logger,
): Promise<OpenCluster> {
  if (redisUrl === null) return { cluster: alone, limiters: countHere }
  const prefix = `postil:${await identifyDatabase(database.db)}:`
  const redis = connectToRedis(redisUrl, log)
  return {
    cluster: joinCluster({ redis, prefix, log }),
    limiters: countInRedis(redis.talking, prefix),
  }
}
