/** A browser that signs in through next-auth as its pages do, without pages: it keeps cookies. */
import { createRequire } from 'node:module'
import type { AuthOptions } from 'next-auth'
import { withinRequest } from '#server/telemetry/request-context.ts'

// A CommonJS module that loaders disagree on: required, it is what it says.
const nextAuth = createRequire(import.meta.url)('next-auth').default

import type { TestOidcProvider } from './oidc-provider.ts'

/** What next-auth answered. */
export interface SignInAnswer {
  readonly status: number
  readonly body: unknown
  /** Cookies that were set, as whole headers. */
  readonly setCookies: readonly string[]
  /** Where it leads. */
  readonly location: string | null
  /** Seconds of `Retry-After`; 0 without it. */
  readonly retryAfter: number
}

export class SignInBrowser {
  readonly #cookies = new Map<string, string>()
  readonly #options: AuthOptions
  readonly #address: string

  constructor(options: AuthOptions, address = '192.0.2.1') {
    this.#options = options
    this.#address = address
  }

  /** The `Cookie` header that it sends now. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Signs in with a form that was fetched before, as every browser does. */
  async signIn(email: string, password: string): Promise<SignInAnswer> {
    return this.#post(['callback', 'credentials'], { email, password, csrfToken: await this.#csrfToken() })
  }

  async signOut(): Promise<SignInAnswer> {
    return this.#post(['signout'], { csrfToken: await this.#csrfToken() })
  }

  /** Posts a sign-in that another site's page made up. */
  signInWithoutForm(email: string, password: string): Promise<SignInAnswer> {
    return this.#post(['callback', 'credentials'], { email, password })
  }

  /** Signs in at a provider, as `subject`, and comes back. */
  async signInElsewhere(provider: TestOidcProvider, subject: string): Promise<SignInAnswer> {
    const { body } = await this.#post(['signin', 'oidc'], { csrfToken: await this.#csrfToken() })
    const address = typeof body === 'object' && body !== null ? Reflect.get(body, 'url') : null
    return this.comeBack(await provider.signIn(String(address), subject))
  }

  /** Comes from the provider with what it gave, as anyone may make up. */
  comeBack({ searchParams }: URL): Promise<SignInAnswer> {
    return this.#ask('GET', ['callback', 'oidc'], undefined, Object.fromEntries(searchParams))
  }

  async #csrfToken(): Promise<unknown> {
    const { body } = await this.#ask('GET', ['csrf'], undefined)
    return typeof body === 'object' && body !== null ? Reflect.get(body, 'csrfToken') : undefined
  }

  #post(nextauth: readonly string[], body: Readonly<Record<string, unknown>>): Promise<SignInAnswer> {
    return this.#ask('POST', nextauth, { ...body, json: 'true' })
  }

  async #ask(
    method: string,
    nextauth: readonly string[],
    body: unknown,
    query: Readonly<Record<string, string>> = {},
  ): Promise<SignInAnswer> {
    const headers = new Map<string, unknown>()
    const answer = { status: 200, body: undefined as unknown }
    const end = (sent: unknown) => {
      answer.body = sent
    }
    const response = {
      status(status: number) {
        answer.status = status
        return response
      },
      setHeader(name: string, value: unknown) {
        headers.set(name.toLowerCase(), value)
        return response
      },
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      json: end,
      send: end,
      end,
    }
    const request = {
      method,
      body,
      query: { ...query, nextauth },
      cookies: Object.fromEntries(this.#cookies),
      headers: {
        host: '127.0.0.1:3000',
        'x-forwarded-proto': 'http',
        'user-agent': 'a test',
      },
    }
    const tellToWait = (seconds: number) => void headers.set('retry-after', seconds)
    await withinRequest({ requestId: 'a test', address: this.#address, tellToWait }, () =>
      nextAuth(request, response, this.#options),
    )
    const set = headers.get('set-cookie')
    const setCookies = Array.isArray(set) ? set.map(String) : []
    for (const each of setCookies) this.#keep(each)
    const location = headers.get('location')
    const retryAfter = Number(headers.get('retry-after') ?? 0)
    return { ...answer, setCookies, location: typeof location === 'string' ? location : null, retryAfter }
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1))
    const isGone = value === '' || attributes.some((attribute) => /max-age=0/i.test(attribute))
    if (isGone) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}
