/** What whoever watches this server reads, in Prometheus's text format. */
import { timingSafeEqual } from 'node:crypto'
import { AppError } from '#domain/app-error.ts'
import { readCredentials } from '../../auth/credentials.ts'
import type { Api, ApiContext } from '../api.ts'

/**
 * `GET /metrics` for whoever shows the token of the settings. It asks no database: a server is looked at most closely
 * when that is down. Without a token in the settings there is nothing here.
 */
export function registerMetricsRoute(api: Api, { metrics, metricsToken }: ApiContext): void {
  if (!metrics || !metricsToken) return
  api.get('/metrics', async (c) => {
    const shown = readCredentials(c.req.raw.headers)
    if (shown.kind !== 'bearer' || !isSame(shown.token, metricsToken)) {
      throw new AppError('unauthenticated', 'Metrics are read with the token of the settings.')
    }
    return c.body(await metrics.toText(), 200, { 'Content-Type': metrics.contentType })
  })
}

/** Takes as long for every token of the same length. */
function isSame(shown: string, expected: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
