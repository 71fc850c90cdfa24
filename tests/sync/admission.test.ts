import { createServer, type IncomingMessage } from 'node:http'
import pino from 'pino'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readConfig } from '#server/config.ts'
import { countHere } from '#server/limiters.ts'
import { attachSync } from '#server/sync/attach-sync.ts'
import { createMetrics } from '#server/telemetry/metrics.ts'
import { openTestDatabase } from '#tests/factories/test-database.ts'
import { askToUpgrade } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const world = await startSyncWorld()
const { reader, instructor, stranger, observer } = world.people
const { url } = world.server
const posted = await world.thread()
const draft = await world.thread({ draft: true })
const token = async (person: typeof reader) => `token=${await world.token(person)}`

test('a member is let in, by token in the address or in the header', async () => {
  const path = `${url}/sync/note/${posted.id}`
  expect(await askToUpgrade(`${path}?${await token(observer)}`)).toBe(101)
  const headers = { authorization: `Bearer ${await world.token(observer)}` }
  expect(await askToUpgrade(path, headers)).toBe(101)
})

test('whoever is not signed in is refused with 401, whether or not there is anything', async () => {
  expect(await askToUpgrade(`${url}/sync/note/${posted.id}`)).toBe(401)
  expect(await askToUpgrade(`${url}/sync/note/nothing`)).toBe(401)
  expect(await askToUpgrade(`${url}/sync/${world.marginName}`)).toBe(401)
  expect(await askToUpgrade(`${url}/sync/no/such/room`)).toBe(401)
})

test('a token that is not valid is refused with 401', async () => {
  expect(await askToUpgrade(`${url}/sync/note/${posted.id}?token=wrong`)).toBe(401)
})

test('what one may not read answers 404, as what does not exist', async () => {
  const outside = await token(stranger)
  expect(await askToUpgrade(`${url}/sync/note/${posted.id}?${outside}`)).toBe(404)
  expect(await askToUpgrade(`${url}/sync/note/nothing?${outside}`)).toBe(404)
  expect(await askToUpgrade(`${url}/sync/${world.marginName}?${outside}`)).toBe(404)
  expect(await askToUpgrade(`${url}/sync/no/such/room?${outside}`)).toBe(404)
})

test('a draft is its author’s alone', async () => {
  const path = `${url}/sync/note/${draft.id}`
  expect(await askToUpgrade(`${path}?${await token(reader)}`)).toBe(101)
  expect(await askToUpgrade(`${path}?${await token(instructor)}`)).toBe(404)
})

test('a margin needs document, layer and group to belong together', async () => {
  const { documentId, layerId } = world.margin
  const own = await token(reader)
  expect(await askToUpgrade(`${url}/sync/${world.marginName}?${own}`)).toBe(101)
  expect(await askToUpgrade(`${url}/sync/margin/${documentId}/${layerId}/-?${own}`)).toBe(404)
})

/** A socket of its own, of which an address may come as often as `comings`. */
async function listen(comings: number, services = world.server.services) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sync = attachSync(server, {
    services,
    database: await openTestDatabase(),
    limits: readConfig({ NODE_ENV: 'test' }).limits,
    log: pino({ level: 'silent' }),
    metrics: createMetrics({ withProcess: false }).sync,
    requestIdOf: () => 'a request',
    publicUrl: () => 'http://127.0.0.1',
    limiters: (options) => countHere({ ...options, points: comings }),
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : null
  const close = async () => {
    await sync.close()
    server.close()
  }
  return { server, address: `127.0.0.1:${port}`, close }
}

test('upgrade requests for anything else are left to whoever they are for', async () => {
  const { server, address, close } = await listen(10)
  server.on('upgrade', (request, socket) => {
    if (request.url?.startsWith('/sync/')) return
    socket.end('HTTP/1.1 418 Left alone\r\nContent-Length: 0\r\n\r\n')
  })
  expect(await askToUpgrade(`http://${address}/_next/hmr`)).toBe(418)
  await close()
})

test('an address that comes too often is refused before anything is looked up, and told when to come back', async () => {
  const { address, close } = await listen(2)
  const come = () =>
    new Promise<IncomingMessage>((resolve) => {
      const socket = new WebSocket(`ws://${address}/sync/note/nothing`)
      socket.on('unexpected-response', (_, response) => resolve(response.resume()))
      socket.on('error', () => {})
    })
  expect([(await come()).statusCode, (await come()).statusCode]).toEqual([401, 401])
  const { statusCode, headers } = await come()
  expect(statusCode).toBe(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  await close()
})

test('of many who come at once a few at a time are looked up, and all are let in', async () => {
  const { access } = world.server.services
  let lookedUp = 0
  let most = 0
  let letPass = () => {}
  const haveCome = new Promise<void>((resolve) => {
    letPass = resolve
  })
  const actorForToken = async (token: string) => {
    lookedUp += 1
    most = Math.max(most, lookedUp)
    await haveCome
    const actor = await access.actorForToken(token)
    lookedUp -= 1
    return actor
  }
  const services = { ...world.server.services, access: { ...access, actorForToken } }
  const { server, address, close } = await listen(1_000, services)
  let comings = 0
  server.on('upgrade', () => {
    comings += 1
    if (comings === 40) setImmediate(letPass)
  })
  const path = `http://${address}/sync/note/${posted.id}?${await token(reader)}`
  const answers = await Promise.all(Array.from({ length: 40 }, () => askToUpgrade(path)))
  expect(answers).toEqual(answers.map(() => 101))
  expect(most).toBe(8)
  await close()
})
