/**
 * Builds what a start needs: the database client and the pages. `npm run build` always builds; `demo` and the tests
 * build only when what the build was made from has changed since.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compressParts } from './static-parts.ts'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))
const stampFile = path.join(projectFolder, '.next', 'built-from')
const sources = [
  'app',
  'components',
  'domain',
  'prisma/schema.prisma',
  'next.config.js',
  'package-lock.json',
  'server/accessor.ts',
  'server/static-parts.ts',
]

/** Builds unless the last build was made from the same sources. */
export function buildIfNeeded(): void {
  const stamp = stampOfSources()
  const built = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  const hasClient = existsSync(path.join(projectFolder, 'server/db/generated/client.ts'))
  if (built === stamp && hasClient) return
  console.log('Building the pages (about half a minute) …')
  build(stamp)
}

function build(stamp: string): void {
  generateClient()
  run('next/dist/bin/next', ['build'], { NODE_ENV: 'production' })
  compressParts(path.join(projectFolder, '.next', 'static'))
  writeFileSync(stampFile, stamp)
}

/** Writes the database client. Prisma looks for an engine that it does not need for this; any file will do. */
export function generateClient(): void {
  run('prisma/build/index.js', ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath })
}

/** Runs a tool of the project; what it says is shown when it fails. */
function run(script: string, args: string[], env: Record<string, string>): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(projectFolder, 'node_modules', script), ...args],
    {
      cwd: projectFolder,
      encoding: 'utf8',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...env },
    },
  )
  if (status === 0) return
  process.stderr.write(stdout + stderr)
  process.exit(1)
}

function stampOfSources(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesUnder)) {
    hash.update(file).update(readFileSync(path.join(projectFolder, file)))
  }
  return hash.digest('hex')
}

function filesUnder(source: string): string[] {
  if (!statSync(path.join(projectFolder, source)).isDirectory()) return [source]
  return readdirSync(path.join(projectFolder, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)))
    .sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'client') generateClient()
  else build(stampOfSources())
}
