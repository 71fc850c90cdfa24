/** An OpenID provider for one test file: a real one, on a port of its own, that asks nobody for a password. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll } from 'vitest'
import type { OidcSettings } from '#server/auth/oidc.ts'

/** Whom the provider knows; the key is what it calls them. */
export type KnownPeople = Record<string, { email?: string; email_verified?: boolean; name?: string }>

export interface TestOidcProvider {
  readonly settings: OidcSettings
  /** Goes where a browser goes that is led to `address`, as `subject`; answers where it is led back to. */
  signIn(address: string, subject: string): Promise<URL>
}

/** Starts a provider that leads back to `redirectUri`; it stops after the test file. */
export async function startOidcProvider(people: KnownPeople, redirectUri: string): Promise<TestOidcProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { client_id: 'postil', client_secret: 'a secret of the client, for tests' }
  const subjects: string[] = []
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirectUri] }],
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people[accountId] }) }),
    async loadExistingGrant(ctx) {
      const { client: asking, session } = ctx.oidc
      const grant = new ctx.oidc.provider.Grant({
        clientId: asking?.clientId,
        accountId: session?.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/sign-in/')) return void answer(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: subjects.at(-1) ?? '' } })
  })

  return {
    settings: {
      issuer,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      name: 'Example University',
      makesAccounts: true,
    },
    async signIn(address, subject) {
      subjects.push(subject)
      const cookies = new Map<string, string>()
      for (let at = new URL(address); ; ) {
        const response = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
        })
        for (const set of response.headers.getSetCookie()) {
          const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
          cookies.set(name, value)
        }
        const location = response.headers.get('location')
        if (location === null)
          throw new Error(`the provider said ${response.status}: ${await response.text()}`)
        at = new URL(location, at)
        if (at.href.startsWith(redirectUri)) return at
      }
    },
  }
}
