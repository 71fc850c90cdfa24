/**
 * The one database of this process: PostgreSQL at `DATABASE_URL`, or the embedded one in the data folder.
 *
 * Only `server/db` speaks Prisma. Its modules take a `Db` or, inside a transaction, a `Tx`, and hand out domain
 * values. A transaction awaits nothing but SQL; one that takes longer than 50 ms is logged, because on the
 * embedded database everyone waits for it.
 */

import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type PoolConfig } from 'pg'
import type { Logger } from 'pino'
import type { DataFolder } from './data-folder.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { watchFirstStart } from './first-start.ts'
import { Prisma, PrismaClient } from './generated/client.ts'
import { applyMigrations } from './migrate.ts'

/** Inside a transaction. */
export type Tx = Prisma.TransactionClient
/** Outside of one. Every `Tx` function takes a `Db` as well. */
export type Db = PrismaClient

/** An open database with its migrations applied. */
export interface Database {
  readonly db: Db
  /** Whether it is the embedded one, whose one session everybody shares. */
  readonly isEmbedded: boolean
  /**
   * Asks past Prisma, over the same connections, for the few statements that are so frequent that what Prisma does
   * around each would be most of their cost. Values stand for `$1`, `$2` …; errors are those of `pg`.
   */
  ask<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]>
  /** How a session of one's own is opened. */
  readonly connection: PoolConfig
  /** Runs `work` in one transaction, again from its start when two of them collide. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Whether it answers. */
  isReady(): Promise<boolean>
  close(): Promise<void>
}

interface DatabaseOptions {
  /** A PostgreSQL address, or null for the embedded database in `folder`. */
  readonly databaseUrl: string | null
  readonly folder: DataFolder | null
  readonly log: Logger
}

const slowTransactionMs = 50
const attempts = 3

/** Opens the database, starting the embedded one if there is no address, and applies the migrations. */
export async function openDatabase({ databaseUrl, folder, log }: DatabaseOptions): Promise<Database> {
  const embedded =
    databaseUrl === null && folder ? await startEmbedded(path.join(folder.path, 'postgres')) : null
  const connection: PoolConfig = embedded
    ? {
        host: embedded.socketFolder,
        user: 'postgres',
        database: 'postgres',
        max: 1,
        idleTimeoutMillis: 0,
      }
    : { connectionString: databaseUrl ?? '', max: 16 }
  const applied = await applyMigrations(connection)
  await embedded?.firstStartDone()
  if (applied.length > 0) log.info({ applied }, 'migrations applied')
  const pool = new Pool(connection)
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', (error) => log.info({ message: error.message }, 'a connection to the database broke'))
  // One that breaks as it is handed over has nobody listening for a moment, which would end the process. Whoever gets it
  // is told by their first question.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })

  return {
    db,
    isEmbedded: embedded !== null,
    connection,
    ask: async <Row extends object>(sql: string, values: readonly unknown[]) =>
      (await pool.query<Row>(sql, [...values])).rows,
    transaction: (work) =>
      retryOnCollision(() => timed(log, () => db.$transaction(work, { maxWait: 30_000, timeout: 30_000 }))),
    isReady: () =>
      db.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      ),
    async close() {
      await db.$disconnect()
      await pool.end()
      await embedded?.stop()
    },
  }
}

/** Tells the database from every other, a copy on another server among them. */
export async function identifyDatabase(db: Db): Promise<string> {
  const [found] = await db.$queryRaw<{ identity: string }[]>`
    SELECT (SELECT system_identifier FROM pg_control_system()) || '-' || oid AS identity
      FROM pg_database WHERE datname = current_database()`
  if (!found) throw new Error('the database does not say which it is')
  return found.identity
}

async function startEmbedded(dataFolder: string) {
  const firstStartDone = await watchFirstStart(dataFolder)
  return { ...(await startEmbeddedPostgres(dataFolder)), firstStartDone }
}

async function timed<T>(log: Logger, run: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  try {
    return await run()
  } finally {
    const ms = performance.now() - startedAt
    if (ms > slowTransactionMs) log.info({ ms: Math.round(ms) }, 'slow transaction')
  }
}

/** Serialization failures and deadlocks (P2034) ask to be tried again. */
async function retryOnCollision<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      const collided = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034'
      if (!collided || attempt === attempts) throw error
    }
  }
}
