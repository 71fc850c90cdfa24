/** Two servers on one PostgreSQL and one Redis, with people on either. */
import { afterAll } from 'vitest'
import * as Y from 'yjs'
import type { RunningServer } from '#server/start-server.ts'
import { startRedis, type TestRedis } from '#tests/factories/redis.ts'
import { startTestServer } from '#tests/factories/test-server.ts'
import { type SyncClient, until } from './sync-client.ts'
import { type SyncWorld, startSyncWorld } from './sync-world.ts'

export interface ClusterWorld extends SyncWorld {
  readonly redis: TestRedis
  /** The other server; `server` is the one that everything is made on. */
  readonly other: RunningServer
  /** The settings that both have. */
  readonly settings: Readonly<Record<string, string>>
}

/** Starts them; `settings` are environment variables of both, `own` further ones of the other. */
export async function startClusterWorld(
  settings: Record<string, string> = {},
  own: Record<string, string> = {},
): Promise<ClusterWorld> {
  const redis = await startRedis()
  afterAll(() => redis.stop())
  const shared = { REDIS_URL: redis.url, ...settings }
  const world = await startSyncWorld(shared)
  const all = { ...shared, DATABASE_URL: world.databaseUrl }
  const other = await startTestServer({ ...all, ...own })
  return { ...world, redis, other, settings: all }
}

/** Waits until all clients have the same document, to the byte. */
export function untilSame(clients: readonly SyncClient[]): Promise<void> {
  return until(() => {
    const [first, ...others] = clients.map(({ doc }) => bytesOf(doc))
    return first !== undefined && others.every((other) => first.equals(other))
  }, 'all copies to be the same')
}

/** What a document holds, however it came to. */
function bytesOf(doc: Y.Doc): Buffer {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const bytes = Buffer.from(Y.encodeStateAsUpdate(copy))
  copy.destroy()
  return bytes
}
