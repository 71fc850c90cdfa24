/** The production and development start: reads the settings, starts the server, says where it is, and stops it well. */
import { ConfigError, readConfig } from './config.ts'
import { DataFolderInUse } from './db/data-folder.ts'
import { createPages } from './pages.ts'
import type { Services } from './services/services.ts'
import { type RunningServer, startServer } from './start-server.ts'

/** After the time it goes on serving: longer than everything together that stopping may wait for. */
const stopWithinMs = 30_000

/**
 * Starts a server with pages from the environment's settings. `prepare` runs before it says that it is
 * ready. A start that cannot be ends the process with one line.
 */
export async function serve(prepare?: (services: Services) => Promise<void>): Promise<RunningServer> {
  // Prisma's driver queries a connection while it is busy, which pg will stop taking one day; users cannot mend it.
  process.noDeprecation = true
  try {
    const config = readConfig()
    const server = await startServer(config, createPages(config))
    await prepare?.(server.services)
    stopOnSignal(() => server.close(), config.drainMs + stopWithinMs)
    console.log(`Postil is ready at ${server.url}`)
    const setupPath = await server.services.accounts.setupLink()
    if (setupPath) console.log(`No accounts yet. Make the administrator's at ${server.url}${setupPath}`)
    return server
  } catch (error) {
    console.error(startFailure(error))
    process.exit(1)
  }
}

/** A second signal, or a stop that takes longer than `withinMs`, ends the process at once. */
function stopOnSignal(stop: () => Promise<void>, withinMs: number): void {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    setTimeout(() => process.exit(1), withinMs).unref()
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DataFolderInUse) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `PORT: the address is already in use (${error.message})`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
