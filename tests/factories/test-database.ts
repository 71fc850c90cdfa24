/** A database for one test file: a copy of the migrated template, gone when the file ends. */
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import pino from 'pino'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase } from '#server/db/database.ts'
import { templateDatabase } from './postgres.ts'

/** A fresh database's address, for a server process of its own. It is dropped after the test file. */
export async function createTestDatabase(): Promise<string> {
  const socketFolder = inject('postgresSocket')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(socketFolder, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`)
  afterAll(() => administer(socketFolder, `DROP DATABASE ${name} WITH (FORCE)`))
  return `postgresql://postgres@localhost/${name}?host=${encodeURIComponent(socketFolder)}`
}

/** A fresh database, open. It is closed and dropped after the test file. */
export async function openTestDatabase(): Promise<Database> {
  const databaseUrl = await createTestDatabase()
  const database = await openDatabase({ databaseUrl, folder: null, log: pino({ level: 'silent' }) })
  afterAll(() => database.close())
  return database
}

async function administer(socketFolder: string, sql: string): Promise<void> {
  const client = new Client({ host: socketFolder, user: 'postgres', database: 'postgres' })
  await client.connect()
  // One copy of a template at a time is all that PostgreSQL allows; the others wait for it.
  if (sql.startsWith('CREATE')) await client.query('SELECT pg_advisory_lock(1)')
  await client.query(sql)
  await client.end()
}
