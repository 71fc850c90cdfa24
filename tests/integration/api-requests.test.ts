import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '#domain/policy/actor.ts'
import { isSameOrigin } from '#server/auth/same-origin.ts'
import { aPerson, aToken } from '#tests/factories/person.ts'
import { startTestApi, type TestApi } from '#tests/factories/test-api.ts'

const secret = 'a secret for tests, of 32 letters'
let api: TestApi
let anna: Person
beforeAll(async () => {
  api = await startTestApi()
  anna = await aPerson(api.services, { name: 'Anna' })
})

async function cookieOf(person: Person): Promise<string> {
  const { sessionId } = await api.services.accounts.startSession(person.userId, null)
  return `next-auth.session-token=${await encode({ token: { sid: sessionId }, secret })}`
}

describe('without a sign-in', () => {
  test.each(['/me', '/groups/x', '/layers/x', '/accounts', '/me/tokens', '/nothing/here', '/'])(
    'GET %s answers 401, whether or not there is anything',
    async (path) => {
      const { status, headers, json } = await api.ask(path)
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
      expect(json).toMatchObject({ status: 401, code: 'unauthenticated' })
    },
  )

  test.each([
    ['POST', '/groups', { nonsense: true }],
    ['POST', '/nothing/here', {}],
    ['PATCH', '/groups/x', {}],
    ['DELETE', '/groups/x/members/y', undefined],
    ['POST', '/accounts', {}],
  ])('%s %s answers 401 before its body is looked at', async (method, path, json) => {
    expect((await api.ask(path, { method, json })).status).toBe(401)
  })

  test('a token that is not valid is refused on public paths too', async () => {
    const headers = { authorization: 'Bearer postil_wrong' }
    const { status, json } = await api.ask('/documents', { headers })
    expect([status, json.code]).toEqual([401, 'unauthenticated'])
    expect((await api.ask('/documents')).status).toBe(200)
  })
})

describe('a revoked token', () => {
  test('answers 401 with the next request', async () => {
    const made = await api.ask('/me/tokens', { method: 'POST', as: anna, json: { name: 'script' } })
    expect(made.status).toBe(201)
    const headers = { authorization: `Bearer ${made.json.token}` }
    expect((await api.ask('/me', { headers })).json.id).toBe(anna.userId)
    const listed = await api.ask('/me/tokens', { as: anna })
    expect(listed.json.items).toContainEqual(expect.objectContaining({ id: made.json.id, name: 'script' }))
    expect(listed.text).not.toContain(made.json.token)
    expect((await api.ask(`/me/tokens/${made.json.id}`, { method: 'DELETE', as: anna })).status).toBe(204)
    expect((await api.ask('/me', { headers })).status).toBe(401)
  })
})

describe('a change made with the session cookie', () => {
  const change = async (headers: Record<string, string>) => {
    const cookie = await cookieOf(anna)
    const json = { name: 'From a browser' }
    return (await api.ask('/groups', { method: 'POST', json, headers: { cookie, ...headers } })).status
  }

  test('needs the Origin of this server; another, none or `null` is refused', async () => {
    expect(await change({ origin: 'http://127.0.0.1:3000' })).toBe(201)
    expect(await change({ origin: 'http://evil.example' })).toBe(403)
    expect(await change({ origin: 'http://127.0.0.1:3001' })).toBe(403)
    expect(await change({ origin: 'null' })).toBe(403)
    expect(await change({})).toBe(403)
  })

  test('may come by another name of the same server, when it was given none', () => {
    const from = (origin: string, host: string) => new Headers({ origin, host })
    const unnamed = 'http://127.0.0.1:3000'
    expect(isSameOrigin(from('http://localhost:3000', 'localhost:3000'), unnamed)).toBe(true)
    expect(isSameOrigin(from('http://192.168.1.5:3000', '192.168.1.5:3000'), 'http://0.0.0.0:3000')).toBe(
      true,
    )
    expect(isSameOrigin(from('http://evil.example', 'localhost:3000'), unnamed)).toBe(false)
    const named = 'https://read.example.org'
    expect(isSameOrigin(from('https://read.example.org', '127.0.0.1:3000'), named)).toBe(true)
    expect(isSameOrigin(from('http://localhost:3000', 'localhost:3000'), named)).toBe(false)
  })

  test('reading needs no Origin, and a token needs none to write', async () => {
    const cookie = await cookieOf(anna)
    expect((await api.ask('/me', { headers: { cookie } })).json.id).toBe(anna.userId)
    expect((await api.ask('/groups', { method: 'POST', as: anna, json: { name: 'By token' } })).status).toBe(
      201,
    )
  })
})

