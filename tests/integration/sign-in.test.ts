import type { AuthOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'
import pino from 'pino'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { anonymous, type Person } from '#domain/policy/actor.ts'
import { createAuthOptions } from '#server/auth/auth-options.ts'
import { aPerson } from '#tests/factories/person.ts'
import { SignInBrowser } from '#tests/factories/sign-in-browser.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

const secret = 'a secret for tests, of 32 letters'
const log = pino({ level: 'silent' })
const password = 'slow walks in the rain'
let running: TestServices
let anna: Person

beforeAll(async () => {
  running = await startTestServices()
  anna = await aPerson(running.services, { email: 'anna@example.org', password })
})

beforeEach(() => {
  vi.stubEnv('AUTH_TRUST_HOST', '1')
  return () => vi.unstubAllEnvs()
})

const options = (publicUrl = 'http://127.0.0.1:3000') =>
  createAuthOptions(
    { secret, publicUrl: () => publicUrl, log, oidc: null },
    running.services.accounts,
    running.services.identities,
  )

const whoHas = (browser: SignInBrowser) =>
  running.services.access.resolveActor(new Headers({ cookie: browser.cookie }))

const errorOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'url' in body && typeof body.url === 'string'
    ? new URL(body.url, 'http://127.0.0.1:3000').searchParams.get('error')
    : null

describe('signing in', () => {
  test('with the right password gives a cookie that only scripts of nobody read, for this site', async () => {
    const browser = new SignInBrowser(options())
    const { status, setCookies } = await browser.signIn('Anna@Example.org', password)
    expect(status).toBe(200)
    const cookie = setCookies.find((each) => each.startsWith('next-auth.session-token='))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    expect(await whoHas(browser)).toMatchObject({ kind: 'person', userId: anna.userId })
  })

  test('over HTTPS gives a secure cookie, which is known again', async () => {
    const browser = new SignInBrowser(options('https://read.example.org'))
    const { setCookies } = await browser.signIn(anna.email, password)
    const cookie = setCookies.find((each) => each.startsWith('__Secure-next-auth.session-token='))
    expect(cookie).toMatch(/Secure/)
    expect(await whoHas(browser)).toMatchObject({ userId: anna.userId })
  })

  test('puts nothing about the person into the cookie but the ids', async () => {
    const browser = new SignInBrowser(options())
    await browser.signIn(anna.email, password)
    const token = /next-auth\.session-token=([^;]+)/.exec(browser.cookie)?.[1] ?? ''
    expect(Object.keys((await decode({ token, secret })) ?? {}).sort()).toEqual([
      'exp',
      'iat',
      'jti',
      'sid',
      'sub',
    ])
  })

  test.each([
    ['a wrong password', 'anna@example.org', 'wrong password'],
    ['an address that nobody has', 'nobody@example.org', password],
    ['nothing at all', '', ''],
    ['a NUL', 'a\0b@example.org', password],
  ])('with %s is refused in the same words', async (_, email, tried) => {
    const browser = new SignInBrowser(options())
    const { status, body } = await browser.signIn(email, tried)
    expect([status, errorOf(body)]).toEqual([401, 'CredentialsSignin'])
    expect(await whoHas(browser)).toEqual(anonymous)
  })

  test('without the form of this server is nothing', async () => {
    const browser = new SignInBrowser(options())
    await browser.signInWithoutForm(anna.email, password)
    expect(await whoHas(browser)).toEqual(anonymous)
  })
})

test('signing out ends the session, for a copy of its cookie too', async () => {
  const browser = new SignInBrowser(options())
  await browser.signIn(anna.email, password)
  const copy = new Headers({ cookie: browser.cookie })
  expect((await running.services.access.resolveActor(copy)).kind).toBe('person')
  await browser.signOut()
  expect(browser.cookie).not.toContain('session-token')
  expect(await running.services.access.resolveActor(copy)).toEqual(anonymous)
})

describe('guessing', () => {
  const guess = (shared: AuthOptions, times: number) =>
    Promise.all(
      Array.from({ length: times }, () => new SignInBrowser(shared).signIn(anna.email, 'wrong password')),
    )

  test('ends after ten wrong tries from an address, even at once and even with the right one then', async () => {
    const shared = options()
    const tries = await guess(shared, 14)
    const errors = tries.map(({ body }) => errorOf(body)).sort()
    expect(errors).toEqual([...Array(10).fill('CredentialsSignin'), ...Array(4).fill('TooManyTries.900')])
    const right = await new SignInBrowser(shared).signIn(anna.email, password)
    expect(errorOf(right.body)).toMatch(/^TooManyTries\.(900|8\d\d)$/)
    expect(errorOf(right.body)).toBe(`TooManyTries.${right.retryAfter}`)
    expect(tries.filter(({ retryAfter }) => retryAfter > 0)).toHaveLength(4)
    const elsewhere = new SignInBrowser(shared, '192.0.2.2')
    await elsewhere.signIn(anna.email, password)
    expect(await whoHas(elsewhere)).toMatchObject({ userId: anna.userId })
  })

  test('is forgotten when the right password comes in time', async () => {
    const shared = options()
    for (const _ of [1, 2]) {
      await guess(shared, 9)
      const browser = new SignInBrowser(shared)
      await browser.signIn(anna.email, password)
      expect(await whoHas(browser)).toMatchObject({ userId: anna.userId })
    }
  })
})

test('what fails inside is told to nobody who tries', async () => {
  const broken = await startTestServices()
  const shared = createAuthOptions(
    { secret, publicUrl: () => 'http://127.0.0.1:3000', log, oidc: null },
    broken.services.accounts,
    broken.services.identities,
  )
  await broken.database.db.$executeRawUnsafe('ALTER TABLE "User" RENAME TO "Lost"')
  const { body } = await new SignInBrowser(shared).signIn(anna.email, password)
  expect(errorOf(body)).toBe('NotNow')
})
