/**
 * The one way from the browser to `/api/v1`: JSON there and back, and every failure as an `ApiError` whose `code`
 * says what can be done about it.
 */

/** Codes of the server's problem documents that the interface answers to in its own way, and two of its own. */
export type ApiErrorCode = 'offline' | 'unknown' | (string & {})

/** A call that failed. `message` is a sentence for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    /** The `code` of the problem document; `offline` when nothing answered. */
    readonly code: ApiErrorCode,
    message: string,
    readonly status: number,
    /** What is wrong with single fields of what was sent, by their path. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

/** What a call carries. `version` becomes `If-Match`. */
export interface ApiCall {
  readonly body?: unknown
  readonly version?: number
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly signal?: AbortSignal
  /** Lets the call outlive the page. */
  readonly keepalive?: boolean
}

/** Calls `/api/v1` and resolves with the JSON answer, null for an empty one. Throws `ApiError`. */
export async function callApi<Answer>(method: string, path: string, call: ApiCall = {}): Promise<Answer> {
  const text = await callApiForText(method, path, call)
  // The server validates with the schemas that these types come from.
  return (text === '' ? null : JSON.parse(text)) as Answer
}

/** Calls `/api/v1` and resolves with the answer as it is. Throws `ApiError`. */
export async function callApiForText(method: string, path: string, call: ApiCall = {}): Promise<string> {
  const response = await send(method, `/api/v1${path}${toQuery(call.query)}`, call)
  if (!response.ok) throw await toError(response)
  return response.text()
}

async function send(method: string, url: string, call: ApiCall): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, text/plain' })
  if (call.body !== undefined) headers.set('content-type', 'application/json')
  if (call.version !== undefined) headers.set('if-match', `"${call.version}"`)
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      signal: call.signal,
      keepalive: call.keepalive,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
    })
  } catch (error) {
    if (call.signal?.aborted) throw error
    throw new ApiError('offline', 'The server cannot be reached.', 0)
  }
}

async function toError(response: Response): Promise<ApiError> {
  return fromProblem(await response.json().catch(() => null), response.status)
}

/** What a problem document says, as an error; `problem` may be anything that an answer held. */
export function fromProblem(problem: unknown, status: number): ApiError {
  const read = (name: string) => {
    const value: unknown = typeof problem === 'object' && problem !== null ? Reflect.get(problem, name) : null
    return typeof value === 'string' ? value : null
  }
  const message = read('detail') ?? read('title') ?? 'The server could not do this.'
  return new ApiError(read('code') ?? 'unknown', message, status, readFields(problem))
}

function readFields(problem: unknown): Record<string, string> {
  const errors: unknown = typeof problem === 'object' && problem ? Reflect.get(problem, 'errors') : null
  if (!Array.isArray(errors)) return {}
  return Object.fromEntries(errors.map(({ path, message }) => [String(path), String(message)]))
}

function toQuery(query: ApiCall['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
