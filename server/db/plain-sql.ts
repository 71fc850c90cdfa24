/** Plain SQL, for what treats every table alike and takes its names from the catalog. */
import { Client } from 'pg'
import type { Database, Tx } from './database.ts'

/** Asks the database; values stand for `$1`, `$2` … and are told their types by the statement. */
export type Ask = <Row>(sql: string, values?: readonly string[]) => Promise<Row[]>

/** Asks over the connections that everybody uses, or inside a transaction on one of them. */
export const askWith =
  (tx: Tx): Ask =>
  (sql, values = []) =>
    tx.$queryRawUnsafe(sql, ...values)

/** A session that nobody else uses. On the embedded database it is so only while nobody else asks anything. */
export interface OwnSession {
  readonly ask: Ask
  /** Ends it; what was not committed is taken back. */
  end(): Promise<void>
}

/** Opens a session beside the shared ones. */
export async function openOwnSession({ connection }: Database): Promise<OwnSession> {
  const client = new Client(connection)
  // A connection that breaks fails the statement under way; outside of one nobody waits for it.
  client.on('error', () => {})
  await client.connect()
  return {
    ask: async <Row>(sql: string, values: readonly string[] = []) => {
      const { rows } = await client.query(sql, [...values])
      // The statement says what its rows are.
      return rows as Row[]
    },
    end: () => client.end(),
  }
}
