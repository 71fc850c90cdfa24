/** The REST API over fresh services, asked without a network. */
import type { Person } from '#domain/policy/actor.ts'
import { createApi } from '#server/api/create-api.ts'
import { readConfig } from '#server/config.ts'
import { createLog } from '#server/telemetry/log.ts'
import { aToken } from './person.ts'
import { startTestServices, type TestServiceOptions, type TestServices } from './test-services.ts'

const base = '/api/v1'

/** A request: `as` sends that person's API token along, `json` becomes the body. */
export interface TestRequest {
  readonly method?: string
  readonly as?: Person
  readonly json?: unknown
  readonly body?: BodyInit
  /** Asked for by `fetch` when the body is a stream. */
  readonly duplex?: 'half'
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer with its body read; `json` is null when it is none. */
export interface TestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly json: any
}

export interface TestApi extends TestServices {
  /** Lines that the server logged. */
  readonly logged: string[]
  /** For an HTTP server of one's own. */
  readonly fetch: ReturnType<typeof createApi>['fetch']
  /** Every route beneath `/api/v1`, with parameters as `:name`. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Asks `/api/v1` + path; a path that begins with `//` is asked as it is, without the first slash. */
  ask(path: string, request?: TestRequest): Promise<TestAnswer>
}

/** Starts the API; `settings` are environment variables, `options` those of the services beneath. */
export async function startTestApi(
  settings: Record<string, string> = {},
  options: TestServiceOptions = {},
): Promise<TestApi> {
  const started = await startTestServices(undefined, options)
  const { services } = started
  const logged: string[] = []
  const api = createApi({
    services,
    limits: readConfig({ NODE_ENV: 'test', ...settings }).limits,
    log: createLog('error', { write: (line) => void logged.push(line) }),
    publicUrl: () => 'http://127.0.0.1:3000',
  })
  const tokens = new Map<string, string>()

  async function tokenOf(person: Person): Promise<string> {
    const token = tokens.get(person.userId) ?? (await aToken(services, person))
    tokens.set(person.userId, token)
    return token
  }

  return {
    ...started,
    logged,
    fetch: api.fetch,
    routes: api.routes.flatMap(({ method, path }) =>
      method !== 'ALL' && path.startsWith(base) ? [{ method, path: path.slice(base.length) }] : [],
    ),
    async ask(path, { method = 'GET', as, json, body, headers, ...rest } = {}) {
      const answer = await api.request(path.startsWith('//') ? path.slice(1) : base + path, {
        ...rest,
        method,
        headers: {
          ...(as ? { Authorization: `Bearer ${await tokenOf(as)}` } : {}),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: json === undefined ? body : JSON.stringify(json),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false
      return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : null }
    },
  }
}
