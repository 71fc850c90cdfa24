/** Gives each HTTP request an id, and counts and logs it once it is answered. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import { withinRequest } from './request-context.ts'

interface ObserveOptions {
  readonly log: Logger
  readonly metrics: Metrics
  /** Whether the id that a proxy in front gave the request is believed. */
  readonly believesId: boolean
  /** Where it came from. */
  readonly address: string | null
}

const idForm = /^[\w.-]{8,100}$/
const routes = new WeakMap<object, string>()

/** Says by which pattern of the route table a request is answered. */
export function nameRoute(request: object | undefined, pattern: string): void {
  if (request) routes.set(request, pattern)
}

/** Answers a request with `answer`, under an id that the client is told in `X-Request-Id`. */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { log, metrics, believesId, address }: ObserveOptions,
  answer: () => void,
): void {
  const requestId = chooseRequestId(request, believesId)
  const startedAt = performance.now()
  response.setHeader('X-Request-Id', requestId)
  const tellToWait = (seconds: number) => void response.setHeader('Retry-After', String(seconds))
  withinRequest({ requestId, address, tellToWait }, () => {
    response.once('close', () => {
      const method = request.method ?? ''
      const route = routes.get(request) ?? routeOfPage(request.url ?? '')
      const status = response.writableFinished ? response.statusCode : 499
      const ms = performance.now() - startedAt
      metrics.answered({ method, route, status, seconds: ms / 1_000 })
      log.info({ requestId, method, route, status, ms: Math.round(ms) }, 'answered')
    })
    answer()
  })
}

/** The id that a request goes by: its proxy's, if that is believed and fit to be logged. */
export function chooseRequestId({ headers }: Pick<IncomingMessage, 'headers'>, believesId: boolean): string {
  const told = headers['x-request-id']
  return believesId && typeof told === 'string' && idForm.test(told) ? told : randomUUID()
}

/** What Next answers, in a few kinds: its own routes are not told here. */
function routeOfPage(url: string): string {
  if (url.startsWith('/_next/')) return '/_next/*'
  return url.startsWith('/api/auth/') ? '/api/auth/*' : 'page'
}
