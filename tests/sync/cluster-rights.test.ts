/** What is taken from somebody on one server holds on the other within a second, and what they do counts on both. */
import { encode } from 'next-auth/jwt'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Person } from '#domain/policy/actor.ts'
import { aPerson, asNow, aToken } from '#tests/factories/person.ts'
import { startClusterWorld } from './cluster-world.ts'
import { connectClient, type SyncClient, until } from './sync-client.ts'
import { ways } from './sync-world.ts'

const world = await startClusterWorld()
const { admin, owner, instructor, group } = world.people
const { services } = world.server
const there = { url: world.other.url }

/** A second, and what a busy machine adds to it. */
const soonMs = 1_500

/** A member of the group whom nobody else needs any more. */
async function aMember(): Promise<Person> {
  const person = await aPerson(services, { name: 'Mara' })
  await services.groups.addMember(owner, group.id, { email: person.email, role: 'reader' })
  return asNow(services, person)
}

/** Does something on this server, and holds that `seen` comes about on the other within a second. */
async function withinASecond(act: () => Promise<unknown>, seen: () => boolean, what: string): Promise<void> {
  await act()
  const actedAt = performance.now()
  await until(seen, what)
  expect(performance.now() - actedAt).toBeLessThan(soonMs)
}

describe.each(ways)('on the other server, over %s', (way) => {
  const clients: SyncClient[] = []
  afterEach(() => {
    for (const client of clients.splice(0)) client.leave()
  })

  /** Somebody in a note and in its margin. */
  async function enterAs(person: Person, threadId: string) {
    const note = await world.client(person, `note/${threadId}`, { ...there, way })
    const margin = await world.client(person, world.marginName, { ...there, way })
    clients.push(note, margin)
    await Promise.all([note.synced(), margin.synced()])
    return { note, margin }
  }

  test('whose account is disabled is sent away, to sign in', async () => {
    const mara = await aMember()
    const { note, margin } = await enterAs(mara, (await world.thread()).id)
    const isAway = () => [note, margin].every(({ heard }) => heard.closed.length > 0)
    const disable = () => services.accounts.change(admin, mara.userId, { disabled: true })
    await withinASecond(disable, isAway, 'her to be sent away')
    expect([...note.heard.closed, ...margin.heard.closed]).toEqual([4401, 4401])
  })

  test('whose role is taken down to observer comes in again, and reads', async () => {
    const mara = await aMember()
    const { id } = await world.thread()
    const { note, margin } = await enterAs(mara, id)
    const takeDown = () => services.groups.changeMember(owner, group.id, mara.userId, { role: 'observer' })
    await withinASecond(takeDown, () => note.heard.closed.length > 0, 'her to be told')
    expect(note.heard.closed).toEqual([4533])
    note.write('too late')
    await until(() => note.heard.denied.length > 0, 'her words to be refused')
    expect(margin.heard.closed).toEqual([])
  })

  test('who writes in a layer when it closes may only read from then on', async () => {
    const settings = { name: `Closing, ${way}`, read: 'members', write: 'members' } as const
    const layer = await services.layers.add(owner, group.id, settings)
    const { id } = await world.thread({ layerId: layer.id }, owner)
    const { note } = await enterAs(instructor, id)
    const closeIt = () =>
      services.layers.change(owner, layer.id, { closesAt: new Date(0).toISOString() }, null)
    await withinASecond(closeIt, () => note.heard.closed.length > 0, 'him to be told')
    expect(note.heard.closed).toEqual([4533])
  })

  test('whoever came in by a token that is revoked is sent away, and by another one stays', async () => {
    const mara = await aMember()
    const { id, token } = await services.accounts.createToken(mara, { userId: mara.userId, name: 'script' })
    const room = `note/${(await world.thread()).id}`
    const script = connectClient(there.url, room, { token })
    const other = await world.client(mara, room, { ...there, way })
    clients.push(script, other)
    await Promise.all([script.synced(), other.synced()])
    const revoke = () => services.accounts.revokeToken(mara, id)
    await withinASecond(revoke, () => script.heard.closed.length > 0, 'the script to be sent away')
    expect(script.heard.closed).toEqual([4401])
    expect(other.heard.closed).toEqual([])
  })
})

test('a browser that is signed out is sent away by the other server, and another of the same person stays', async () => {
  const mara = await aMember()
  const { id } = await world.thread()
  const [out, stays] = [await aBrowser(mara, id), await aBrowser(mara, id)]
  const signOut = () => services.accounts.endSession(out.sessionId)
  await withinASecond(signOut, () => out.closed.length > 0, 'the browser to be sent away')
  expect([out.closed, stays.closed]).toEqual([[4401], []])
  const signOutEverywhere = () => services.ownAccount.endSessions(mara)
  await withinASecond(signOutEverywhere, () => stays.closed.length > 0, 'the other to be sent away')
  expect(stays.closed).toEqual([4401])
})

/** A socket of a signed-in browser's page in a note, on the other server. */
async function aBrowser(person: Person, threadId: string) {
  const { sessionId } = await services.accounts.startSession(person.userId, null)
  const secret = 'a secret for tests, of 32 letters'
  const cookie = `next-auth.session-token=${await encode({ token: { sid: sessionId }, secret })}`
  const address = `${there.url.replace('http', 'ws')}/sync/note/${threadId}?v=1`
  const socket = new WebSocket(address, { headers: { cookie, origin: there.url } })
  const closed: number[] = []
  socket.on('close', (code) => closed.push(code))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { sessionId, closed }
}

test('what somebody asks of two servers counts as one', async () => {
  const headers = { Authorization: `Bearer ${await aToken(services, await aMember())}` }
  const tryPassword = (url: string) => fetch(`${url}/api/v1/me/password`, { method: 'POST', headers })
  const allowed = 120
  const urls = [world.server.url, there.url]
  const answers = await Promise.all(
    Array.from({ length: allowed }, (_, count) => tryPassword(urls[count % 2] ?? '')),
  )
  expect(answers.filter(({ status }) => status === 429)).toEqual([])
  for (const url of urls) {
    const refused = await tryPassword(url)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
})

test('what is taken away while Redis is down is found in the database within seconds', async () => {
  const mara = await aMember()
  const margin = await world.client(mara, world.marginName, there)
  await margin.synced()
  await world.redis.halt()
  const revokedAt = performance.now()
  await services.groups.removeMember(owner, group.id, mara.userId)
  await until(() => margin.heard.closed.length > 0, 'her to be sent away')
  expect(margin.heard.closed).toEqual([4404])
  expect(performance.now() - revokedAt).toBeLessThan(4_000)
})
