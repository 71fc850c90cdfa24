/**
 * One process, one port: the REST API, the sync socket, and Next.js for the rest, on one HTTP server; and beside it the
 * control socket of the command line.
 *
 * `main.ts` starts it with pages; tests may start it without, which takes no build.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import pino from 'pino'
import { provideServices } from './accessor.ts'
import { createApi } from './api/create-api.ts'
import { serveControl } from './cli/control-socket.ts'
import type { Config } from './config.ts'
import { keptSecret, takeDataFolder } from './db/data-folder.ts'
import { openDatabase } from './db/database.ts'
import type { Services } from './services/services.ts'
import { startServices } from './services/start-services.ts'
import { cleanUpUnfinishedImports } from './services/unfinished-imports.ts'
import { attachSync } from './sync/attach-sync.ts'

/** A server that answers. */
export interface RunningServer {
  readonly services: Services
  /** Where people reach it, without a trailing slash. */
  readonly url: string
  /** Stops taking new work, finishes what is under way, and closes the database. */
  close(): Promise<void>
}

/** Makes the listener for everything that is neither API nor socket. */
export type PagesFactory = (server: Server) => Promise<{ handle: RequestListener; close(): Promise<void> }>

const apiPaths = /^\/(api\/v1|healthz$|readyz$)/

/** Starts everything and resolves once it can serve. Throws ConfigError, DataFolderInUse, or what the port says. */
export async function startServer(config: Config, createPages: PagesFactory | null): Promise<RunningServer> {
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const folder = await takeDataFolder(config.dataDir)
  const database = await openDatabase({ databaseUrl: config.databaseUrl, folder, log })
  let url = config.publicUrl ?? ''
  const services = startServices({
    database,
    log,
    now: Date.now,
    newId: randomUUID,
    secret: config.secret ?? (await keptSecret(folder)),
    publicUrl: () => url,
  })
  provideServices(services)
  await cleanUpUnfinishedImports({ database, now: Date.now }, { isAlone: config.databaseUrl === null })

  const server = createServer()
  const api = getRequestListener(
    createApi({
      services,
      limits: config.limits,
      log,
      publicUrl: () => url,
      trustedProxies: config.trustedProxies,
      isReady: () => database.isReady(),
    }).fetch,
  )
  const sync = attachSync(server, { services, database, limits: config.limits, log, publicUrl: () => url })
  const pages = await createPages?.(server)
  server.on('request', (request, response) => {
    if (config.trustedProxies === 0) forgetForwarding(request)
    if (apiPaths.test(request.url ?? '') || !pages) void api(request, response)
    else pages.handle(request, response)
  })
  const control = await serveControl(folder.controlSocket, services)
  await listen(server, config)
  url ||= `http://${config.host}:${portOf(server)}`

  return {
    services,
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      await control.close()
      await sync.close()
      server.closeAllConnections()
      await closed
      await pages?.close()
      await database.close()
      await folder.release()
    },
  }
}

/** Without a proxy in front, whatever a request says of one is made up. */
function forgetForwarding(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete request.headers[name]
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => resolve())
  })
}
