/** A server that is told to stop while people write: it turns people away before it goes, and keeps every word. */
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startTestServer } from '#tests/factories/test-server.ts'
import { askToUpgrade, connectClient, until } from '#tests/sync/sync-client.ts'
import { startSyncWorld } from '#tests/sync/sync-world.ts'

const drainSeconds = 1

test('it is not ready first, takes no new sockets, keeps what was written, and says that it comes again', async () => {
  const world = await startSyncWorld({ POSTIL_DRAIN_SECONDS: String(drainSeconds) })
  const { id } = await world.thread()
  const room = `note/${id}`
  const anna = await world.client(world.people.reader, room)
  await anna.synced()
  const token = await world.token(world.people.owner)
  expect((await fetch(`${world.server.url}/readyz`)).status).toBe(200)

  const closed = world.server.close()
  expect((await fetch(`${world.server.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${world.server.url}/healthz`)).status).toBe(200)
  expect(await askToUpgrade(`${world.server.url}/sync/${room}?token=${token}`)).toBe(503)
  const sentBy = new Map<number, string>()
  for (let count = 0; anna.heard.closed.length === 0; count++) {
    const before = anna.sent()
    anna.write(`word${count}.`)
    if (anna.sent() > before) sentBy.set(anna.sent(), `word${count}.`)
    // A socket that is closing sends nothing, and says so only when it gets its turn.
    await setImmediate()
    // A few stay ahead of what is acknowledged.
    const isGone = () => anna.heard.closed.length > 0
    await until(() => isGone() || (anna.heard.saved.at(-1) ?? 0) > anna.sent() - 5, 'an answer')
  }
  const count = anna.heard.saved.at(-1) ?? 0
  const acknowledged = [...sentBy].filter(([sent]) => sent <= count).map(([, word]) => word)
  await closed
  expect(anna.heard.closed[0]).toBe(4512)
  expect(acknowledged.length).toBeGreaterThan(10)

  const { url } = await startTestServer({ DATABASE_URL: world.databaseUrl })
  const late = connectClient(url, room, { token })
  await late.synced()
  const kept = late.text()
  expect(acknowledged.filter((word) => !kept.includes(word))).toEqual([])
})
