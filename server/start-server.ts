/**
 * One process, one port: the REST API, the sync socket, and Next.js for the rest, on one HTTP server; and beside it the
 * control socket of the command line.
 *
 * `main.ts` starts it with pages; tests may start it without, which takes no build.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { provideServices } from './accessor.ts'
import { createApi } from './api/create-api.ts'
import { settleForwarding } from './auth/forwarding.ts'
import { isForeignWrite } from './auth/same-origin.ts'
import { serveControl } from './cli/control-socket.ts'
import { openCluster } from './cluster/open-cluster.ts'
import type { Config } from './config.ts'
import { keptSecret, takeDataFolder } from './db/data-folder.ts'
import { openDatabase } from './db/database.ts'
import { createSendMail } from './mail/send-mail.ts'
import { createSecurityHeaders } from './security-headers.ts'
import type { ServiceContext } from './services/context.ts'
import { keepAllAnchored } from './services/keep-anchored.ts'
import type { Services } from './services/services.ts'
import { startServices } from './services/start-services.ts'
import { cleanUpUnfinishedImports } from './services/unfinished-imports.ts'
import { attachSync } from './sync/attach-sync.ts'
import { deriveLaggingNotes } from './sync/derive-lagging-notes.ts'
import { createLog } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { chooseRequestId, observeRequest } from './telemetry/observe-request.ts'

/** A server that answers. */
export interface RunningServer {
  readonly services: Services
  /** Where people reach it, without a trailing slash. */
  readonly url: string
  /**
   * Is not ready any more, but goes on serving for as long as the settings say; then takes no new work, finishes what
   * is under way, and closes the database.
   */
  close(): Promise<void>
}

/** Makes the listener for everything that is neither API nor socket. */
export type PagesFactory = (server: Server) => Promise<{ handle: RequestListener; close(): Promise<void> }>

/** Requests that are under way when everything else has stopped are given so long. */
const lastAnswersMs = 5_000
const apiPaths = /^\/(api\/v1|healthz$|readyz$|metrics$)/

/** Starts everything and resolves once it can serve. Throws ConfigError, DataFolderInUse, or what the port says. */
export async function startServer(
  config: Config,
  createPages: PagesFactory | null,
  log = createLog(config.logLevel),
): Promise<RunningServer> {
  const metrics = createMetrics({ withProcess: config.metricsToken !== null })
  const folder = await takeDataFolder(config.dataDir)
  const database = await openDatabase({ databaseUrl: config.databaseUrl, folder, log })
  const { cluster, limiters } = await openCluster(config.redisUrl, database, log)
  let url = config.publicUrl ?? ''
  const context: ServiceContext = {
    database,
    log,
    now: Date.now,
    newId: randomUUID,
    secret: config.secret ?? (await keptSecret(folder)),
    publicUrl: () => url,
    limiters,
    sendMail: config.mail && createSendMail(config.mail, log),
    oidc: config.oidc,
  }
  const services = startServices(context)
  provideServices(services)
  await cleanUpUnfinishedImports({ database, now: Date.now }, { isAlone: config.databaseUrl === null })

  await deriveLaggingNotes({ database, services, log })
  services.backups.onRestored(async () => {
    await deriveLaggingNotes({ database, services, log })
    void keepAllAnchored(context)
  })

  metrics.watchImports(() => services.importQueue())
  let isDraining = false

  const server = createServer()
  const api = getRequestListener(
    createApi({
      services,
      limits: config.limits,
      limiters,
      log,
      publicUrl: () => url,
      isReady: async () => !isDraining && (await database.isReady()),
      metrics,
      metricsToken: config.metricsToken,
    }).fetch,
  )
  const believesId = config.trustedProxies > 0
  const sync = attachSync(server, {
    services,
    database,
    limits: config.limits,
    limiters,
    log,
    metrics: metrics.sync,
    publicUrl: () => url,
    requestIdOf: (request) => chooseRequestId(request, believesId),
    cluster,
  })
  const pages = await createPages?.(server)
  const secureAnswer = createSecurityHeaders({
    isDevelopment: config.mode === 'development',
    publicUrl: () => url,
    oidc: config.oidc,
  })
  server.prependListener('upgrade', (request) => settleForwarding(request, config))
  server.on('request', (request, response) => {
    const address = settleForwarding(request, config)
    secureAnswer(request, response)
    observeRequest(request, response, { log, metrics, believesId, address }, () => {
      if (apiPaths.test(request.url ?? '') || !pages) void api(request, response)
      else if (isForeignWrite(request, url)) response.writeHead(403).end()
      else pages.handle(request, response)
    })
  })
  const control = await serveControl(folder.controlSocket, services)
  await listen(server, config)
  // It may take long, and nobody need wait for it who reads the current editions.
  void keepAllAnchored(context)
  const stopUpdating = services.parallels.keepUpdated()
  url ||= `http://${config.host}:${portOf(server)}`

  return {
    services,
    url,
    async close() {
      isDraining = true
      sync.drain()
      await setTimeout(config.drainMs)
      await control.close()
      await stopUpdating()
      await sync.close()
      await stopAnswering(server)
      await pages?.close()
      await cluster.close()
      await database.close()
      await folder.release()
    },
  }
}

/** Takes no new connections, and cuts off those that are not done in time. */
async function stopAnswering(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  await Promise.race([closed, setTimeout(lastAnswersMs, null, { ref: false })])
  server.closeAllConnections()
  await closed
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
