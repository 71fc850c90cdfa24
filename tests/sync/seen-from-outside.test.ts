import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { writeControl } from '#domain/wire/channels.ts'
import { until } from './sync-client.ts'
import { startSyncWorld } from './sync-world.ts'

const metricsToken = 'a token for the metrics alone'
const logged: string[] = []
const world = await startSyncWorld(
  { POSTIL_METRICS_TOKEN: metricsToken, POSTIL_LOG_LEVEL: 'debug', POSTIL_TRUSTED_PROXIES: '1' },
  (line) => void logged.push(line),
)
const { server, people } = world

async function readMetrics(): Promise<Map<string, number>> {
  const answer = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  })
  expect(answer.status).toBe(200)
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

test('strangers and administrators without the token of the settings read no metrics', async () => {
  const own = await world.token(people.admin)
  for (const authorization of ['', `Bearer ${own}`, 'Bearer ']) {
    expect((await fetch(`${server.url}/metrics`, { headers: { authorization } })).status).toBe(401)
  }
})

test('what happens in a room is counted, and nothing in the counts says who or where', async () => {
  const thread = await world.thread()
  const anna = await world.client(people.reader, `note/${thread.id}`)
  await anna.synced()
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'it to be settled what she has')
  expect((await readMetrics()).get('postil_sync_documents')).toBe(0)
  anna.write('counted words')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the words to be saved')
  await fetch(`${server.url}/api/v1/threads/${thread.id}`)
  const metrics = await readMetrics()
  expect(metrics.get('postil_sync_rooms{kind="note"}')).toBe(1)
  expect(metrics.get('postil_sync_documents')).toBe(1)
  expect(metrics.get('postil_sync_connections')).toBe(1)
  expect(metrics.get('postil_sync_seats')).toBe(1)
  expect(metrics.get('postil_sync_unsaved{unit="updates"}')).toBe(0)
  expect(metrics.get('postil_sync_updates_committed_total')).toBeGreaterThan(0)
  expect(metrics.get('postil_sync_save_seconds_count')).toBeGreaterThan(0)
  expect(
    metrics.get('postil_http_request_seconds_count{method="GET",route="/api/v1/threads/:id",status="401"}'),
  ).toBe(1)
  expect(metrics.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
  const names = [...metrics.keys()].join('\n')
  for (const id of [thread.id, people.reader.userId, world.documentId]) expect(names).not.toContain(id)
})

test('a request is known by one id, in the answer and in the log; a proxy may have given it', async () => {
  const given = 'from-the-proxy-0001'
  const told = await fetch(`${server.url}/api/v1/me`, { headers: { 'x-request-id': given } })
  expect(told.headers.get('x-request-id')).toBe(given)
  const unfit = await fetch(`${server.url}/api/v1/me`, { headers: { 'x-request-id': 'two words' } })
  expect(unfit.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  await until(() => logged.some((line) => JSON.parse(line).requestId === given), 'the line of the request')
})

test('who comes into a room is logged with the id of the request they came with, whatever carries the room', async () => {
  const { id } = await world.thread()
  const token = await world.token(people.reader)
  const base = server.url.replace('http', 'ws')
  const linesOf = (requestId: string) =>
    logged.map((line) => JSON.parse(line)).filter((line) => line.requestId === requestId)
  for (const path of [`sync/note/${id}?`, 'sync?v=1&']) {
    const requestId = `socket-${path.length}-of-a-proxy`
    const socket = new WebSocket(`${base}/${path}token=${token}`, { headers: { 'x-request-id': requestId } })
    await once(socket, 'open')
    if (path.startsWith('sync?')) socket.send(writeControl({ kind: 'open', channel: 1, room: `note/${id}` }))
    await until(() => linesOf(requestId).length > 0, 'the line of the room')
    expect(linesOf(requestId)[0]).toMatchObject({ room: `note/${id}`, userId: people.reader.userId })
    socket.terminate()
  }
})

test('no words of a note, no token and no address with a secret stands in the log, whatever fails', async () => {
  const secretWords = 'heliotrope marginalia'
  const token = await world.token(people.reader)
  const { id } = await world.thread({ note: secretWords })
  const anna = await world.client(people.reader, `note/${id}`)
  await anna.synced()
  await world.sql('ALTER TABLE "NoteUpdate" RENAME TO "NoteUpdateAway"')
  await world.sql('ALTER TABLE "Reply" RENAME TO "ReplyAway"')
  anna.write(secretWords)
  await until(() => anna.heard.unsaved.length > 0, 'the warning')
  const ask = (path: string, body: string) =>
    fetch(`${server.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    })
  const failed = await ask(`threads/${id}/replies`, JSON.stringify({ body: secretWords }))
  expect(failed.status).toBe(500)
  await ask(`threads/${id}/replies?token=${token}`, `{"body": "${secretWords}`)
  await world.sql('ALTER TABLE "ReplyAway" RENAME TO "Reply"')
  await world.sql('ALTER TABLE "NoteUpdateAway" RENAME TO "NoteUpdate"')
  await until(() => anna.heard.saved.at(-1) === anna.sent(), 'the words to be saved after all')
  const log = logged.join('\n')
  expect(log).toContain(`"room":"note/${id}"`)
  expect(log).toContain('"msg":"request failed"')
  expect(log).toContain('"msg":"notes could not be saved"')
  for (const secret of ['heliotrope', 'marginalia', token, metricsToken, 'Bearer', '?token']) {
    expect(log).not.toContain(secret)
  }
})
