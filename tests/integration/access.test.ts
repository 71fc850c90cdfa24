import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, test } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import { aGroup } from '#tests/factories/group.ts'
import { aPerson, asNow, aToken } from '#tests/factories/person.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

const secret = 'a secret for tests, of 32 letters'
const day = 86_400_000

let running: TestServices
let anna: Person
beforeAll(async () => {
  running = await startTestServices()
  anna = await aPerson(running.services, { name: 'Anna' })
})

const withBearer = (token: string) => new Headers({ authorization: `Bearer ${token}` })
const resolve = (headers: Headers) => running.services.access.resolveActor(headers)

async function cookieFor(sessionId: string, signedWith = secret, name = 'next-auth.session-token') {
  const value = await encode({ token: { sid: sessionId, sub: anna.userId }, secret: signedWith })
  return new Headers({ cookie: `theme=dark; ${name}=${value}` })
}

async function session() {
  const { sessionId } = await running.services.accounts.startSession(anna.userId, 'a browser')
  return sessionId
}

describe('an API token', () => {
  test('speaks for its person, with the roles they have now', async () => {
    const token = await aToken(running.services, anna)
    const group = await aGroup(running.services, anna)
    expect(await resolve(withBearer(token))).toEqual({ ...anna, memberships: { [group.id]: 'owner' } })
    expect(await running.services.access.actorForToken(token)).toMatchObject({ userId: anna.userId })
  })

  test('that nobody has is nobody’s, and no cookie stands in for it', async () => {
    const headers = await cookieFor(await session())
    headers.set('authorization', 'Bearer postil_wrong')
    expect(await resolve(headers)).toEqual(anonymous)
    expect(await resolve(withBearer(''))).toEqual(anonymous)
  })

  test('counts no more once it is revoked', async () => {
    const { accounts } = running.services
    const { id, token } = await accounts.createToken(anna, { userId: anna.userId, name: 'script' })
    expect((await resolve(withBearer(token))).kind).toBe('person')
    await accounts.revokeToken(anna, id)
    expect(await resolve(withBearer(token))).toEqual(anonymous)
  })

  test('counts no more once it has expired', async () => {
    const { accounts } = running.services
    const { id, token } = await accounts.createToken(anna, { userId: anna.userId, name: 'script' })
    await running.database.db.apiToken.update({
      where: { id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect(await resolve(withBearer(token))).toEqual(anonymous)
  })

  test('is made by its person alone, and revoked by nobody else', async () => {
    const { accounts } = running.services
    const admin = await aPerson(running.services, { admin: true })
    const wanted = { userId: anna.userId, name: 'for you' }
    await expect(accounts.createToken(admin, wanted)).rejects.toMatchObject({ code: 'forbidden' })
    const { id, token } = await accounts.createToken(anna, wanted)
    await expect(accounts.revokeToken(admin, id)).rejects.toMatchObject({ code: 'not-found' })
    expect((await resolve(withBearer(token))).kind).toBe('person')
  })
})

describe('a session cookie', () => {
  test.each(['next-auth.session-token', '__Secure-next-auth.session-token'])(
    'named %s speaks for its person',
    async (name) => {
      const headers = await cookieFor(await session(), secret, name)
      expect(await resolve(headers)).toMatchObject({ kind: 'person', userId: anna.userId })
    },
  )

  test('signed with another secret is nobody’s', async () => {
    expect(await resolve(await cookieFor(await session(), 'another secret, of 32 letters too'))).toEqual(
      anonymous,
    )
    expect(await resolve(new Headers({ cookie: 'next-auth.session-token=nonsense' }))).toEqual(anonymous)
  })

  test('of a session that is not there is nobody’s, however well it is signed', async () => {
    expect(await resolve(await cookieFor('no such session'))).toEqual(anonymous)
  })

  test('counts no more once its session has ended', async () => {
    const sessionId = await session()
    const headers = await cookieFor(sessionId)
    expect((await resolve(headers)).kind).toBe('person')
    await running.services.accounts.endSession(sessionId)
    expect(await resolve(headers)).toEqual(anonymous)
  })
})

describe('what is remembered', () => {
  test('is what another process revoked for a second at most', async () => {
    const sessionId = await session()
    const headers = await cookieFor(sessionId)
    expect((await resolve(headers)).kind).toBe('person')
    await running.database.db.session.update({ where: { id: sessionId }, data: { revokedAt: new Date() } })
    running.advance(1_000)
    expect(await resolve(headers)).toEqual(anonymous)
  })

  test('ends when a person’s rights change, and who listens is told whose', async () => {
    const bo = await aPerson(running.services, { name: 'Bo' })
    const token = await aToken(running.services, bo)
    expect(await resolve(withBearer(token))).toMatchObject({ memberships: {} })
    const heard: string[] = []
    const stop = running.services.access.onChange((userId) => heard.push(userId))
    const owner = await asNow(running.services, anna)
    const group = await aGroup(running.services, owner, { members: [[bo, 'reader']] })
    expect(await resolve(withBearer(token))).toMatchObject({ memberships: { [group.id]: 'reader' } })
    expect(heard).toContain(bo.userId)
    stop()
    heard.length = 0
    running.services.access.changed(bo.userId)
    expect(heard).toEqual([])
  })
})

test('a disabled account is nobody, by token and by cookie', async () => {
  const cyd = await aPerson(running.services)
  const token = await aToken(running.services, cyd)
  await running.database.db.user.update({ where: { id: cyd.userId }, data: { disabledAt: new Date() } })
  expect(await resolve(withBearer(token))).toEqual(anonymous)
  expect(await running.services.access.actorOf(cyd.userId)).toEqual(anonymous)
})

test('a session in use lives on, and one that is not ends after thirty days', async () => {
  const [used, unused] = [await session(), await session()]
  // The cookies themselves are made anew by the browser's visits; here only the rows are looked at.
  const cookies = [await cookieFor(used), await cookieFor(unused)] as const
  running.advance(20 * day)
  expect((await resolve(cookies[0])).kind).toBe('person')
  running.advance(20 * day)
  expect((await resolve(cookies[0])).kind).toBe('person')
  expect(await resolve(cookies[1])).toEqual(anonymous)
})
