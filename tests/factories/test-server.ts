/** A whole server without pages on a free port, for one test file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { readConfig } from '#server/config.ts'
import { type RunningServer, startServer } from '#server/start-server.ts'
import { createLog } from '#server/telemetry/log.ts'
import { createTestDatabase } from './test-database.ts'

/**
 * Starts a server; `settings` are environment variables, `log` takes the lines it logs. It stops after the test file,
 * unless it was closed before.
 */
export async function startTestServer(
  settings: Record<string, string> = {},
  log?: (line: string) => void,
): Promise<RunningServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'postil-test-'))
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    POSTIL_DATA_DIR: dataDir,
    POSTIL_LOG_LEVEL: 'silent',
    DATABASE_URL: settings.DATABASE_URL ?? (await createTestDatabase()),
    NEXTAUTH_SECRET: 'a secret for tests, of 32 letters',
    ...settings,
  })
  const server = await startServer(config, null, log && createLog(config.logLevel, { write: log }))
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  afterAll(close)
  return { ...server, close }
}