describe('a wrong body', () => {
  const post = (request: Parameters<TestApi['ask']>[1]) =>
    api.ask('/groups', { method: 'POST', as: anna, ...request })

  test('names each field that is unknown or not as it should be: 422', async () => {
    const { status, headers, json } = await post({ json: { name: '', colour: 'red', shape: 1 } })
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(json.errors.map((error: { path: string }) => error.path).sort()).toEqual([
      'colour',
      'name',
      'shape',
    ])
    expect(json).toMatchObject({
      code: 'unprocessable',
      status: 422,
      type: expect.any(String),
      title: expect.any(String),
    })
  })

  test('that is no JSON is 400, that says it is something else 415, and none at all 422', async () => {
    const headers = { 'Content-Type': 'application/json' }
    expect((await post({ body: '{"name": ', headers })).json).toMatchObject({ status: 400, code: 'invalid' })
    const asText = await post({ body: 'name=x', headers: { 'Content-Type': 'text/plain' } })
    expect(asText.json).toMatchObject({ status: 415, code: 'unsupported-format' })
    expect((await post({})).status).toBe(422)
    expect((await post({ json: 'a string' })).status).toBe(422)
    expect((await post({ json: null })).status).toBe(422)
  })

  test('with what the database cannot keep is 422: NUL, half a surrogate pair', async () => {
    for (const name of ['a\0b', 'a\ud800b']) {
      expect((await post({ json: { name } })).json).toMatchObject({ status: 422, errors: [{ path: 'name' }] })
    }
    expect((await api.ask('/groups/a%00b', { as: anna })).status).toBe(422)
    expect((await post({ json: { name: 'a 🐦 b' } })).status).toBe(201)
  })

  test('larger than 2 MiB is 413, declared or not', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(2_097_152) })
    const headers = { 'Content-Type': 'application/json' }
    const declared = { ...headers, 'Content-Length': String(body.length) }
    expect((await post({ body, headers: declared })).json).toMatchObject({ status: 413, code: 'too-large' })
    const streamed = new Blob([body]).stream()
    expect((await post({ body: streamed, headers, duplex: 'half' })).json).toMatchObject({ status: 413 })
  })
})

test('what is not there for a signed-in person is 404', async () => {
  for (const path of ['/nothing/here', '/groups/none', '/layers/none']) {
    expect((await api.ask(path, { as: anna })).json).toMatchObject({ status: 404, code: 'not-found' })
  }
  expect((await api.ask('//elsewhere')).status).toBe(404)
})

test('what nobody expected is 500, logged, and hides its text', async () => {
  const broken = await startTestApi()
  const bo = await aPerson(broken.services)
  await broken.database.db.$executeRawUnsafe('ALTER TABLE "Group" RENAME TO "Lost"')
  const { status, text, json } = await broken.ask('/groups/x', { as: bo })
  expect([status, json.code]).toEqual([500, 'internal'])
  expect(text).not.toMatch(/Lost|Group|prisma|select/i)
  expect(broken.logged.join()).toContain('/api/v1/groups/:id')
})

describe('a version', () => {
  test('comes as ETag; a change from a stale or nonsensical one is 412, from the right one or any 200', async () => {
    const made = await api.ask('/groups', { method: 'POST', as: anna, json: { name: 'Versions' } })
    const path = `/groups/${made.json.id}`
    expect(made.headers.get('location')).toBe(`/api/v1${path}`)
    const etag = made.headers.get('etag') ?? ''
    expect(etag).toBe(`"${made.json.version}"`)
    const patch = (ifMatch?: string) =>
      api.ask(path, {
        method: 'PATCH',
        as: anna,
        json: { name: 'Changed' },
        headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
      })
    const changed = await patch(etag)
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
    for (const wrong of [etag, '"999"', 'W/"2"', 'nonsense', '']) {
      expect((await patch(wrong)).json, wrong).toMatchObject({ status: 412, code: 'stale' })
    }
    expect((await patch('*')).status).toBe(200)
    expect((await patch()).status).toBe(200)
  })
})

test('whoever asks too often in a minute gets 429 and is told when to come back, and nobody else does', async () => {
  const limited = await startTestApi({ POSTIL_MAX_REQUESTS_PER_MINUTE: '3' })
  const [bo, cyd] = [await aPerson(limited.services), await aPerson(limited.services)]
  for (const _ of [1, 2, 3]) expect((await limited.ask('/me', { as: bo })).status).toBe(200)
  const { status, headers, json } = await limited.ask('/me', { as: bo })
  expect([status, json.code]).toEqual([429, 'too-many-requests'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await limited.ask('/me', { as: cyd })).status).toBe(200)
})

test('a body that is declared too large is refused before it is sent', async () => {
  const server = createServer(getRequestListener(api.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sending = request({
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    path: '/api/v1/groups',
    headers: {
      authorization: `Bearer ${await aToken(api.services, anna)}`,
      'content-type': 'application/json',
      'content-length': 3_000_000,
    },
  })
  sending.flushHeaders()
  const [answer] = await once(sending, 'response')
  expect(answer.statusCode).toBe(413)
  sending.destroy()
  server.closeAllConnections()
  server.close()
})

test('health and readiness are answered to anyone', async () => {
  expect(await api.ask('//healthz')).toMatchObject({ status: 200, text: 'ok' })
  expect(await api.ask('//readyz')).toMatchObject({ status: 200 })
})
