/**
 * Writes the migration that leads from the schema of the last one to `prisma/schema.prisma`:
 * `npm run migration -- name`. Each migration keeps the schema it leads to, so that the next can be derived
 * without a database. Read the SQL before you commit it: the release before must keep working on it.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { diffSchemas } from './migrate.ts'

const prismaFolder = fileURLToPath(new URL('../../prisma', import.meta.url))
const migrations = path.join(prismaFolder, 'migrations')
const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: npm run migration -- a_name_in_snake_case')
  process.exit(2)
}
const last = (await readdir(migrations, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()
  .at(-1)
const from = last ? await readFile(path.join(migrations, last, 'schema.prisma'), 'utf8') : null
const to = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8')
const scratch = await mkdtemp(path.join(tmpdir(), 'postil-migration-'))
const embedded = await startEmbeddedPostgres(scratch)
const adapter = new PrismaPg({ host: embedded.socketFolder, user: 'postgres', database: 'postgres' })
const sql = await diffSchemas(adapter, from, to)
await embedded.stop()
await rm(scratch, { recursive: true })
if (/^\s*(-- This is an empty migration\.)?\s*$/.test(sql)) {
  console.log('the schema has not changed')
  process.exit(0)
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = path.join(migrations, `${stamp}_${name}`)
await mkdir(folder)
await writeFile(path.join(folder, 'migration.sql'), sql)
await writeFile(path.join(folder, 'schema.prisma'), to)
console.log(folder)
