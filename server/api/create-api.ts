/**
 * The REST API: one Hono application for `/api/v1`, `/healthz`, `/readyz` and `/metrics`.
 *
 * Every request passes, in this order: who it is, how often they ask, whether they may write from where they do,
 * how large the body is, and the schemas of its route. The routes only hand on to the services, which decide. The
 * OpenAPI document is made from the same schemas.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { routePath } from 'hono/route'
import { AppError } from '#domain/app-error.ts'
import { refuseUnread } from '#domain/policy/can.ts'
import { nameRoute } from '../telemetry/observe-request.ts'
import type { ApiContext, ApiEnv } from './api.ts'
import { checkRequest } from './check-request.ts'
import { limitBody } from './limit-body.ts'
import { answerProblem, createErrorHandler } from './problem.ts'
import { publicWrites } from './public-writes.ts'
import { limitRate } from './rate-limit.ts'
import { registerAccountLinkRoutes } from './routes/account-links.ts'
import { registerAccountRoutes } from './routes/accounts.ts'
import { registerAuditRoutes } from './routes/audit.ts'
import { registerBackupRoutes } from './routes/backup.ts'
import { registerDisputeRoutes } from './routes/disputes.ts'
import { registerDocumentRoutes } from './routes/documents.ts'
import { registerEditionRoutes } from './routes/editions.ts'
import { registerGroupRoutes } from './routes/groups.ts'
import { registerJoiningRoutes } from './routes/joining.ts'
import { registerLayerRoutes } from './routes/layers.ts'
import { registerMeRoutes } from './routes/me.ts'
import { registerMetricsRoute } from './routes/metrics.ts'
import { registerOwnAccountRoutes } from './routes/own-account.ts'
import { registerParallelRoutes } from './routes/parallels.ts'
import { registerThreadRoutes } from './routes/threads.ts'
import { admit, identify } from './who.ts'

/** The whole API; give its `fetch` to the HTTP server. */
export function createApi(context: ApiContext): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: checkRequest })
  api.use(async (c, next) => {
    await next()
    nameRoute(c.env?.incoming, routePath(c, -1))
  })
  api.onError(createErrorHandler(context.log))
  api.notFound((c) =>
    answerProblem(
      c,
      c.var.actor ? refuseUnread(c.var.actor) : new AppError('not-found', 'There is nothing here.'),
    ),
  )

  api.get('/healthz', (c) => c.text('ok'))
  api.get('/readyz', async (c) => {
    if (context.isReady && !(await context.isReady())) throw new AppError('unavailable', 'Not ready yet.')
    return c.text('ready')
  })
  // Made once, when it is first asked for: it costs more than most answers, and strangers may ask.
  let description: ReturnType<typeof describeApi> | undefined
  api.get('/api/v1/openapi.json', (c) => {
    description ??= describeApi(api)
    return c.json(description)
  })

  registerMetricsRoute(api, context)

  const v1 = new OpenAPIHono<ApiEnv>({ defaultHook: checkRequest })
  v1.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'private, no-cache')
    c.header('X-Content-Type-Options', 'nosniff')
  })
  v1.use(identify(context), limitRate(context), admit(context, publicWrites), limitBody)
  registerMeRoutes(v1, context)
  registerOwnAccountRoutes(v1, context)
  registerAccountLinkRoutes(v1, context)
  registerAccountRoutes(v1, context)
  registerAuditRoutes(v1, context)
  registerBackupRoutes(v1, context)
  registerJoiningRoutes(v1, context)
  registerGroupRoutes(v1, context)
  registerLayerRoutes(v1, context)
  registerDocumentRoutes(v1, context)
  registerEditionRoutes(v1, context)
  registerThreadRoutes(v1, context)
  registerDisputeRoutes(v1, context)
  registerParallelRoutes(v1, context)
  api.route('/api/v1', v1)
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'next-auth.session-token',
  })
  return api
}

function describeApi(api: OpenAPIHono<ApiEnv>) {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Postil',
      version: '1',
      description:
        'Read-only documents, and what people write in their margins. Changes made with the session cookie need the `Origin` of this server. Lists go on with `next` as `cursor`. Whoever creates something may send its `id`, a UUID: the same request again answers the original.',
    },
    security: [{ token: [] }, { session: [] }],
  })
}
