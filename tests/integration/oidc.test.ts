import type { AuthOptions } from 'next-auth'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type KnownPeople, startOidcProvider, type TestOidcProvider } from '#tests/factories/oidc-provider.ts'
import { aPerson, aToken } from '#tests/factories/person.ts'
import { SignInBrowser } from '#tests/factories/sign-in-browser.ts'
import { startTestServices, type TestServices } from '#tests/factories/test-services.ts'

const password = 'slow walks in the rain'
const people: KnownPeople = {
  anna: { email: 'Anna@example.org', email_verified: true, name: 'Anna at the university' },
  bo: { email: 'bo@example.org', email_verified: false, name: 'Bo' },
  cyd: { email: 'cyd@example.org', email_verified: true },
  nobody: {},
}
let provider: TestOidcProvider
let running: TestServices
let strict: TestServices
beforeAll(async () => {
  provider = await startOidcProvider(people, 'http://127.0.0.1:3000/api/auth/callback/oidc')
  running = await startTestServices(undefined, { oidc: provider.settings })
  strict = await startTestServices(undefined, { oidc: { ...provider.settings, makesAccounts: false } })
})

beforeEach(() => {
  vi.stubEnv('AUTH_TRUST_HOST', '1')
  return () => vi.unstubAllEnvs()
})

const browser = (options: AuthOptions = running.services.authOptions) => new SignInBrowser(options)
const whoHas = ({ cookie }: SignInBrowser) => running.services.access.resolveActor(new Headers({ cookie }))
const errorIn = (location: string | null) =>
  new URL(location ?? '', 'http://127.0.0.1').searchParams.get('error')

describe('somebody whom the provider vouches for', () => {
  test('enters the account that has the verified address, and the same one when the address changes', async () => {
    const anna = await aPerson(running.services, { email: 'anna@example.org' })
    const first = browser()
    await first.signInElsewhere(provider, 'anna')
    expect(await whoHas(first)).toMatchObject({ kind: 'person', userId: anna.userId, name: 'Anna' })
    people.anna = { email: 'elsewhere@example.org', email_verified: true }
    const second = browser()
    await second.signInElsewhere(provider, 'anna')
    expect(await whoHas(second)).toMatchObject({ userId: anna.userId })
  })

  test('takes the account from whoever had made it with an address that is not theirs', async () => {
    const made = await aPerson(running.services, { email: 'dora@example.org', password })
    const token = await aToken(running.services, made)
    people.dora = { email: 'dora@example.org', email_verified: true }
    const dora = browser()
    await dora.signInElsewhere(provider, 'dora')
    expect(await whoHas(dora)).toMatchObject({ userId: made.userId })
    expect(await running.services.accounts.verifyPassword('dora@example.org', password)).toBeNull()
    expect((await running.services.access.actorForToken(token)).kind).toBe('anonymous')
  })

  test('gets an account where the settings say so, and none where they do not', async () => {
    const cyd = browser()
    await cyd.signInElsewhere(provider, 'cyd')
    expect(await whoHas(cyd)).toMatchObject({ name: 'cyd', email: 'cyd@example.org', admin: false })
    const refused = await browser(strict.services.authOptions).signInElsewhere(provider, 'cyd')
    expect(errorIn(refused.location)).toBe('NoAccount')
  })
})

describe('nobody is let in', () => {
  test('by an address that is not verified, or none, whoever has it here', async () => {
    await aPerson(running.services, { email: 'bo@example.org' })
    for (const subject of ['bo', 'nobody']) {
      const bo = browser()
      expect(errorIn((await bo.signInElsewhere(provider, subject)).location)).toBe('AddressNotVerified')
      expect((await whoHas(bo)).kind).toBe('anonymous')
    }
  })

  test('to a disabled account', async () => {
    people.eva = { email: 'eva@example.org', email_verified: true }
    await browser().signInElsewhere(provider, 'eva')
    await running.database.db.user.update({
      where: { email: 'eva@example.org' },
      data: { disabledAt: new Date() },
    })
    const { location } = await browser().signInElsewhere(provider, 'eva')
    expect(errorIn(location)).toBe('AccountDisabled')
  })

  test('who comes back to another browser than the one that left, or with what was made up', async () => {
    const stolen = new URL('http://127.0.0.1:3000/api/auth/callback/oidc?code=made-up&state=made-up')
    const other = browser()
    expect(errorIn((await other.comeBack(stolen)).location)).not.toBeNull()
    expect((await whoHas(other)).kind).toBe('anonymous')
  })
})
