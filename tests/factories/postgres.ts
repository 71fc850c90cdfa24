/**
 * A PostgreSQL of the tests' own: started once for a run, in a temporary folder, on a Unix socket, with the
 * migrations applied to a template that each test database is copied from. It goes with the run.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '#server/db/migrate.ts'
import { findProgram } from './find-program.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the socket of the tests' PostgreSQL; the user `postgres` needs no password there. */
    postgresSocket: string
  }
}

/** The database that every test database is a copy of. */
export const templateDatabase = 'postil_template'

/** Vitest's global setup: starts the server, and returns what stops it. */
export async function setup(project: TestProject) {
  const server = await startPostgres()
  project.provide('postgresSocket', server.socketFolder)
  return server.stop
}

/** A running PostgreSQL that only this machine's user can reach. */
export interface TestPostgres {
  readonly socketFolder: string
  /** Ends it, connections and all, and keeps its data. */
  halt(): Promise<void>
  /** Starts it again after `halt`. */
  resume(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** Starts a fresh PostgreSQL with the template in it. Unless it `isDurable`, it trusts that the machine stays up. */
export async function startPostgres({ isDurable = false } = {}): Promise<TestPostgres> {
  const postgres = findProgram('postgres')
  const folder = mkdtempSync(path.join(tmpdir(), 'postil-pg-'))
  const owner = unprivilegedUser()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = path.join(folder, 'data')
  const as = { ...owner, cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } }
  execFileSync(
    path.join(path.dirname(postgres), 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const settings = [
    ...(isDurable ? [] : ['fsync=off', 'full_page_writes=off']),
    'max_connections=400',
    'shared_buffers=64MB',
    'listen_addresses=',
  ]
  const start = () =>
    spawn(postgres, ['-D', data, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])], {
      ...as,
      stdio: ['ignore', 'ignore', 'ignore'],
    })
  let server = start()
  await untilItAnswers(folder)
  await makeTemplate(folder)
  const halt = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
  }
  return {
    socketFolder: folder,
    halt,
    async resume() {
      server = start()
      await untilItAnswers(folder)
    },
    async stop() {
      await halt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root; any other account will do. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (userInfo().uid !== 0) return null
  const id = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  const name = existsSync('/etc/passwd') && hasUser('postgres') ? 'postgres' : 'nobody'
  return { uid: id('-u', name), gid: id('-g', name) }
}

function hasUser(name: string): boolean {
  try {
    execFileSync('id', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function untilItAnswers(socketFolder: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const client = new Client({ host: socketFolder, user: 'postgres', database: 'postgres' })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function makeTemplate(socketFolder: string): Promise<void> {
  const client = new Client({ host: socketFolder, user: 'postgres', database: 'postgres' })
  await client.connect()
  await client.query(`CREATE DATABASE ${templateDatabase}`)
  await client.end()
  await applyMigrations({ host: socketFolder, user: 'postgres', database: templateDatabase })
}
