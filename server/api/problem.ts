/** One of the two places where errors become answers: here over HTTP, as RFC 9457 problem details. */
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import { AppError, type ErrorCode } from '#domain/app-error.ts'
import type { Problem } from '#domain/wire/shared.ts'

/** The HTTP status of each code. */
export const statusOf: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  invalid: 400,
  unprocessable: 422,
  conflict: 409,
  'ambiguous-quote': 409,
  'quote-mismatch': 409,
  stale: 412,
  'precondition-required': 428,
  'too-large': 413,
  'unsupported-format': 415,
  'too-many-requests': 429,
  unavailable: 503,
}

const titles: Readonly<Record<ErrorCode, string>> = {
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  invalid: 'Malformed request',
  unprocessable: 'Not acceptable as it is',
  conflict: 'Conflict',
  'ambiguous-quote': 'The quote stands in several places',
  'quote-mismatch': 'The quote is not what stands there',
  stale: 'Changed in the meantime',
  'precondition-required': 'Say which version you saw',
  'too-large': 'Too large',
  'unsupported-format': 'Unsupported format',
  'too-many-requests': 'Too many requests',
  unavailable: 'Not available now',
}

/** The problem document of an expected failure. */
export function toProblem(error: AppError): Problem {
  return {
    ...error.details,
    type: `urn:postil:problem:${error.code}`,
    title: titles[error.code],
    status: statusOf[error.code],
    detail: error.message,
    code: error.code,
  }
}

/** Answers with the problem document of `error`. */
export function answerProblem(c: Context, error: AppError): Response {
  if (error.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="postil"')
  return answer(c, toProblem(error))
}

/** Turns whatever a route threw into an answer. What was not expected is logged, and its text stays here. */
export function createErrorHandler(log: Logger): ErrorHandler {
  return (error, c) => {
    if (error instanceof AppError) return answerProblem(c, error)
    if (error instanceof HTTPException && error.status < 500) return answerProblem(c, fromFramework(error))
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
    return answer(c, {
      type: 'urn:postil:problem:internal',
      title: 'Something went wrong here',
      status: 500,
      detail: 'The server failed at this; it has been noted in its log.',
      code: 'internal',
    })
  }
}

function answer(c: Context, problem: Problem): Response {
  c.header('Content-Type', 'application/problem+json')
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode)
}

/** What the framework itself refuses: a body that is no JSON, or of another content type than described. */
function fromFramework(error: HTTPException): AppError {
  if (error.status === 413) return new AppError('too-large', 'This is larger than the server takes.')
  if (error.status === 415) return new AppError('unsupported-format', 'This content type is not taken here.')
  return new AppError('invalid', 'The body is not valid JSON or not what its content type says.')
}
