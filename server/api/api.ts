/** What every route of the API is made with. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Logger } from 'pino'
import type { Actor } from '#domain/policy/actor.ts'
import type { Limits } from '../config.ts'
import type { Limiters } from '../limiters.ts'
import type { Services } from '../services/services.ts'
import type { Metrics } from '../telemetry/metrics.ts'

export interface ApiContext {
  readonly services: Services
  readonly limits: Limits
  readonly log: Logger
  /** Where people reach this server, without a trailing slash. */
  readonly publicUrl: () => string
  /** Counts requests; left out: in this process. */
  readonly limiters?: Limiters
  /** Whether the server can serve now; left out, it can as soon as it listens. */
  readonly isReady?: () => Promise<boolean>
  /** Left out: there are none to be read. */
  readonly metrics?: Pick<Metrics, 'toText' | 'contentType'>
  /** What `/metrics` is read with; null or left out: nobody may. */
  readonly metricsToken?: string | null
}

/** What the middleware leaves for the routes: `c.var.actor` is the person (or nobody) who asks. */
export interface ApiEnv {
  Bindings: { incoming?: object }
  Variables: { actor: Actor }
}

/** The API that routes register on; their paths begin after `/api/v1`. */
export type Api = OpenAPIHono<ApiEnv>
