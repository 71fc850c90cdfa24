/** Whose rights may have changed: kept for a while, for servers that could not be told at once. */
import type { Db } from './database.ts'

/** Whose rights may have changed: those of one person, of everyone at a thread's notes, or (both null) everyone's. */
export interface AccessChange {
  readonly userId: string | null
  readonly threadId: string | null
}

/** One that is kept. */
export interface KeptAccessChange extends AccessChange {
  readonly version: bigint
}

/** Keeps a change; answers its version. What is an hour old is forgotten. */
export async function insertAccessChange(db: Db, { userId, threadId }: AccessChange): Promise<bigint> {
  const [kept] = await db.$queryRaw<{ version: bigint }[]>`
    WITH forgotten AS (DELETE FROM "AccessChange" WHERE at < CURRENT_TIMESTAMP - interval '1 hour')
    INSERT INTO "AccessChange" ("userId", "threadId") VALUES (${userId}, ${threadId}) RETURNING version`
  if (!kept) throw new Error('an access change was not kept')
  return kept.version
}

/** The changes of the last so many seconds, by the database's clock. */
export async function listAccessChanges(db: Db, seconds: number): Promise<KeptAccessChange[]> {
  return db.$queryRaw<KeptAccessChange[]>`
    SELECT version, "userId", "threadId" FROM "AccessChange"
     WHERE at > CURRENT_TIMESTAMP - make_interval(secs => ${seconds}::int) ORDER BY version`
}
