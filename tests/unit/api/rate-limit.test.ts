import { Hono } from 'hono'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { type Actor, anonymous } from '#domain/policy/actor.ts'
import type { ApiEnv } from '#server/api/api.ts'
import { createErrorHandler } from '#server/api/problem.ts'
import { limitRate } from '#server/api/rate-limit.ts'
import { readConfig } from '#server/config.ts'
import { countHere } from '#server/limiters.ts'
import { withinRequest } from '#server/telemetry/request-context.ts'

const anna: Actor = {
  kind: 'person',
  userId: 'anna',
  name: 'Anna',
  email: 'anna@example.org',
  admin: false,
  scope: 'write',
  memberships: {},
}
const ben: Actor = { ...anna, userId: 'ben' }
const { limits } = readConfig({ NODE_ENV: 'test' })

/** An API that lets two of everything that has a rate of its own through, and does nothing. */
function anApi(settings = limits) {
  let actor: Actor = anna
  const api = new Hono<ApiEnv>()
  api.onError(createErrorHandler(pino({ level: 'silent' })))
  api.use((c, next) => {
    c.set('actor', actor)
    return next()
  })
  const limiters: typeof countHere = (options) =>
    countHere(options.name === 'requests' ? options : { ...options, points: 2 })
  api.use(limitRate({ limits: settings, limiters }))
  api.all('*', (c) => c.text('done'))
  return async (as: Actor, method: string, path: string, address = '192.0.2.1') => {
    actor = as
    const context = { requestId: 'a test', address, tellToWait: () => {} }
    return withinRequest(context, () => api.request(`/api/v1${path}`, { method }))
  }
}

const rates = [
  ['posting', ['POST', '/threads'], ['GET', '/threads/x']],
  ['posting', ['POST', '/disputes/x/positions'], ['PUT', '/disputes/x/stance']],
  ['posting', ['POST', '/groups/x/members'], ['GET', '/groups/x']],
  ['importing', ['POST', '/documents'], ['GET', '/documents']],
  ['importing', ['POST', '/documents/archive'], ['POST', '/documents/x/visit']],
  ['importing', ['POST', '/documents/x/editions'], ['GET', '/documents/x/editions']],
  ['searching', ['GET', '/documents?q=hedge'], ['GET', '/documents?limit=5']],
  ['a reset', ['POST', '/password-resets'], ['GET', '/me']],
  ['a secret', ['POST', '/invitations/join'], ['GET', '/me/sessions']],
  ['a password asked once more', ['POST', '/me/password'], ['POST', '/me/tokens']],
] as const

describe.each(rates)('%s: %s', (_, [method, path], [otherMethod, otherPath]) => {
  test('is refused when it is one too many, with when to come back, and what costs less goes on', async () => {
    const ask = anApi()
    for (const _ of [1, 2]) expect((await ask(anna, method, path)).status).toBe(200)
    const refused = await ask(anna, method, path)
    expect(refused.status).toBe(429)
    const retryAfter = Number(refused.headers.get('retry-after'))
    expect(retryAfter).toBeGreaterThan(0)
    expect((await refused.json()).detail).toMatch(/try again in \d+ (seconds|minutes)\.$/)
    expect((await ask(anna, otherMethod, otherPath)).status).toBe(200)
    expect((await ask(ben, method, path)).status).toBe(200)
  })
})

test('who has not signed in is counted by address', async () => {
  const ask = anApi()
  for (const _ of [1, 2]) await ask(anonymous, 'POST', '/password-resets')
  expect((await ask(anonymous, 'POST', '/password-resets/use')).status).toBe(429)
  expect((await ask(anonymous, 'POST', '/password-resets', '192.0.2.2')).status).toBe(200)
})

test('a server without a limit has none of any kind', async () => {
  const ask = anApi({ ...limits, requestsPerMinute: 0 })
  for (const _ of [1, 2, 3]) expect((await ask(anna, 'POST', '/threads')).status).toBe(200)
})
