/** Signing in from a script, as the form does without one: next-auth's form token first, then the credentials. */
import { ApiError } from '#components/client/api.ts'
import { readSignInProblem } from './sign-in-problem.ts'

/** Signs this browser in. Throws `ApiError` whose code is a `SignInProblemCode`, or `offline`. */
export async function signIn(email: string, password: string): Promise<void> {
  const csrfToken = readText(await ask('/api/auth/csrf'), 'csrfToken')
  if (!csrfToken) throw problem('NotNow')
  const answer = await ask('/api/auth/callback/credentials', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, email, password, callbackUrl: '/', json: 'true' }),
  })
  const leadsTo = readText(answer, 'url')
  if (leadsTo === null || !URL.canParse(leadsTo, location.origin)) throw problem('NotNow')
  const led = new URL(leadsTo, location.origin)
  const error = led.searchParams.get('error')
  if (error) throw problem(error)
  // The form token came back without the cookie that belongs to it.
  if (led.searchParams.has('csrf')) throw problem('NoCookies')
}

function problem(said: string): ApiError {
  const { code, words } = readSignInProblem(said)
  return new ApiError(code, words, 401)
}

async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch(() => {
    throw new ApiError('offline', 'The server cannot be reached.', 0)
  })
  return response.json().catch(() => null)
}

function readText(answer: unknown, name: string): string | null {
  const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : null
  return typeof value === 'string' ? value : null
}
