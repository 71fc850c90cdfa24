/**
 * Prisma's migrations, applied by Prisma's own engine.
 *
 * The engine runs as WebAssembly over the same driver that the client uses, so a server needs no `prisma`
 * command, no download and no shadow database. Of several servers that start
 * together only one applies: the engine holds PostgreSQL's advisory lock meanwhile. An embedded database has one
 * process, which holds its data folder.
 */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as SchemaEngineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Pool, type PoolConfig } from 'pg'

type SchemaEngine = SchemaEngineModule.SchemaEngine

const prismaFolder = fileURLToPath(new URL('../../prisma', import.meta.url))
const everything = { externalTables: [], externalEnums: [] }

/** Applies to the database behind `connection` what has not been applied yet; returns the names of the migrations it applied. */
export async function applyMigrations(connection: PoolConfig): Promise<string[]> {
  const pool = new Pool({ ...connection, max: 1 })
  try {
    const migrationsList = await readMigrations()
    // Almost every start finds nothing to do; the engine would take seconds to say so, and keeps a timer for ten.
    if (await areApplied(pool, migrationsList)) return []
    const engine = await startEngine(new PrismaPg(pool))
    const { appliedMigrationNames } = await engine
      .applyMigrations({ migrationsList, filters: everything })
      .finally(() => engine.free())
    return appliedMigrationNames
  } finally {
    await pool.end()
  }
}

/** Whether each of the migrations was applied to its end; a database without any migration has no table of them. */
async function areApplied(
  pool: Pool,
  { migrationDirectories }: Awaited<ReturnType<typeof readMigrations>>,
): Promise<boolean> {
  const { rows: tables } = await pool.query(`SELECT to_regclass('_prisma_migrations') AS found`)
  if (tables[0]?.found === null) return false
  const { rows } = await pool.query(
    'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const finished = new Set(
    rows.flatMap(({ migration_name, finished_at }) => (finished_at ? [migration_name] : [])),
  )
  return finished.size === rows.length && migrationDirectories.every(({ path: name }) => finished.has(name))
}

/** The SQL that leads from one text of `schema.prisma` (null: an empty database) to another. The engine wants some database to be there; it does not look into it. */
export async function diffSchemas(adapter: PrismaPg, from: string | null, to: string): Promise<string> {
  const engine = await startEngine(adapter)
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [schemaFile(from)] },
      to: { tag: 'schemaDatamodel', files: [schemaFile(to)] },
      script: true,
      exitCode: null,
      filters: everything,
    })
    return stdout ?? ''
  } finally {
    engine.free()
  }
}

const schemaFile = (content: string) => ({ path: 'schema.prisma', content })

async function startEngine(adapter: PrismaPg): Promise<SchemaEngine> {
  const engineModule = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  await instantiate(engineModule)
  const schema = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8')
  return engineModule.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

let isInstantiated = false

/** Loads the WebAssembly by hand: the package's own entry asks for a bundler that imports `.wasm`. */
async function instantiate(engineModule: typeof SchemaEngineModule): Promise<void> {
  if (isInstantiated) return
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = script.replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': { ...engineModule },
  })
  engineModule.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  isInstantiated = true
}

async function readMigrations() {
  const baseDir = path.join(prismaFolder, 'migrations')
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}
