/** One of the two places where errors become answers: here over HTTP, as RFC 9457 problem details. */
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import { AppError } from '#domain/app-error.ts'
import type { Problem } from '#domain/wire/shared.ts'
import { toProblem } from '../problem.ts'

/** Answers with the problem document of `error`. */
export function answerProblem(c: Context, error: AppError): Response {
  if (error.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="postil"')
  const { retryAfter } = error.details
  if (typeof retryAfter === 'number') c.header('Retry-After', String(retryAfter))
  return answer(c, toProblem(error))
}

/** Turns whatever a route threw into an answer. What was not expected is logged, and its text stays here. */
export function createErrorHandler(log: Logger): ErrorHandler {
  return (error, c) => {
    const expected = toExpected(error)
    return expected ? answerProblem(c, expected) : answer(c, describeFailure(error, c, log))
  }
}

/** The problem document of whatever was thrown; what was not expected is logged. */
export function describeFailure(error: unknown, c: Context, log: Logger): Problem {
  const expected = toExpected(error)
  if (expected) return toProblem(expected)
  log.error({ err: error, method: c.req.method, route: routePath(c, -1) }, 'request failed')
  return {
    type: 'urn:postil:problem:internal',
    title: 'Something went wrong here',
    status: 500,
    detail: 'The server failed at this; it has been noted in its log.',
    code: 'internal',
  }
}

function toExpected(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  return error instanceof HTTPException && error.status < 500 ? fromFramework(error) : null
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
